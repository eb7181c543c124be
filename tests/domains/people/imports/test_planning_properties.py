import csv
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfapi.domains.people.imports.mapping import Mapping
from perfapi.domains.people.imports.matching import find_circles
from tests.domains.people.imports.company import COLUMNS, Company, a_mapping

HEADER = list(COLUMNS.values())
NAMES = ["Lee, Ann", "Lee, Ann B", "Ko,Bo", "Ko, Cy  D", "Ray, Di", "Madonna", "Ñez, Éva"]
MANAGERS = ["", "Ann Lee", "Ann B. Lee", "Bo Ko", "Cy Ko", "Di Ray", "Eva Nez", "1", "2", "3", "4"]
EMAILS = ["", "a@example.com", "B@example.com", "c@example.com", "d@example.com"]
HIRED = ["", "", "2019-05-01", "2024-02-29", "2026-12-31"]
LEFT = ["", "", "", "2019-07-01", "2026-03-02", "2026-12-31", "9999-12-31"]
STATES = ["", "Active", "ACTIVE", "away", "gone"]


def mostly(usual: list[str], *wrong: str) -> st.SearchStrategy[str]:
    """Errors are in few rows, or nothing else would ever happen in these files."""
    return st.sampled_from(usual * 12 + list(wrong))


people = st.tuples(
    mostly(["1", "2", "3", "4", "5", "6", "7", ""]),
    mostly(NAMES, "", "\0"),
    mostly(EMAILS, "not one"),
    st.sampled_from(["", "Cook", "Clerk"]),
    st.sampled_from(["", "Sales", "SALES", "Kitchen"]),
    mostly(STATES, "what"),
    mostly(HIRED, "nonsense", "9999-12-31"),
    mostly(LEFT, "nonsense"),
    mostly(MANAGERS, "Nobody At All"),
)
files = st.lists(people, min_size=1, max_size=14)
WORDS = {"Active": "active", "Away": "on_leave", "Gone": "left"}


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    dropped = draw(
        st.sets(st.sampled_from(["job_title", "status", "hired_on", "left_on", "email"]))
    )
    by = draw(st.sampled_from(["manager_name", "manager_external_id", None]))
    columns = {field: name for field, name in COLUMNS.items() if field not in dropped}
    columns.pop("manager_name")
    if by is not None:
        columns[by] = "Manager"
    if "email" not in dropped and draw(st.booleans()):
        columns.pop("external_id")
    more: dict[str, Any] = {"attributes": {"title": "Title"}} if "job_title" in dropped else {}
    return a_mapping(
        columns,
        mode=draw(st.sampled_from(["delta", "snapshot"])),
        max_deactivations="1",
        name_format="last_first",
        status_words=WORDS,
        email_template=draw(st.sampled_from([None, "{first}.{last}@example.com"])),
        **more,
    )


def as_csv(rows: list[tuple[str, ...]]) -> str:
    text = StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue()


def filled_rows(rows: list[tuple[str, ...]]) -> list[int]:
    return [number for number, row in enumerate(rows, 2) if any(row)]


@given(files, files, mappings(), mappings())
@settings(deadline=None, max_examples=100)
def test_applying_a_plan_leaves_nothing_to_do(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]], first: Mapping, then: Mapping
) -> None:
    applied_twice(before, rows, first, then)


@pytest.mark.whole
@given(files, files, mappings(), mappings())
@settings(deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
def test_applying_a_plan_leaves_nothing_to_do_in_many_companies(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]], first: Mapping, then: Mapping
) -> None:
    applied_twice(before, rows, first, then)


def applied_twice(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]], first: Mapping, then: Mapping
) -> None:
    company = Company()
    if filled_rows(before):
        company.apply(company.plan(as_csv(before), first))
    if not filled_rows(rows):
        return
    plan = company.plan(as_csv(rows), then)
    company.apply(plan)
    known = dict(company.people)

    again = company.plan(as_csv(rows), then)

    doing = [row for row in again.rows() if row.outcome not in ("unchanged", "error")]
    assert doing == []
    assert again.summary.error == plan.summary.error
    company.apply(again)
    assert company.people == known


@given(files, files, mappings())
@settings(deadline=None, max_examples=60)
def test_every_row_has_one_outcome_and_the_summary_counts_them(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]], mapping: Mapping
) -> None:
    company = Company()
    if filled_rows(before):
        company.apply(company.plan(as_csv(before), mapping))
    if not filled_rows(rows):
        return
    plan = company.plan(as_csv(rows), mapping)

    planned = list(plan.rows())
    assert [row.row for row in planned if row.row is not None] == filled_rows(rows)
    assert len(plan) == len(planned)
    outcomes = [row.outcome for row in planned]
    assert {name: outcomes.count(name) for name in outcomes} == {
        name: count
        for name in ("create", "update", "deactivate", "unchanged", "error")
        if (count := getattr(plan.summary, name))
    }
    for row in planned:
        assert (row.outcome == "error") <= bool(row.problems)
        assert bool(row.changes) == (row.outcome in ("create", "update", "deactivate"))


lines = st.dictionaries(st.integers(0, 8), st.none() | st.integers(0, 8), max_size=9)


@given(lines, lines)
@settings(deadline=None)
def test_what_is_left_after_opening_circles_has_none(
    wanted: dict[int, int | None], current: dict[int, int | None]
) -> None:
    def keyed(lines: dict[int, int | None]) -> dict[UUID, UUID | None]:
        return {UUID(int=a): None if b is None else UUID(int=b) for a, b in lines.items()}

    # Lines that exist already run upwards.
    upwards = {a: b for a, b in keyed(current).items() if b is None or b < a}
    circles = find_circles(keyed(wanted), upwards)
    fallen = {person for circle in circles for person in circle}
    result = upwards | {a: b for a, b in keyed(wanted).items() if a not in fallen}
    for start in result:
        above = result.get(start)
        for _ in range(20):
            assert above != start
            above = result.get(above) if above is not None else None

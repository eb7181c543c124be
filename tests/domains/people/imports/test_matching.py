from typing import NamedTuple
from uuid import UUID

import pytest

from perfapi.domains.people.imports.mapping import Mapping
from perfapi.domains.people.imports.planning import Plan
from perfapi.domains.people.imports.records import PlannedRow
from tests.domains.people.imports.company import Company, a_mapping, a_person


class Layout(NamedTuple):
    mapping: Mapping
    header: str


def a_layout(**more: str) -> Layout:
    columns = {"external_id": "Id", "name": "Name", "manager_name": "Manager", **more}
    return Layout(a_mapping(columns, name_format="last_first"), "|".join(columns.values()))


BY_NAME = a_layout()
WITH_HINT = a_layout(manager_id_hint="Hint")
WITH_STATUS = a_layout(status="Status")


def plan_of(rows: str, company: Company | None = None, layout: Layout = BY_NAME) -> Plan:
    return (company or Company()).plan(f"{layout.header}\n{rows}", layout.mapping)


def managers(plan: Plan) -> dict[str, str | None]:
    """Who reports to whom after the plan, by name."""
    rows = [row for row in plan.rows() if row.name]
    names = {row.person_id: row.name for row in rows}
    return {row.name or "": names.get(row.manager_id) for row in rows}


def warned(plan: Plan) -> dict[str, int]:
    return {warning.code: warning.count for warning in plan.warnings}


def row_of(plan: Plan, number: int) -> PlannedRow:
    return next(row for row in plan.rows() if row.row == number)


class TestByName:
    @pytest.mark.parametrize(
        "written",
        ["Brandon R. LeBlanc", "brandon r leblanc", "Brandon LeBlanc", "LeBlanc, Brandon  R",
         "LeBlanc, Brandon", "Brandon  R.  LEBLANC", "Brandon R. LeBlanc, Jr."],
    )  # fmt: skip
    def test_spellings_of_one_name_find_them(self, written: str) -> None:
        plan = plan_of(f'1|LeBlanc, Brandon  R|\n2|Lee, Ann|"{written}"')
        assert managers(plan)["Ann Lee"] == "Brandon R LeBlanc"
        assert warned(plan) == {}

    def test_another_initial_is_another_person(self) -> None:
        plan = plan_of("1|LeBlanc, Brandon  R|\n2|Lee, Ann|Brandon T. LeBlanc")
        assert warned(plan) == {"manager_not_found": 1}

    def test_accents_hyphens_and_apostrophes_may_differ(self) -> None:
        plan = plan_of("1|O'Ñez, Éva-Li|\n2|Lee, Ann|Eva Li ONez")
        assert managers(plan)["Ann Lee"] == "Éva-Li O'Ñez"

    def test_managers_may_come_after_their_reports(self) -> None:
        plan = plan_of("2|Lee, Ann|Bo Ko\n1|Ko,Bo|")
        assert managers(plan)["Ann Lee"] == "Bo Ko"

    def test_the_full_name_goes_before_the_one_without_initial(self) -> None:
        plan = plan_of("1|Ko, Bo|\n2|Ko, Bo R|\n3|Lee, Ann|Bo Ko\n4|Ray, Di|Bo R. Ko")
        assert managers(plan)["Ann Lee"] == "Bo Ko"
        assert managers(plan)["Di Ray"] == "Bo R Ko"

    def test_a_name_of_several_people_is_never_guessed(self) -> None:
        plan = plan_of("1|Ko, Bo|\n2|Ko,Bo|\n3|Lee, Ann|Bo Ko\n4|Ray, Di|Bo Ko")
        assert managers(plan)["Ann Lee"] is None
        (warning,) = plan.warnings
        assert (warning.code, warning.examples, warning.rows) == (
            "manager_ambiguous",
            ("Bo Ko (2)",),
            (4, 5),
        )

    def test_two_initials_make_the_bare_name_ambiguous(self) -> None:
        plan = plan_of("1|Ko, Bo R|\n2|Ko, Bo T|\n3|Lee, Ann|Bo Ko")
        assert warned(plan) == {"manager_ambiguous": 1}

    def test_the_namesake_of_a_person_is_their_manager_not_they_themself(self) -> None:
        plan = plan_of("1|Ko, Bo|\n2|Ko, Bo|Bo Ko\n3|Ray, Di|")
        assert row_of(plan, 3).manager_id == row_of(plan, 2).person_id
        assert warned(plan) == {}

    def test_a_hint_that_is_an_id_tells_namesakes_apart(self) -> None:
        rows = "1|Ko, Bo||\n2|Ko, Bo||\n3|Lee, Ann|Bo Ko|2\n4|Ray, Di|Bo Ko|9"
        plan = plan_of(rows, layout=WITH_HINT)
        assert row_of(plan, 4).manager_id == row_of(plan, 3).person_id
        assert next(problem.code for problem in row_of(plan, 5).problems) == "manager_ambiguous"

    def test_names_without_commas_are_found_the_same_way_round(self) -> None:
        rows = "1|Rossi Mario|\n2|Del Bosque Keyla|Rossi Mario\n3|Bianchi Anna|Del Bosque Keyla"
        plan = plan_of(rows)
        assert managers(plan) == {
            "Mario Rossi": None,
            "Keyla Del Bosque": "Mario Rossi",
            "Anna Bianchi": "Keyla Del Bosque",
        }

    def test_unknown_names_are_grouped_with_counts(self) -> None:
        plan = plan_of("1|Lee, Ann|Nobody\n2|Ko, Bo|Nobody\n3|Ray, Di|Somebody Else")
        (warning,) = plan.warnings
        assert (warning.code, warning.count) == ("manager_not_found", 3)
        assert warning.examples == ("Nobody (2)", "Somebody Else (1)")
        assert warning.rows == (2, 3, 4)
        assert row_of(plan, 2).outcome == "create"
        assert row_of(plan, 2).problems[0].column == "Manager"


class TestByIdAndEmail:
    def test_by_external_id(self) -> None:
        mapping = a_mapping({"external_id": "Id", "name": "Name", "manager_external_id": "Boss"})
        plan = Company().plan("Id,Name,Boss\n1,Ann Lee,2\n2,Bo Ko,3\n", mapping)
        assert managers(plan) == {"Ann Lee": "Bo Ko", "Bo Ko": None}
        assert warned(plan) == {"manager_not_found": 1}

    def test_by_email_derived_ones_included(self) -> None:
        mapping = a_mapping(
            {"external_id": "Id", "name": "Name", "manager_email": "Boss"},
            email_template="{first}@example.com",
        )
        plan = Company().plan("Id,Name,Boss\n1,Ann Lee,BO@example.com\n2,Bo Ko,\n", mapping)
        assert managers(plan)["Ann Lee"] == "Bo Ko"


class TestKnownPeople:
    def test_managers_may_be_known_already_and_absent_from_the_file(self) -> None:
        boss = a_person(1, given_name="Bo", family_name="Ko")
        plan = plan_of("5|Lee, Ann|Bo Ko", Company.of(boss))
        assert row_of(plan, 2).manager_id == boss.id
        assert row_of(plan, 2).changes[-1] == ("manager", None, "Bo Ko")

    def test_a_new_name_in_the_file_counts_not_the_old_one(self) -> None:
        boss = a_person(1, given_name="Bo", family_name="Ko")
        plan = plan_of("E1|New, Bo|\n5|Lee, Ann|Bo Ko\n6|Ray, Di|Bo New", Company.of(boss))
        assert row_of(plan, 3).manager_id is None
        assert row_of(plan, 4).manager_id == boss.id

    def test_somebody_whose_row_is_refused_is_still_known(self) -> None:
        boss = a_person(1, given_name="Bo", family_name="Ko")
        company = Company.of(boss)
        plan = plan_of("E1|Ko, Bo||what\n5|Lee, Ann|Bo Ko|", company, WITH_STATUS)
        assert row_of(plan, 2).outcome == "error"
        assert row_of(plan, 3).manager_id == boss.id

    def test_somebody_new_whose_row_is_refused_is_not(self) -> None:
        plan = plan_of("1|Ko, Bo||what\n5|Lee, Ann|Bo Ko|", layout=WITH_STATUS)
        assert warned(plan) == {"manager_not_found": 1, "status_unknown": 1}

    def test_an_unknown_manager_leaves_the_line_as_it_is(self) -> None:
        boss, report = a_person(1), a_person(2, given_name="Ann", family_name="Lee")
        company = Company.of(boss, report._replace(manager_id=boss.id))
        plan = plan_of("E2|Lee, Ann|Nobody", company)
        assert row_of(plan, 2).outcome == "unchanged"

    def test_an_empty_cell_takes_the_manager_away(self) -> None:
        boss, report = a_person(1), a_person(2, given_name="Ann", family_name="Lee")
        company = Company.of(boss, report._replace(manager_id=boss.id))
        plan = plan_of("E2|Lee, Ann|", company)
        assert row_of(plan, 2).changes == (("manager", "Ada Number1", None),)
        assert row_of(plan, 2).manager_id is None


class TestLeavers:
    def test_whoever_has_left_manages_nobody_at_work(self) -> None:
        plan = plan_of("1|Ko, Bo||left\n2|Lee, Ann|Bo Ko|active", layout=WITH_STATUS)
        assert managers(plan)["Ann Lee"] is None
        assert warned(plan) == {"manager_left": 1}

    def test_among_leavers_it_is_history(self) -> None:
        plan = plan_of("1|Ko, Bo||left\n2|Lee, Ann|Bo Ko|left", layout=WITH_STATUS)
        assert managers(plan)["Ann Lee"] == "Bo Ko"
        assert warned(plan) == {}

    def test_lines_of_leavers_who_are_known_are_not_rewritten(self) -> None:
        boss = a_person(1, given_name="Bo", family_name="Ko")
        gone = a_person(2, given_name="Ann", family_name="Lee")
        plan = plan_of("E2|Lee, Ann|Bo Ko|left", Company.of(boss, gone), WITH_STATUS)
        assert [change.field for change in row_of(plan, 2).changes] == ["status", "left_on"]


class TestCircles:
    def test_nobody_manages_themself(self) -> None:
        plan = plan_of("1|Ko, Bo|Bo Ko")
        assert managers(plan) == {"Bo Ko": None}
        assert warned(plan) == {"manager_is_self": 1}

    def test_a_circle_is_named_and_none_of_its_lines_is_drawn(self) -> None:
        rows = "1|Lee, Ann|Bo Ko\n2|Ko, Bo|Cy Day\n3|Day, Cy|Ann Lee\n4|Ray, Di|Ann Lee"
        plan = plan_of(rows)
        assert managers(plan) == {
            "Ann Lee": None,
            "Bo Ko": None,
            "Cy Day": None,
            "Di Ray": "Ann Lee",
        }
        (warning,) = plan.warnings
        assert (warning.code, warning.count, warning.rows) == ("manager_circle", 3, (2, 3, 4))
        assert warning.examples == ("Ann Lee → Bo Ko → Cy Day → Ann Lee",)

    def test_a_circle_closed_by_a_line_that_exists_is_found(self) -> None:
        ann = a_person(1, given_name="Ann", family_name="Lee")
        bo = a_person(2, given_name="Bo", family_name="Ko", manager_id=ann.id)
        company = Company.of(ann, bo)
        plan = plan_of("E1|Lee, Ann|Bo Ko", company)
        assert row_of(plan, 2).outcome == "unchanged"
        assert warned(plan) == {"manager_circle": 1}
        company.apply(plan)

    def test_falling_back_to_old_lines_closes_no_new_circle(self) -> None:
        ann = a_person(1, given_name="Ann", family_name="Lee")
        bo = a_person(2, given_name="Bo", family_name="Ko", manager_id=ann.id)
        cy = a_person(3, given_name="Cy", family_name="Day")
        company = Company.of(ann, bo, cy)
        # Bo and Cy under each other; opening that puts Bo back under Ann, who is to be under Bo.
        company.apply(plan_of("E2|Ko, Bo|Cy Day\nE3|Day, Cy|Bo Ko\nE1|Lee, Ann|Bo Ko", company))
        assert company.manager_of("Bo Ko") == "Ann Lee"
        assert company.manager_of("Ann Lee") is None

    def test_a_long_circle_is_named_in_part(self) -> None:
        rows = "\n".join(f"{i}|Q{i}x, P{i}x|P{(i + 1) % 30}x Q{(i + 1) % 30}x" for i in range(30))
        (warning,) = plan_of(rows).warnings
        assert warning.count == 30
        assert warning.examples[0].count("→") == 10
        assert "..." in warning.examples[0]

    def test_a_deep_chain_is_no_circle(self) -> None:
        rows = "\n".join(f"{i}|Q{i}x, P{i}x|P{i + 1}x Q{i + 1}x" for i in range(3_000))
        assert warned(plan_of(rows)) == {"manager_not_found": 1}


class TestContradictions:
    def test_one_name_with_several_ids_tells_the_rarer_ones(self) -> None:
        rows = "1|Ko, Bo||\n2|A, A|Bo Ko|22\n3|B, B|Bo Ko|22\n4|C, C|Bo Ko|30\n5|D, D|Bo Ko|"
        plan = plan_of(rows, layout=WITH_HINT)
        (warning,) = plan.warnings
        assert (warning.code, warning.count, warning.rows) == ("manager_ids_contradict", 2, (5, 6))
        assert warning.examples == ("Bo Ko: 22 (2 rows), 30 (1 row), none (1 row)",)
        assert managers(plan)["C C"] == "Bo Ko"

    def test_spellings_of_one_name_are_one_name(self) -> None:
        rows = "1|Ko, Bo R||\n2|A, A|Bo R. Ko|1\n3|B, B|Bo Ko|3\n4|C, C|Bo R. Ko|1"
        plan = plan_of(rows, layout=WITH_HINT)
        assert plan.warnings[0].examples == ("Bo R. Ko: 1 (2 rows), 3 (1 row)",)

    def test_one_id_with_several_names(self) -> None:
        rows = "1|Ko, Bo||\n2|Day, Cy||\n3|A, A|Bo Ko|9\n4|B, B|Bo Ko|9\n5|C, C|Cy Day|9"
        plan = plan_of(rows, layout=WITH_HINT)
        (warning,) = plan.warnings
        assert (warning.code, warning.rows) == ("manager_names_contradict", (6,))
        assert warning.examples == ("9: Bo Ko (2 rows), Cy Day (1 row)",)

    def test_no_hints_at_all_contradict_nothing(self) -> None:
        assert plan_of("1|Ko, Bo||\n2|A, A|Bo Ko|", layout=WITH_HINT).warnings == ()


def test_ids_are_those_of_the_plan() -> None:
    plan = plan_of("2|Lee, Ann|Bo Ko\n1|Ko,Bo|")
    assert row_of(plan, 2).manager_id == row_of(plan, 3).person_id == UUID(int=2)

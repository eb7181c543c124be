"""The example mapping, held to the export it is for, and to the sample that stands in for it."""

from collections import Counter
from pathlib import Path

import pytest

from perfapi.domains.people.imports.mapping import Mapping
from perfapi.domains.people.imports.problems import FileRefused
from perfapi.domains.people.imports.records import Summary
from perfapi.domains.people.imports.suggesting import suggest
from tests.domains.people.imports.company import Company

ROOT = Path(__file__).parents[4]
EXAMPLES = ROOT / "examples" / "hris"
REAL = ROOT.parent / "shared" / "data" / "HRDataset_v14.csv"
SAMPLE = EXAMPLES / "sample.csv"
SENSITIVE = {
    "Salary", "DOB", "Sex", "GenderID", "MarriedID", "MaritalStatusID", "MaritalDesc", "RaceDesc",
    "CitizenDesc", "HispanicLatino", "Zip", "TermReason", "Absences", "FromDiversityJobFairID",
}  # fmt: skip

needs_real = pytest.mark.skipif(not REAL.exists(), reason="the export is not on this machine")


def the_mapping() -> Mapping:
    return Mapping.model_validate_json((EXAMPLES / "hrdataset-v14.json").read_text())


def warnings(company: Company, file: Path) -> dict[str, tuple[int, tuple[str, ...]]]:
    plan = company.plan(file.read_bytes(), the_mapping())
    return {warning.code: (warning.count, warning.examples) for warning in plan.warnings}


class TestSample:
    def test_everybody_is_created_at_work_or_gone_with_their_day(self) -> None:
        company = Company()
        plan = company.plan(SAMPLE.read_bytes(), the_mapping())
        assert plan.summary == Summary(create=24)
        company.apply(plan)
        states = Counter(person.status for person in company.people.values())
        assert states == {"active": 18, "left": 6}
        assert company.named("Niamh O'Shea").left_on is not None
        assert plan.departments == ("Executive Office", "IT", "Production", "Sales")

    def test_managers_who_are_nobody_and_numbers_that_contradict_are_told(self) -> None:
        assert warnings(Company(), SAMPLE) == {
            "manager_not_found": (
                8,
                ("Arthur Pelham (4)", "Sylvia Marsh (3)", "Board of Directors (1)"),
            ),
            "manager_ids_contradict": (
                4,
                (
                    "Lucas Brandt: 20 (4 rows), 21 (1 row)",
                    "Arthur Pelham: 22 (3 rows), 30 (1 row)",
                    "Sylvia Marsh: 39 (2 rows), none (1 row)",
                    "Renee M. Delacroix: 1 (3 rows), 3 (1 row)",
                ),
            ),
        }

    def test_names_lead_to_managers_and_addresses(self) -> None:
        company = Company()
        company.apply(company.plan(SAMPLE.read_bytes(), the_mapping()))
        assert company.manager_of("Istvan Varga") == "Renee M Delacroix"
        assert company.manager_of("Marie Baptiste") == "Renee M Delacroix"
        assert company.manager_of("Theo Marlow") == "Pieter van Houten"
        assert company.manager_of("Grace Okafor") is None
        addresses = {person.email for person in company.people.values()}
        assert len(addresses) == 24
        assert {"anna.kowalski@example.com", "anna.kowalski2@example.com"} <= addresses

    def test_the_second_time_nothing_changes(self) -> None:
        company = Company()
        company.apply(company.plan(SAMPLE.read_bytes(), the_mapping()))
        assert company.plan(SAMPLE.read_bytes(), the_mapping()).summary == Summary(unchanged=24)

    def test_the_suggestion_is_the_mapping(self) -> None:
        with SAMPLE.open("rb") as file:
            suggestion = suggest(file)
        ours = the_mapping()
        assert suggestion.mapping.columns == ours.columns
        assert suggestion.mapping.attributes == ours.attributes
        assert suggestion.mapping.date_formats == ours.date_formats
        assert suggestion.mapping.status_words.items() <= ours.status_words.items()


def test_the_mapping_takes_nothing_that_is_nobodys_business() -> None:
    mapping = the_mapping()
    used = {*mapping.columns.model_dump(exclude_none=True).values(), *mapping.attributes.values()}
    assert used.isdisjoint(SENSITIVE)


@needs_real
class TestRealExport:
    def test_everybody_is_created_at_work_or_gone_with_their_day(self) -> None:
        company = Company()
        plan = company.plan(REAL.read_bytes(), the_mapping())
        assert plan.summary == Summary(create=311)
        rows = [row.row for row in plan.rows()]
        assert rows == list(range(2, 313))
        company.apply(plan)
        states = Counter(person.status for person in company.people.values())
        assert states == {"active": 207, "left": 104}
        days = [person.left_on for person in company.people.values() if person.status == "left"]
        assert None not in days
        assert len({person.email for person in company.people.values()}) == 311

    def test_managers_who_are_nobody_are_five_names_in_75_rows(self) -> None:
        found = warnings(Company(), REAL)
        assert found["manager_not_found"] == (
            75,
            (
                "Michael Albert (22)",
                "Webster Butler (21)",
                "David Stanley (21)",
                "Alex Sweetwater (9)",
                "Board of Directors (2)",
            ),
        )
        assert set(found) == {"manager_not_found", "manager_ids_contradict"}

    def test_numbers_that_contradict_the_name_are_told(self) -> None:
        count, examples = warnings(Company(), REAL)["manager_ids_contradict"]
        assert count == 10
        assert set(examples) == {
            "Webster Butler: 39 (13 rows), none (8 rows)",
            "Brandon R. LeBlanc: 1 (6 rows), 3 (1 row)",
            "Michael Albert: 22 (21 rows), 30 (1 row)",
        }

    def test_the_lines_are_those_of_the_file(self) -> None:
        company = Company()
        company.apply(company.plan(REAL.read_bytes(), the_mapping()))
        reports = Counter(
            company.people[person.manager_id].name
            for person in company.people.values()
            if person.manager_id is not None
        )
        assert reports["Brandon R LeBlanc"] == 7
        assert reports["Janet King"] == 19
        assert company.manager_of("Janet King") is None
        assert company.manager_of("Brandon R LeBlanc") == "Janet King"
        without = sum(person.manager_id is None for person in company.people.values())
        assert without == 75

    def test_the_second_time_nothing_changes(self) -> None:
        company = Company()
        company.apply(company.plan(REAL.read_bytes(), the_mapping()))
        again = company.plan(REAL.read_bytes(), the_mapping())
        assert again.summary == Summary(unchanged=311)

    def test_the_same_file_in_another_encoding_and_separator_changes_nothing(self) -> None:
        company = Company()
        company.apply(company.plan(REAL.read_bytes(), the_mapping()))
        utf16 = REAL.read_text(encoding="utf-8-sig").encode("utf-16")
        assert company.plan(utf16, the_mapping()).summary == Summary(unchanged=311)

    def test_cut_off_anywhere_it_is_refused_or_loses_no_row_without_a_word(self) -> None:
        content = REAL.read_bytes()
        within_a_name = content.rindex(b'"') - 3
        refused = 0
        for end in (within_a_name, *range(len(content) - 600, len(content), 43)):
            begun = content[:end].count(b"\r\n") - 1 + (content[end - 1 : end] != b"\n")
            try:
                plan = Company().plan(content[:end], the_mapping())
            except FileRefused as problem:
                refused += problem.code == "quote_unbalanced"
                continue
            assert len(plan) == begun
            assert plan.summary.create >= begun - 1
        assert refused == 1

    def test_the_suggestion_is_the_mapping(self) -> None:
        with REAL.open("rb") as file:
            suggestion = suggest(file)
        assert suggestion.row_count == 311
        assert suggestion.mapping.columns == the_mapping().columns
        assert suggestion.mapping.attributes == the_mapping().attributes
        shown = {column.name for column in suggestion.columns if column.samples}
        assert shown.isdisjoint(SENSITIVE)

from datetime import date
from typing import Any

import pytest

from perfapi.domains.people.imports.mapping import Mapping
from perfapi.domains.people.imports.parsing import RowParser
from perfapi.domains.people.imports.problems import FileRefused, RowProblem
from perfapi.domains.people.imports.reading import RawRow
from perfapi.domains.people.imports.records import ManagerReference, ParsedRow, RejectedRow
from tests.domains.people.imports.company import COLUMNS, TODAY, a_mapping

HEADERS = list(COLUMNS.values())
USUAL = {"Id": "7", "Name": "Ann Lee", "Email": "Ann@Example.com", "Status": "Active"}
WORDS = {"Active": "active", "On leave": "on_leave", "Terminated": "left"}


def parse(
    cells: dict[str, str] | None = None, mapping: Mapping | None = None, **more: Any
) -> ParsedRow | RejectedRow:
    mapping = mapping or a_mapping(status_words=WORDS, **more)
    row = {**USUAL, **(cells or {})}
    headers = [*HEADERS, *(name for name in row if name not in HEADERS)]
    parser = RowParser(mapping, headers, TODAY)
    return parser.parse(RawRow(2, [row.get(name, "") for name in headers]))


def accepted(cells: dict[str, str] | None = None, **more: Any) -> ParsedRow:
    row = parse(cells, **more)
    assert isinstance(row, ParsedRow), row
    return row


def refused(cells: dict[str, str] | None = None, **more: Any) -> list[RowProblem]:
    row = parse(cells, **more)
    assert isinstance(row, RejectedRow), row
    return list(row.problems)


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


class TestColumns:
    def test_a_row_says_what_its_cells_hold(self) -> None:
        row = accepted({"Title": " Senior  Cook", "Department": "Kitchen", "Hired": "2020-02-29"})
        assert (row.row, row.external_id, row.given_name, row.family_name) == (2, "7", "Ann", "Lee")
        assert (row.email, row.job_title, row.department) == (
            "ann@example.com",
            "Senior Cook",
            "Kitchen",
        )
        assert (row.hired_on, row.status, row.manager) == (date(2020, 2, 29), "active", None)

    def test_only_mapped_fields_are_spoken_of(self) -> None:
        row = accepted(mapping=a_mapping({"external_id": "Id", "name": "Name"}))
        assert row.fields == {"external_id", "given_name", "family_name"}
        assert row.email is None

    def test_a_column_that_the_file_lacks_is_refused_with_the_nearest_name(self) -> None:
        with pytest.raises(FileRefused) as raised:
            RowParser(a_mapping(), [*HEADERS[:-1], "Managers"], TODAY)
        assert (raised.value.code, raised.value.column) == ("column_missing", "Manager")
        assert "'Managers'" in raised.value.detail

    def test_spaces_in_a_mapped_name_do_not_matter(self) -> None:
        mapping = a_mapping({"external_id": " Id", "name": "Full  Name"})
        parser = RowParser(mapping, ["Id", "Full Name"], TODAY)
        assert isinstance(parser.parse(RawRow(2, ["1", "Ann Lee"])), ParsedRow)

    def test_attributes_are_kept_under_their_keys(self) -> None:
        row = accepted(
            {"CC": "17", "Level": ""}, attributes={"cost_center": "CC", "level": "Level"}
        )
        assert row.attributes == {"cost_center": "17", "level": None}
        assert {"attributes.cost_center", "attributes.level"} <= set(row.fields)

    def test_a_ragged_row_is_refused_and_still_says_who_it_is_about(self) -> None:
        parser = RowParser(a_mapping(), HEADERS, TODAY)
        row = parser.parse(RawRow(5, ["7", "Ann Lee"], RowProblem("row_ragged", "Too short.")))
        assert isinstance(row, RejectedRow)
        assert (row.row, row.external_id, row.name) == (5, "7", "Ann Lee")
        assert codes(row.problems) == ["row_ragged"]


class TestIdentity:
    def test_an_id_or_an_address_is_enough(self) -> None:
        assert accepted({"Id": ""}).external_id is None
        assert accepted({"Email": ""}).email is None

    def test_neither_is_refused(self) -> None:
        (problem,) = refused({"Id": " ", "Email": ""})
        assert (problem.code, problem.column) == ("identity_missing", "Id")

    def test_an_address_from_a_template_identifies_nobody(self) -> None:
        blank = {"Id": "", "Email": ""}
        problems = refused(blank, email_template="{first}.{last}@example.com")
        assert codes(problems) == ["identity_missing"]


class TestName:
    def test_given_and_family_name_in_two_columns(self) -> None:
        mapping = a_mapping({"external_id": "Id", "given_name": "First", "family_name": "Last"})
        row = accepted({"First": "Leigh  Ann", "Last": "van Berg"}, mapping=mapping)
        assert (row.given_name, row.family_name) == ("Leigh Ann", "van Berg")
        one = accepted({"First": "", "Last": "Cher"}, mapping=mapping)
        assert (one.given_name, one.family_name, one.name) == ("Cher", "", "Cher")

    def test_no_name_is_refused(self) -> None:
        (problem,) = refused({"Name": " , "})
        assert (problem.code, problem.column) == ("name_missing", "Name")

    def test_doubts_are_told(self) -> None:
        assert codes(accepted({"Name": "Lee, Ann"}).warnings) == ["name_order_unexpected"]
        guessed = accepted({"Name": "Rossi Mario"}, name_format="last_first")
        assert codes(guessed.warnings) == ["name_split_guessed"]
        assert guessed.family_first

    def test_parts_have_a_limit(self) -> None:
        problems = refused({"Name": f"Ann {'x' * 101}"})
        assert [(it.code, it.column) for it in problems] == [("cell_too_long", "Name")]


class TestText:
    @pytest.mark.parametrize("bad", ["\0", "\x1b", "\ud83d"])
    def test_unprintable_characters_refuse_the_row_and_name_the_column(self, bad: str) -> None:
        (problem,) = refused({"Title": f"Co{bad}ok"})
        assert (problem.code, problem.column) == ("control_character", "Title")

    def test_invisible_ones_are_removed_and_told_each_time(self) -> None:
        parser = RowParser(a_mapping(status_words=WORDS), HEADERS, TODAY)
        cells = ["7", "Ann Lee", "", "Co\u200bok", *[""] * 5]
        for _ in range(2):
            row = parser.parse(RawRow(2, list(cells)))
            assert isinstance(row, ParsedRow)
            assert row.job_title == "Cook"
            assert codes(row.warnings) == ["invisible_characters_removed"]

    def test_characters_that_were_lost_before_are_told(self) -> None:
        assert codes(accepted({"Name": "J\ufffdrg Lee"}).warnings) == ["replacement_character"]

    @pytest.mark.parametrize(
        ("column", "limit"), [("Id", 100), ("Title", 200), ("Department", 200), ("Manager", 200)]
    )
    def test_fields_have_limits(self, column: str, limit: int) -> None:
        (problem,) = refused({column: "x" * (limit + 1)})
        assert (problem.code, problem.column) == ("cell_too_long", column)
        accepted({column: "x" * limit})

    def test_a_text_that_fits_one_field_may_be_too_long_for_another(self) -> None:
        columns = {"external_id": "Id", "name": "Name", "job_title": "A", "employment_type": "B"}
        text = "x" * 150
        problems = refused({"A": text, "B": text}, mapping=a_mapping(columns))
        assert [(it.code, it.column) for it in problems] == [("cell_too_long", "B")]

    def test_an_address_that_is_none_is_refused(self) -> None:
        (problem,) = refused({"Email": "ann at example"})
        assert (problem.code, problem.column) == ("email_invalid", "Email")


class TestStatus:
    @pytest.mark.parametrize(
        ("word", "status"),
        [("Active", "active"), ("ON  LEAVE", "on_leave"), ("terminated", "left"), ("", "active"),
         ("on_leave", "on_leave")],
    )  # fmt: skip
    def test_words_are_translated_in_any_case(self, word: str, status: str) -> None:
        assert accepted({"Status": word}).status == status

    def test_an_unknown_word_is_refused_and_not_guessed(self) -> None:
        (problem,) = refused({"Status": "Suspended"})
        assert (problem.code, problem.column) == ("status_unknown", "Status")
        assert "Suspended" in problem.detail

    @pytest.mark.parametrize(
        ("left", "status"),
        [("2026-03-01", "left"), ("2026-03-02", "left"), ("2026-03-03", "active"), ("", "active")],
    )
    def test_the_day_of_leaving_decides_where_no_word_does(self, left: str, status: str) -> None:
        row = accepted({"Status": "", "Left": left})
        assert (row.status, row.warnings) == (status, ())

    def test_a_day_that_has_come_beats_the_word_and_is_told(self) -> None:
        row = accepted({"Left": "2025-12-31"})
        assert (row.status, row.left_on) == ("left", date(2025, 12, 31))
        assert codes(row.warnings) == ["active_but_left"]

    def test_a_day_to_come_keeps_them_until_then_and_is_told(self) -> None:
        row = accepted({"Status": "Terminated", "Left": "2026-12-31"})
        assert (row.status, row.left_on) == ("active", date(2026, 12, 31))
        assert codes(row.warnings) == ["left_in_future"]

    def test_leaving_before_being_hired_is_refused(self) -> None:
        (problem,) = refused({"Status": "Terminated", "Hired": "2020-02-02", "Left": "2020-02-01"})
        assert (problem.code, problem.column) == ("left_before_hired", "Left")
        accepted({"Status": "Terminated", "Hired": "2020-02-02", "Left": "2020-02-02"})


class TestDates:
    def test_a_date_in_no_format_is_refused_with_its_text(self) -> None:
        (problem,) = refused({"Hired": "7/5/2011"})
        assert (problem.code, problem.column) == ("date_invalid", "Hired")
        assert "7/5/2011" in problem.detail

    @pytest.mark.parametrize("end", ["9999-12-31", "2999-12-31"])
    def test_open_ends_are_no_leaving(self, end: str) -> None:
        row = accepted({"Left": end})
        assert (row.left_on, row.status, row.warnings) == (None, "active", ())

    @pytest.mark.parametrize("day", ["1899-12-31", "9999-12-31"])
    def test_days_that_cannot_be_meant_are_refused(self, day: str) -> None:
        assert codes(refused({"Hired": day})) == ["date_out_of_range"]


class TestManager:
    @pytest.mark.parametrize(
        ("field", "by", "cell", "value"),
        [
            ("manager_name", "name", "Bo  Ko", "Bo Ko"),
            ("manager_external_id", "external_id", " 9 ", "9"),
            ("manager_email", "email", "Bo@Example.com", "bo@example.com"),
        ],
    )
    def test_the_way_is_kept_with_the_value(
        self, field: str, by: str, cell: str, value: str
    ) -> None:
        mapping = a_mapping({"external_id": "Id", "name": "Name", field: "Manager"})
        row = accepted({"Manager": cell}, mapping=mapping)
        assert row.manager == ManagerReference(by, value, "Manager")  # type: ignore[arg-type]
        assert "manager" in row.fields


class TestDerivedEmail:
    TEMPLATE = "{first}.{last}@example.com"

    def test_people_without_an_address_get_one_made_of_the_name(self) -> None:
        row = accepted({"Email": "", "Name": "Zoë R. Weiß"}, email_template=self.TEMPLATE)
        assert (row.email, row.derived_email) == (None, "zoe.weiss@example.com")
        assert "email" not in row.fields

    def test_an_address_in_the_file_goes_first(self) -> None:
        row = accepted(email_template=self.TEMPLATE)
        assert (row.email, row.derived_email) == ("ann@example.com", None)

    def test_a_name_that_makes_no_address_is_told(self) -> None:
        row = accepted({"Email": "", "Name": "王 芳"}, email_template=self.TEMPLATE)
        assert row.derived_email is None
        assert codes(row.warnings) == ["email_not_derived"]

    def test_without_a_template_an_empty_cell_speaks_for_itself(self) -> None:
        row = accepted({"Email": ""})
        assert row.derived_email is None
        assert "email" in row.fields


def test_all_problems_of_a_row_are_told_at_once() -> None:
    problems = refused({"Name": "", "Status": "?", "Hired": "soon", "Email": "x"})
    assert set(codes(problems)) == {
        "name_missing",
        "status_unknown",
        "date_invalid",
        "email_invalid",
    }

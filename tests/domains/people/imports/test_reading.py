import csv
from contextlib import suppress
from io import BytesIO, StringIO
from tempfile import SpooledTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfapi.domains.people.imports import reading
from perfapi.domains.people.imports.mapping import DELIMITERS
from perfapi.domains.people.imports.problems import FileRefused
from perfapi.domains.people.imports.reading import RawRow, Table, open_table


def opened(content: str | bytes) -> Table:
    return open_table(BytesIO(content.encode() if isinstance(content, str) else content))


def rows_of(content: str | bytes) -> list[list[str]]:
    return [row.cells for row in opened(content).rows()]


def refused(content: str | bytes) -> FileRefused:
    with pytest.raises(FileRefused) as raised:
        list(opened(content).rows())
    return raised.value


class TestDelimiter:
    @pytest.mark.parametrize("delimiter", DELIMITERS)
    def test_each_separator_is_recognised(self, delimiter: str) -> None:
        text = "\n".join(delimiter.join(row) for row in (["id", "name"], ["1", "x"], ["2", "y"]))
        assert opened(text).delimiter == delimiter

    def test_commas_inside_names_do_not_make_a_comma_file(self) -> None:
        text = "Name;Nummer;Ort\nMüller, Jo;1;Bonn\nMeier, Al;2;Ulm\n"
        assert opened(text).delimiter == ";"
        assert opened(text.replace(";", "\t")).delimiter == "\t"

    def test_decimal_commas_do_not_either(self) -> None:
        assert opened("id;name;fte\n1;a;0,5\n2;b;0,8\n").delimiter == ";"

    def test_separators_inside_quotes_are_text(self) -> None:
        text = 'id,name\n1,"a;b;c"\n2,"d;e;f"\n3,"g;h;i"\n'
        assert opened(text).delimiter == ","

    def test_rows_of_uneven_length_do_not_hide_the_separator(self) -> None:
        text = "id,name,title\n1,a,x\n2,b\n3,c,y,z\n4,d,w\n5,e,v\n"
        assert opened(text).delimiter == ","

    def test_excels_own_declaration_is_believed_and_is_no_header(self) -> None:
        table = opened("sep=;\nid;name\n1;a,b\n")
        assert (table.delimiter, table.headers, table.header_row) == (";", ("id", "name"), 2)

    def test_a_single_column_is_a_table_too(self) -> None:
        assert rows_of("id\n7\n8\n") == [["7"], ["8"]]

    @given(
        st.sampled_from(DELIMITERS),
        st.integers(2, 6),
        st.lists(
            st.lists(st.text(",;|\tab \"'\n", max_size=8), min_size=6, max_size=6), min_size=4
        ),
        st.sampled_from(["\n", "\r\n", "\r"]),
    )
    @settings(deadline=None)
    def test_what_a_csv_writer_writes_comes_back(
        self, delimiter: str, width: int, cells: list[list[str]], ending: str
    ) -> None:
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
        rows = [["x", *row[1:width]] for row in cells]
        writer.writerows([[f"column {i}" for i in range(width)], *rows])
        table = opened(text.getvalue())
        assert table.delimiter == delimiter
        assert [row.cells for row in table.rows()] == rows


class TestHeader:
    def test_titles_above_the_table_are_skipped(self) -> None:
        table = opened("Staff as of June\n\nid,name,title\n1,a,x\n2,b,y\n")
        assert (table.header_row, table.headers) == (3, ("id", "name", "title"))
        assert [row.number for row in table.rows()] == [4, 5]
        assert opened("Staff;;\nid;name;title\n1;a;x\n").header_row == 2

    def test_names_are_tidied(self) -> None:
        headers = opened(
            '\ufeff id ,"Employee\n Name",Cost\u00a0Center,\u200bMail\n1,2,3,4\n'
        ).headers
        assert headers == ("id", "Employee Name", "Cost Center", "Mail")

    def test_columns_without_a_name_get_one_and_trailing_ones_go(self) -> None:
        table = opened("id,,name,,\n1,x,a,,\n")
        assert table.headers == ("id", "Column 2", "name")
        assert next(table.rows()).cells == ["1", "x", "a"]
        assert opened("id,,Column 2\n1,2,3\n").headers == ("id", "Column 2*", "Column 2")

    def test_two_columns_of_one_name_are_refused(self) -> None:
        problem = refused("id,name, name\n1,a,b\n")
        assert (problem.code, problem.row, problem.column) == ("header_duplicate", 1, "name")

    @pytest.mark.parametrize("first", ["10026,2011-07-05,4.5", "ann@example.com,7/5/2011,x"])
    def test_values_where_names_should_be_are_a_missing_header(self, first: str) -> None:
        assert refused(f"{first}\n1,2,3\n").code == "header_missing"

    def test_too_many_columns_are_refused(self) -> None:
        names = ",".join(f"c{i}" for i in range(201))
        assert refused(f"{names}\n{names}\n").code == "too_many_columns"
        assert len(opened(f"{names[:-5]}\n{names[:-5]}\n").headers) == 200

    def test_a_name_of_a_column_has_a_limit(self) -> None:
        assert refused(f"id,{'x' * 201}\n1,2\n").code == "cell_too_long"

    def test_nothing_below_the_header_is_no_rows(self) -> None:
        assert refused("id,name\n").code == "no_rows"
        assert refused("id,name\n\n , \n").code == "no_rows"


class TestRows:
    def test_numbers_are_those_of_a_spreadsheet(self) -> None:
        table = opened('id,note\n1,"two\nlines"\n\n,\n2,x\n')
        assert [(row.number, row.cells[0]) for row in table.rows()] == [(2, "1"), (5, "2")]

    def test_rows_can_be_read_again(self) -> None:
        table = opened("id,name\n1,a\n")
        assert list(table.rows()) == list(table.rows()) == [RawRow(2, ["1", "a"])]
        assert not table.file.closed

    def test_a_ragged_row_is_a_problem_of_that_row(self) -> None:
        rows = list(opened("id,name\n1\n2,b\n3,c,d\n4,d,\n").rows())
        assert [row.problem and row.problem.code for row in rows] == [
            "row_ragged",
            None,
            "row_ragged",
            None,
        ]
        assert "1 cells where the header has 2" in (rows[0].problem or rows[1]).detail  # type: ignore[union-attr]

    def test_a_ragged_row_over_several_lines_suspects_a_quote(self) -> None:
        row = next(opened('id,name\n1,"a\n2,b",c\n3,d\n').rows())
        assert row.problem is not None
        assert "quotation mark" in row.problem.detail

    def test_bytes_that_turn_out_to_be_no_text_are_a_named_problem(self) -> None:
        table = Table(BytesIO(b"id,name\n1,\xff\n"), "utf-8", ",", 1, ("id", "name"))
        with pytest.raises(FileRefused) as raised:
            list(table.rows())
        assert raised.value.code == "encoding_wrong"

    def test_a_cell_has_a_limit_and_names_its_column(self) -> None:
        rows = list(opened(f"id,name\n1,{'x' * 10_001}\n2,{'x' * 10_000}\n").rows())
        assert rows[0].problem is not None
        assert (rows[0].problem.code, rows[0].problem.column) == ("cell_too_long", "name")
        assert rows[1].problem is None

    def test_a_cell_beyond_all_bounds_ends_the_reading(self) -> None:
        problem = refused(f"id,name\n1,{'x' * 200_000}\n")
        assert (problem.code, problem.row) == ("cell_too_long", 2)

    def test_a_quote_that_never_closes_is_refused_with_its_row(self) -> None:
        problem = refused('id,name\n1,a\n2,"b\n3,c\n4,d\n')
        assert (problem.code, problem.row) == ("quote_unbalanced", 3)
        assert "never closed" in problem.detail

    def test_a_stray_quote_that_would_swallow_a_row_is_refused(self) -> None:
        problem = refused('id,name\n"1,a\n"2,b\n3,c\n')
        assert (problem.code, problem.row) == ("quote_unbalanced", 2)

    def test_quotes_inside_a_cell_that_does_not_begin_with_one_are_text(self) -> None:
        assert rows_of('id,name\n1,Ann "Annie" Lee\n') == [["1", 'Ann "Annie" Lee']]

    def test_spaces_before_a_quote_do_not_break_it(self) -> None:
        assert rows_of('id, name\n1, "Lee, Ann"\n') == [["1", "Lee, Ann"]]

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
    def test_any_line_ending_ends_a_row(self, ending: str) -> None:
        assert rows_of(ending.join(["id,name", "1,a", "2,b"])) == [["1", "a"], ["2", "b"]]

    def test_a_nul_is_left_to_its_row(self) -> None:
        assert rows_of("id,name\n1,a\0b\n2,c\n") == [["1", "a\0b"], ["2", "c"]]


class TestFile:
    def test_an_empty_file_is_refused(self) -> None:
        assert refused(b"").code == "file_empty"
        assert refused(" \n\n  \r\n").code == "file_empty"
        assert refused(b"\xef\xbb\xbf").code == "file_empty"

    def test_a_file_beyond_the_limit_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "MAX_BYTES", 10)
        assert refused("id,name\n1,a\n").code == "file_too_large"

    @pytest.mark.parametrize(
        "content",
        [
            "<!DOCTYPE html><html><table><tr><td>id</td></tr></table></html>",
            "\n<html><body>",
            '<?xml version="1.0"?><Workbook/>',
            '[{"id": 1, "name": "a"}]',
            b"PK\x03\x04",
        ],
    )
    def test_other_kinds_of_file_are_named(self, content: str | bytes) -> None:
        assert refused(content).code == "file_not_csv"

    def test_a_named_encoding_and_separator_are_taken(self) -> None:
        file = BytesIO("id|name;x\n1|Müller;y\n".encode("cp1252"))
        table = open_table(file, encoding="cp1252", delimiter="|")
        assert next(table.rows()).cells == ["1", "Müller;y"]

    def test_a_named_encoding_that_does_not_hold_is_refused(self) -> None:
        with pytest.raises(FileRefused) as raised:
            open_table(BytesIO("id,name\n1,Müller\n".encode("cp1252")), encoding="utf-8")
        assert raised.value.code == "encoding_wrong"

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self) -> None:
        content = "\ufeffid,name\n1,a\n".encode()
        assert open_table(BytesIO(content), encoding="utf-8").headers[0] == "id"
        assert opened(content).headers[0] == "id"

    def test_an_upload_held_in_a_spooled_file_is_read(self) -> None:
        with SpooledTemporaryFile(max_size=4) as file:
            file.write(b"id,name\n1,a\n")
            assert next(open_table(file).rows()).cells == ["1", "a"]  # type: ignore[arg-type]

    @given(st.binary(max_size=300))
    @settings(deadline=None, max_examples=300)
    def test_no_bytes_raise_anything_but_a_named_problem(self, content: bytes) -> None:
        with suppress(FileRefused):
            list(opened(content).rows())

    @given(st.text("ab,;\t|\"'\r\n\0\ufeff\u2028é<{ ", max_size=80))
    @settings(deadline=None, max_examples=300)
    def test_no_text_does_either(self, text: str) -> None:
        with suppress(FileRefused):
            list(opened(text).rows())

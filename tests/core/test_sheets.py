import csv
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from io import StringIO

import pytest

from perfapi.core.sheets import lines


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text)))


class TestLines:
    def test_reads_back_as_it_was_written(self) -> None:
        rows = [["a, b", 'say "x"', "two\nlines"], ["ä", "", "1"]]
        assert read(lines(rows)) == rows
        assert lines([["a"], ["b"]]) == "a\r\nb\r\n"

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "-1+1", "@SUM(A1)", "\tx", "\rx"])
    def test_makes_no_formula_of_what_people_write(self, text: str) -> None:
        assert read(lines([["here", text]])) == [["here", f"'{text}"]]

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("Sales;=cmd|'/C calc'!A1;", "Sales;'=cmd|'/C calc'!A1;"),
            ("a; +1", "a;' +1"),
            ("two\n=1", "two\n'=1"),
            ("\uff1d1", "'\uff1d1"),
            (" =1", "' =1"),
        ],
    )
    def test_makes_none_behind_what_parts_cells_elsewhere(self, text: str, written: str) -> None:
        assert read(lines([[text]])) == [[written]]

    @pytest.mark.parametrize("text", ["-1", "-0.125", "1", "plain", "a=b"])
    def test_leaves_alone_what_runs_nothing(self, text: str) -> None:
        assert read(lines([[text]])) == [[text]]

    def test_writes_values_as_json_does(self) -> None:
        east = datetime(2026, 1, 31, 13, 5, tzinfo=timezone(timedelta(hours=1)))
        values = [True, False, None, 7, Decimal("-0.5"), east]
        assert read(lines([values])) == [["true", "false", "", "7", "-0.5", "2026-01-31T12:05:00Z"]]

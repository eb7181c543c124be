from datetime import date

import pytest

from perfapi.domains.people.imports.dates import (
    DateReader,
    contradiction,
    recognise_formats,
    why_invalid,
)

TODAY = date(2026, 3, 2)


class TestDateReader:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("7/5/2011", date(2011, 7, 5)),
            ("07/10/83", date(1983, 7, 10)),
            ("2/29/2024", date(2024, 2, 29)),
            ("2/29/2023", None),
            ("13/1/2020", None),
            ("2011-07-05", None),
            ("", None),
            ("1/1/0000", None),
            ("2/29/32", date(1932, 2, 29)),
        ],
    )
    def test_the_first_format_that_fits_reads(self, text: str, day: date | None) -> None:
        reader = DateReader(["%m/%d/%Y", "%m/%d/%y"], TODAY)
        assert reader.read(text) == day
        assert reader.read(text) == day

    @pytest.mark.parametrize(
        ("text", "year"), [("1/1/31", 2031), ("1/1/32", 1932), ("1/1/68", 1968), ("1/1/69", 1969)]
    )
    def test_two_digit_years_are_never_far_ahead(self, text: str, year: int) -> None:
        assert DateReader(["%m/%d/%y"], TODAY).read(text) == date(year, 1, 1)

    def test_times_beside_dates_are_dropped(self) -> None:
        reader = DateReader(["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"], TODAY)
        assert reader.read("2020-02-03 23:59:59") == date(2020, 2, 3)
        assert reader.read("2020-02-03T00:00:00Z") == date(2020, 2, 3)


class TestFormats:
    @pytest.mark.parametrize(
        "good", ["%Y-%m-%d", "%d %B %Y", "%b %d, %Y", "%Y%m%d", "%d.%m.%y %H:%M"]
    )
    def test_a_format_with_one_of_each_part_is_valid(self, good: str) -> None:
        assert why_invalid(good) is None

    @pytest.mark.parametrize("bad", ["%Y", "%Y-%m-%d-%d", "%Y-%m-%d %H %H", "%x", "%Y-%m-%d %", ""])
    def test_anything_else_is_explained(self, bad: str) -> None:
        assert (why_invalid(bad) or "").endswith(".")

    def test_contradictions_are_found_in_either_order(self) -> None:
        assert contradiction(["%d/%m/%Y", "%m/%d/%Y"]) == ("%d/%m/%Y", "%m/%d/%Y")
        assert contradiction(["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y"]) is None


class TestRecogniseFormats:
    @pytest.mark.parametrize(
        ("values", "formats"),
        [
            ({"7/5/2011", "3/30/2015"}, ["%m/%d/%Y"]),
            ({"05/07/2011", "30/03/2015"}, ["%d/%m/%Y"]),
            ({"07/10/83", "09/19/88"}, ["%m/%d/%y"]),
            ({"19.09.88", "01.02.2003"}, ["%d.%m.%Y", "%d.%m.%y"]),
            ({"2011-07-05"}, ["%Y-%m-%d"]),
            ({"20110705"}, ["%Y%m%d"]),
            ({"5 March 2012", "17 May 2013"}, ["%d %B %Y"]),
            ({"05-Mar-12"}, ["%d-%b-%y"]),
            ({"2011-07-05 00:00:00"}, ["%Y-%m-%d %H:%M:%S"]),
            ({"2011-07-05T10:11:12Z"}, ["%Y-%m-%dT%H:%M:%SZ"]),
        ],
    )
    @pytest.mark.parametrize("prefers_month_first", [True, False])
    def test_values_that_say_it_decide(
        self, values: set[str], formats: list[str], prefers_month_first: bool
    ) -> None:
        found = recognise_formats(values, prefers_month_first=prefers_month_first)
        assert found == (formats, False)

    def test_values_that_do_not_are_a_choice_and_said_to_be(self) -> None:
        values = {"1/2/2020", "3/4/2021"}
        assert recognise_formats(values, prefers_month_first=True) == (["%m/%d/%Y"], True)
        assert recognise_formats(values, prefers_month_first=False) == (["%d/%m/%Y"], True)

    def test_no_two_of_the_formats_found_contradict_each_other(self) -> None:
        values = {"1/2/2020", "25/12/20", "2020-01-02", "3.4.2020", "3 May 2020", "20200103"}
        formats, _ = recognise_formats(values, prefers_month_first=False)
        assert contradiction(formats) is None
        assert len(formats) == 6

"""Dates in the formats that exports use, in strptime's notation."""

import re
import time
from collections.abc import Collection, Iterable, Sequence
from datetime import date

MAX_YEARS_AHEAD = 5
MAX_CACHED = 50_000
MAX_TRIED = 100
# What exports write for 'no last day'.
OPEN_END_YEARS = frozenset({2999, 9999})
EARLIEST = date(1900, 1, 1)

_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)
_PARTS = ("Yy", "mbB", "d")
_TIME_PARTS = "HIMSfpz%"
# Day, month and two-digit year can each be taken for one another here, so that two formats which
# read the same text differently are found out.
_PROBE = time.struct_time((2003, 2, 1, 4, 5, 6, 5, 32, -1))

_DAYS = {
    "iso": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    "month_first": ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m-%d-%y"),
    "day_first": (
        "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y",
    ),
    "words": (
        "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d/%b/%Y",
    ),
}  # fmt: skip
_TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", "T%H:%M:%SZ", " %I:%M:%S %p", " %H:%M:%S.%f")


def why_invalid(date_format: str) -> str | None:
    """What is wrong with a date format, in a sentence; None if nothing is."""
    directives = _DIRECTIVE.findall(date_format)
    if not all(
        directive and directive in "".join(_PARTS) + _TIME_PARTS for directive in directives
    ):
        return "A date format may hold %Y %y %m %b %B %d, a time %H %I %M %S %f %p %z, and %%."
    if any(sum(directive in part for directive in directives) != 1 for part in _PARTS):
        return "A date format has one year (%Y, %y), one month (%m, %b, %B) and one day (%d)."
    if any(directives.count(directive) > 1 for directive in _TIME_PARTS if directive != "%"):
        return "A date format holds each part of a time once."
    return None


def contradiction(formats: Sequence[str]) -> tuple[str, str] | None:
    """Two formats that read one text as different days, as %d/%m/%Y and %m/%d/%Y do."""
    for written in formats:
        text = time.strftime(written, _PROBE)
        for other in formats:
            parsed = _parsed(text, other)
            if parsed is not None and parsed[:3] != _PROBE[:3]:
                return written, other
    return None


def _parsed(text: str, date_format: str) -> time.struct_time | None:
    try:
        return time.strptime(text, date_format)
    except (ValueError, OverflowError):
        return None


def is_read(text: str, formats: Iterable[str]) -> bool:
    return any(_parsed(text, date_format) is not None for date_format in formats)


class DateReader:
    """Reads dates by the first format that fits. Remembers what it read: dates repeat."""

    def __init__(self, formats: Iterable[str], today: date) -> None:
        self._formats = tuple(formats)
        self._last_year = today.year + MAX_YEARS_AHEAD
        self._read: dict[str, date | None] = {}

    def read(self, text: str) -> date | None:
        """None: no format fits."""
        if text not in self._read:
            if len(self._read) >= MAX_CACHED:
                self._read.clear()
            self._read[text] = self._parse(text)
        return self._read[text]

    def _parse(self, text: str) -> date | None:
        for date_format in self._formats:
            parsed = _parsed(text, date_format)
            if parsed is not None:
                year = parsed.tm_year
                if "%y" in date_format and year > self._last_year:
                    year -= 100
                return date(year, parsed.tm_mon, parsed.tm_mday)
        return None


def recognise_formats(
    values: Collection[str], *, prefers_month_first: bool
) -> tuple[list[str], bool]:
    """The fewest formats that read the dates among the values, and whether that was a choice.

    Where day and month could be either way round in every value, the preference decides and the
    second answer is True.
    """
    month_first, unread = _cover(values, ("iso", "month_first", "words"))
    day_first, unread_otherwise = _cover(values, ("iso", "day_first", "words"))
    if unread != unread_otherwise:
        return (month_first if unread < unread_otherwise else day_first), False
    return (month_first if prefers_month_first else day_first), month_first != day_first


def _cover(values: Collection[str], families: Sequence[str]) -> tuple[list[str], int]:
    """Formats, and how many of the values they do not read."""
    days = [day for family in families for day in _DAYS[family]]
    remaining = [value for value in values if value]
    chosen: list[str] = []
    while remaining:
        sample = remaining[:MAX_TRIED]
        candidates = [day + ending for ending in _TIMES for day in days]
        fitting = {it: sum(_parsed(text, it) is not None for text in sample) for it in candidates}
        best = max(candidates, key=lambda it: fitting[it])
        if not fitting[best]:
            break
        chosen.append(best)
        remaining = [text for text in remaining if _parsed(text, best) is None]
    return chosen, len(remaining)

"""Which character separates the cells, judged by how evenly it divides the records."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from perfapi.domains.people.imports.mapping import DELIMITERS, Delimiter

RECORDS_LOOKED_AT = 200


class _Division(NamedTuple):
    evenness: float
    width: int


def records(lines: Iterable[str], delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    """`strict` refuses text after a closing quote, which otherwise joins rows without a trace."""
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


def recognise_delimiter(sample: list[str]) -> Delimiter:
    """csv.Sniffer guesses from single characters; this looks for columns.

    A separator is believed the more, the more records it divides into equally many cells, the
    first of them (mostly the header) counting for much; among equals the one with more columns.
    """
    divisions = {delimiter: _division(sample, delimiter) for delimiter in DELIMITERS}
    return max(divisions, key=lambda delimiter: divisions[delimiter])


def _division(sample: list[str], delimiter: str) -> _Division:
    widths: list[int] = []
    with suppress(csv.Error):
        found = islice(records(sample, delimiter, strict=False), RECORDS_LOOKED_AT)
        widths.extend(len(cells) for cells in found if any(cells))
    divided = Counter(width for width in widths if width > 1)
    if not divided:
        return _Division(0.0, 1)
    width, times = max(divided.items(), key=lambda item: (item[1], item[0]))
    share = times / len(widths)
    if widths[0] == 1:
        share /= 2
    return _Division(round(share, 1), width)

"""A CSV file of unknown make becomes a header and rows, one at a time."""

import csv
import io
import re
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, NamedTuple

from perfapi.domains.people.imports.delimiters import recognise_delimiter, records
from perfapi.domains.people.imports.encodings import (
    are_too_many,
    check_encoding,
    recognise_encoding,
    refuse_binary,
)
from perfapi.domains.people.imports.mapping import (
    DELIMITERS,
    MAX_COLUMN_NAME,
    Delimiter,
    Encoding,
)
from perfapi.domains.people.imports.problems import FileRefused, RowProblem
from perfapi.domains.people.imports.text import squeeze, tidy

MAX_BYTES = 64 * 1024 * 1024
MAX_COLUMNS = 200
MAX_CELL = 10_000
MAX_TITLE_ROWS = 20
SAMPLE_LINES = 1_000
SAMPLE_CHARACTERS = 1 << 20

_DECLARED = re.compile(r'"?sep=([,;\t|])"?\s*')
_MARKUP = re.compile(r"<(!doctype|html|table|\?xml|workbook)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_VALUE_NOT_NAME = re.compile(r"[\d.,/:\-+ ]*\d[\d.,/:\-+ ]*|[^@\s]+@[^@\s]+\.[^@\s]+")


class RawRow(NamedTuple):
    """One record. `number` is the one a spreadsheet shows: the first record of the file is 1."""

    number: int
    cells: list[str]
    problem: RowProblem | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised file. `rows` reads it from the start each time, one reader at a time."""

    file: BinaryIO
    encoding: str
    delimiter: Delimiter
    header_row: int
    headers: tuple[str, ...]

    def rows(self) -> Generator[RawRow, None, None]:
        """The rows with any content below the header. Raises FileRefused where it breaks off."""
        width = len(self.headers)
        for number, cells in _records(self.file, self.encoding, self.delimiter):
            if number <= self.header_row or not "".join(cells).strip():
                continue
            if len(cells) > width and not "".join(cells[width:]).strip():
                del cells[width:]
            yield RawRow(number, cells, self._problem(cells))

    def _problem(self, cells: list[str]) -> RowProblem | None:
        if len(cells) != len(self.headers):
            detail = f"The row has {len(cells)} cells where the header has {len(self.headers)}."
            if any("\n" in cell for cell in cells):
                detail += " A cell runs over several lines: perhaps a quotation mark is stray."
            return RowProblem("row_ragged", detail)
        if max(map(len, cells)) > MAX_CELL:
            column = next(i for i, cell in enumerate(cells) if len(cell) > MAX_CELL)
            return RowProblem(
                "cell_too_long",
                f"The cell is longer than {MAX_CELL:,} characters.",
                self.headers[column],
            )
        return None


def open_table(
    file: BinaryIO, *, encoding: Encoding | None = None, delimiter: Delimiter | None = None
) -> Table:
    """Recognises encoding, separator and header. The file must be seekable; it stays open.

    Raises FileRefused if it is empty, too large, not a CSV file, or has no header or no rows.
    """
    _check_size(file)
    found = _checked(file, encoding) if encoding else recognise_encoding(file)
    sample = _sample(file, found)
    _check_text(sample)
    declared = _declared(sample[0])
    delimiter = delimiter or declared or recognise_delimiter(sample)
    header_row, cells = _find_header(sample, delimiter, has_declaration=declared is not None)
    table = Table(file, found, delimiter, header_row, _headers(cells, header_row))
    with closing(table.rows()) as rows:
        if next(rows, None) is None:
            raise FileRefused("no_rows", "The file has a header and no rows below it.")
    return table


def _declared(first_line: str) -> Delimiter | None:
    """Excel's own first line, `sep=;`."""
    declared = _DECLARED.fullmatch(first_line)
    return next((it for it in DELIMITERS if declared and it == declared[1]), None)


def _check_size(file: BinaryIO) -> None:
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise FileRefused("file_empty", "The file is empty.")
    if size > MAX_BYTES:
        raise FileRefused(
            "file_too_large",
            f"The file has {size / 2**20:.0f} MiB; at most {MAX_BYTES // 2**20} MiB are read.",
        )


def _checked(file: BinaryIO, encoding: Encoding) -> str:
    file.seek(0)
    head = file.read(16)
    refuse_binary(head)
    if encoding == "utf-8" and head.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    check_encoding(file, encoding)
    return encoding


def _sample(file: BinaryIO, encoding: str) -> list[str]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        sample: list[str] = []
        size = 0
        for line in islice(text, SAMPLE_LINES):
            sample.append(line)
            size += len(line)
            if size > SAMPLE_CHARACTERS:
                break
        return sample
    finally:
        text.detach()


def _check_text(sample: list[str]) -> None:
    start = "".join(sample[:20]).lstrip()
    if not "".join(sample).strip():
        raise FileRefused("file_empty", "The file holds nothing but white space.")
    if _MARKUP.match(start):
        raise FileRefused(
            "file_not_csv", "This is a web page or XML, not a CSV file. Export the people as CSV."
        )
    if start.startswith(("{", "[")):
        raise FileRefused("file_not_csv", "This is JSON, not a CSV file.")
    text = "".join(sample)
    if are_too_many(len(_CONTROL.findall(text)), len(text)):
        raise FileRefused("file_not_csv", "This is not a text file. Export the people as CSV.")


def _records(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    number = 0
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        raise _broken(number + 1, str(error)) from None
    except UnicodeError:
        raise FileRefused(
            "encoding_wrong", f"Row {number + 1} is not {encoding.upper()}.", row=number + 1
        ) from None
    finally:
        text.detach()


def _broken(row: int, reason: str) -> FileRefused:
    if "unexpected end of data" in reason:
        return FileRefused(
            "quote_unbalanced",
            f"A quotation mark opened in row {row} is never closed: the file was cut off or the"
            " mark is stray. Nothing was read.",
            row=row,
        )
    if "field larger than field limit" in reason:
        return FileRefused(
            "cell_too_long",
            f"A cell in row {row} is longer than {csv.field_size_limit():,} characters; perhaps a"
            " quotation mark is not closed.",
            row=row,
        )
    return FileRefused(
        "quote_unbalanced",
        f"In row {row} text follows a closing quotation mark. Inside a quoted cell a quotation"
        " mark is written twice.",
        row=row,
    )


def _find_header(
    sample: list[str], delimiter: str, *, has_declaration: bool
) -> tuple[int, list[str]]:
    """The first row, not counting titles above the table: rows with a single filled cell."""
    rows: list[list[str]] = []
    with suppress(csv.Error):  # told where it happens, by the reading of the rows
        rows.extend(records(sample, delimiter, strict=False))
    widest = max((len(row) for row in rows), default=0)
    for number, cells in enumerate(rows[: MAX_TITLE_ROWS + 1], 1):
        is_declaration = has_declaration and number == 1
        filled = sum(1 for cell in cells if cell.strip())
        if not is_declaration and (filled > 1 or (filled == 1 and widest == 1)):
            return number, cells
    raise FileRefused("header_missing", "No row with the names of the columns was found.")


def _headers(cells: list[str], row: int) -> tuple[str, ...]:
    while not cells[-1].strip():
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise FileRefused(
            "too_many_columns",
            f"The header has {len(cells)} columns; at most {MAX_COLUMNS} are read.",
            row=row,
        )
    headers = [tidy(cell).text for cell in cells]
    filled = [header for header in headers if header]
    if sum(_VALUE_NOT_NAME.fullmatch(header) is not None for header in filled) * 2 > len(filled):
        raise FileRefused(
            "header_missing",
            f"Row {row} holds values, not the names of the columns. Add a header row.",
            row=row,
        )
    seen: set[str] = set()
    for header in filled:
        if len(header) > MAX_COLUMN_NAME:
            raise FileRefused(
                "cell_too_long",
                f"A column name is longer than {MAX_COLUMN_NAME} characters:"
                f" '{squeeze(header[:60])}...'.",
                row=row,
            )
        if header in seen:
            raise FileRefused(
                "header_duplicate",
                f"Two columns are called '{header}'. Every column needs a name of its own.",
                row=row,
                column=header,
            )
        seen.add(header)
    return tuple(_named(headers))


def _named(headers: list[str]) -> Iterator[str]:
    taken = set(headers)
    for position, header in enumerate(headers, 1):
        name = header or f"Column {position}"
        while not header and name in taken:
            name += "*"
        taken.add(name)
        yield name

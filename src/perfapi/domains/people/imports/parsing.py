"""A row of cells becomes what it says about a person, or the reasons why it says nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Literal

from perfapi.domains.people.imports.addresses import AddressTemplate, checked_address
from perfapi.domains.people.imports.dates import EARLIEST, OPEN_END_YEARS, DateReader
from perfapi.domains.people.imports.mapping import Mapping, Status, status_key
from perfapi.domains.people.imports.names import Name, split_name
from perfapi.domains.people.imports.problems import FileRefused, RowProblem
from perfapi.domains.people.imports.reading import RawRow
from perfapi.domains.people.imports.records import (
    LIMITS,
    ManagerReference,
    ParsedRow,
    RejectedRow,
    full_name,
)
from perfapi.domains.people.imports.text import tidy

MAX_REMEMBERED = 50_000
MAX_QUOTED = 100
MAX_YEARS_AHEAD = 100

_OWN_STATUS_WORDS: dict[str, Status] = {
    "": "active", "active": "active", "on_leave": "on_leave", "left": "left",
}  # fmt: skip
_MANAGERS: tuple[tuple[str, Literal["external_id", "email", "name"]], ...] = (
    ("manager_external_id", "external_id"),
    ("manager_email", "email"),
    ("manager_name", "name"),
)
# Cells that hardly two rows have in common; all others are worth remembering.
_UNIQUE = frozenset({"external_id", "name", "given_name", "family_name", "email"})
# Below this no field is too long, and most cells need no look at their own limit.
_SHORTEST_LIMIT = min(LIMITS.values())
_NO_ATTRIBUTES: dict[str, str | None] = {}


class RowParser:
    """Reads the rows of one file by one mapping, as of one day.

    Raises FileRefused if the mapping names a column that the file does not have.
    """

    def __init__(self, mapping: Mapping, headers: Sequence[str], today: date) -> None:
        self.mapping = mapping
        self.today = today
        self.columns: dict[str, str] = mapping.columns.model_dump(exclude_none=True) | {
            f"attributes.{key}": column for key, column in mapping.attributes.items()
        }
        self.places = [(field, _place(name, headers)) for field, name in self.columns.items()]
        self.attributes = [(key, f"attributes.{key}") for key in mapping.attributes]
        self.dates = DateReader(mapping.date_formats, today)
        template = mapping.email_template
        self.template = None if template is None else AddressTemplate(template)
        self.fields = _fields(self.columns)
        # With a template an empty cell asks for an address, it does not take one away.
        self.fields_without_email = self.fields - {"email"} if template else self.fields
        self._status_words = _OWN_STATUS_WORDS | {
            status_key(word): status for word, status in mapping.status_words.items()
        }
        self._texts: dict[str, str] = {}
        self._managers: dict[str, ManagerReference] = {}

    def parse_all(self, rows: Iterable[RawRow]) -> Iterator[ParsedRow | RejectedRow]:
        return map(self.parse, rows)

    def parse(self, raw: RawRow) -> ParsedRow | RejectedRow:
        return _RowReading(self, raw).result()

    def remembered(self, cell: str) -> str | None:
        return self._texts.get(cell)

    def remember(self, cell: str, text: str) -> str:
        """One object for equal texts: departments, titles and dates repeat in most rows."""
        if len(self._texts) >= MAX_REMEMBERED:
            self._texts.clear()
        return self._texts.setdefault(cell, text)

    def status_of(self, word: str) -> Status | None:
        return self._status_words.get(word.casefold())

    def manager(
        self, field: str, by: Literal["external_id", "email", "name"], text: str
    ) -> ManagerReference:
        reference = self._managers.get(text)
        if reference is None:
            value = text.lower() if by == "email" else text
            reference = ManagerReference(by, value, self.columns[field])
            if len(self._managers) < MAX_REMEMBERED:
                self._managers[text] = reference
        return reference


def _place(name: str, headers: Sequence[str]) -> int:
    wanted = tidy(name).text
    for place, header in enumerate(headers):
        if header == wanted:
            return place
    similar = get_close_matches(wanted, headers, 1, 0.6)
    hint = f" Is it '{similar[0]}'?" if similar else ""
    raise FileRefused("column_missing", f"The file has no column '{wanted}'.{hint}", column=wanted)


def _fields(columns: Iterable[str]) -> frozenset[str]:
    ways = {way for way, _ in _MANAGERS}
    fields = set(columns) - ways - {"name", "manager_id_hint"}
    if not ways.isdisjoint(columns):
        fields.add("manager")
    return frozenset(fields | {"given_name", "family_name"})


class _RowReading:
    """One row being read: problems that refuse it, warnings that do not."""

    def __init__(self, parser: RowParser, raw: RawRow) -> None:
        self._parser = parser
        self._raw = raw
        self._problems: list[RowProblem] = [] if raw.problem is None else [raw.problem]
        self._warnings: list[RowProblem] = []
        self._texts: dict[str, str] = {}
        cells = raw.cells
        width = len(cells)
        for field, place in parser.places:
            if place < width and (cell := cells[place]):
                text = self._text_of(field, cell)
                if text:
                    self._texts[field] = text

    def _text_of(self, field: str, cell: str) -> str:
        known = self._parser.remembered(cell)
        if known is not None:
            return known
        if cell.isascii() and cell.isprintable():
            text = " ".join(cell.split())
        else:
            text, is_clean = self._tidied(field, cell)
            if not is_clean:
                return text
        if len(text) > _SHORTEST_LIMIT:
            limit = LIMITS.get(field.partition(".")[0])
            if limit is not None and len(text) > limit:
                self._too_long(field, limit)
        elif field not in _UNIQUE:
            return self._parser.remember(cell, text)
        return text

    def result(self) -> ParsedRow | RejectedRow:
        if self._raw.problem is not None:
            return self._rejected(None)
        name = self._name()
        texts = self._texts
        parser = self._parser
        email = self._email()
        row = ParsedRow(
            row=self._raw.number,
            fields=parser.fields if email is not None else parser.fields_without_email,
            external_id=texts.get("external_id"),
            given_name=name.given,
            family_name=name.family,
            email=email,
            job_title=texts.get("job_title"),
            department=texts.get("department"),
            location=texts.get("location"),
            hired_on=self._date("hired_on"),
            left_on=self._date("left_on"),
            manager=self._manager(),
            manager_id_hint=texts.get("manager_id_hint"),
            employment_type=texts.get("employment_type"),
            attributes=self._attributes(),
            family_first=name.family_first,
        )
        row.status = self._status(row)
        if row.external_id is None and email is None:
            field = "external_id" if "external_id" in parser.columns else "email"
            self._refuse("identity_missing", "The row says neither who by id nor by e-mail.", field)
        if self._problems:
            return self._rejected(name)
        if email is None and parser.template is not None:
            row.derived_email = self._derived_email(row, parser.template)
        row.warnings = tuple(self._warnings)
        return row

    def _rejected(self, name: Name | None) -> RejectedRow:
        text = full_name(name.given, name.family) if name else self._texts.get("name", "")
        limit = LIMITS["given_name"] + LIMITS["family_name"]
        return RejectedRow(
            row=self._raw.number,
            problems=tuple(self._problems),
            external_id=self._texts.get("external_id", "")[: LIMITS["external_id"]] or None,
            email=self._texts.get("email", "")[: LIMITS["email"]].lower() or None,
            name=text[:limit] or None,
        )

    def _refuse(self, code: str, detail: str, field: str) -> None:
        self._problems.append(RowProblem(code, detail, self._parser.columns.get(field)))

    def _warn(self, code: str, detail: str, field: str) -> None:
        self._warnings.append(RowProblem(code, detail, self._parser.columns.get(field)))

    def _tidied(self, field: str, cell: str) -> tuple[str, bool]:
        tidied = tidy(cell)
        quoted = tidied.text[:MAX_QUOTED]
        is_damaged = "\ufffd" in tidied.text
        if tidied.has_control:
            self._refuse("control_character", "The cell holds an unprintable character.", field)
        if tidied.lost_invisible:
            detail = f"Invisible characters were removed from '{quoted}'."
            self._warn("invisible_characters_removed", detail, field)
        if is_damaged:
            detail = f"Characters were lost before the import: '{quoted}'."
            self._warn("replacement_character", detail, field)
        return tidied.text, not (tidied.has_control or tidied.lost_invisible or is_damaged)

    def _name(self) -> Name:
        texts = self._texts
        if "name" in self._parser.columns:
            whole = texts.get("name", "")
            name = split_name(whole, self._parser.mapping.name_format)
            if name.doubt == "name_order_unexpected":
                self._warn(name.doubt, f"'{whole}' was read as 'Last, First'.", "name")
            elif name.doubt == "name_split_guessed":
                detail = f"Of '{whole}' the family name was taken to be '{name.family}'."
                self._warn(name.doubt, detail, "name")
            self._check_length("given_name", name.given)
            self._check_length("family_name", name.family)
        else:
            given, family = texts.get("given_name", ""), texts.get("family_name", "")
            name = Name(given, family) if given else Name(family, "")
        if not name.given:
            field = "name" if "name" in self._parser.columns else "given_name"
            self._refuse("name_missing", "The row has no name.", field)
        return name

    def _check_length(self, field: str, text: str) -> None:
        if len(text) > LIMITS[field]:
            self._too_long("name", LIMITS[field])

    def _too_long(self, field: str, limit: int) -> None:
        self._refuse("cell_too_long", f"At most {limit} characters are kept here.", field)

    def _email(self) -> str | None:
        text = self._texts.get("email")
        if text is None or len(text) > LIMITS["email"]:
            return None
        address = checked_address(text)
        if address is None:
            self._refuse("email_invalid", f"'{text}' is not an e-mail address.", "email")
        return address

    def _date(self, field: str) -> date | None:
        text = self._texts.get(field)
        if text is None:
            return None
        day = self._parser.dates.read(text)
        if day is None:
            quoted = text[:MAX_QUOTED]
            self._refuse("date_invalid", f"'{quoted}' is in none of the date formats.", field)
        elif field == "left_on" and day.year in OPEN_END_YEARS:
            return None
        elif day < EARLIEST or day.year > self._parser.today.year + MAX_YEARS_AHEAD:
            self._refuse("date_out_of_range", f"{day} cannot be meant.", field)
        return day

    def _status(self, row: ParsedRow) -> Status:
        word = self._texts.get("status", "")
        said = self._parser.status_of(word)
        if said is None:
            detail = f"status_words does not say what '{word[:MAX_QUOTED]}' means."
            self._refuse("status_unknown", detail, "status")
            return "active"
        if row.left_on is None:
            return said
        if row.hired_on is not None and row.left_on < row.hired_on:
            detail = f"Gone from {row.left_on}, before being hired on {row.hired_on}."
            self._refuse("left_before_hired", detail, "left_on")
        if row.left_on > self._parser.today:
            if said != "left":
                return said
            detail = f"The status is '{word}', but they are here until {row.left_on}."
            self._warn("left_in_future", detail, "left_on")
            return "active"
        if said != "left" and word:
            detail = f"The status is '{word}', but they are gone since {row.left_on}."
            self._warn("active_but_left", detail, "left_on")
        return "left"

    def _manager(self) -> ManagerReference | None:
        for field, by in _MANAGERS:
            text = self._texts.get(field)
            if text is not None:
                return self._parser.manager(field, by, text)
        return None

    def _attributes(self) -> dict[str, str | None]:
        attributes = self._parser.attributes
        if not attributes:
            return _NO_ATTRIBUTES
        return {key: self._texts.get(field) for key, field in attributes}

    def _derived_email(self, row: ParsedRow, template: AddressTemplate) -> str | None:
        address = template.fill(row.given_name, row.family_name, row.external_id)
        if address is None:
            detail = f"No e-mail address can be made of '{row.name}'."
            self._warn("email_not_derived", detail, "name")
        return address

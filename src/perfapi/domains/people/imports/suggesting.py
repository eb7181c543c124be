"""A mapping proposed from headers and values. It proposes; a person decides."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from perfapi.domains.people.imports.dates import is_read, recognise_formats
from perfapi.domains.people.imports.mapping import (
    Delimiter,
    Encoding,
    MappingColumns,
    MappingDraft,
    Status,
)
from perfapi.domains.people.imports.names import NameFormat
from perfapi.domains.people.imports.problems import RowProblem
from perfapi.domains.people.imports.reading import Table, open_table
from perfapi.domains.people.imports.text import squash, tidy
from perfapi.domains.people.imports.vocabulary import (
    ATTRIBUTES,
    EXACT_STATUS,
    HEADERS,
    LAST_NAME_FIRST,
    SENSITIVE_STEMS,
    SENSITIVE_WORDS,
    STATUS_STEMS,
    Language,
)

MAX_SAMPLES = 5
MAX_SAMPLE_LENGTH = 100
MAX_VALUES = 5_000
MAX_STATUS_WORDS = 50

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class SuggestedColumn:
    """A column of the file. Of sensitive ones no values are shown."""

    name: str
    samples: tuple[str, ...]
    field: str | None
    """Where the mapping uses it: a field's name, or `attributes.<key>`."""
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    encoding: str
    delimiter: Delimiter
    row_count: int
    columns: tuple[SuggestedColumn, ...]
    mapping: MappingDraft
    notes: tuple[RowProblem, ...]
    """What a person should look at: choices taken, words not understood."""


def suggest(
    file: BinaryIO,
    *,
    email_domain: str = "example.com",
    encoding: Encoding | None = None,
    delimiter: Delimiter | None = None,
) -> Suggestion:
    """Reads the whole file once. Raises FileRefused as `open_table` does.

    `email_domain` is for the address template, offered where no column holds addresses.
    """
    table = open_table(file, encoding=encoding, delimiter=delimiter)
    values, row_count = _survey(table)
    guess = _Guess(table, values, email_domain)
    draft = guess.mapping().model_copy(update={"encoding": encoding, "delimiter": delimiter})
    return Suggestion(
        encoding=table.encoding,
        delimiter=table.delimiter,
        row_count=row_count,
        columns=tuple(_described(values, draft)),
        mapping=draft,
        notes=tuple(guess.notes),
    )


def is_sensitive(header: str) -> bool:
    """About birth, sex, origin, belief, family, citizenship, pay, health, home and the like."""
    words = {squash(word) for word in _WORDS.findall(header)} | {
        squash(word) for word in re.split(r"[\W_]+", header)
    }
    squashed = squash(header)
    return bool(words & SENSITIVE_WORDS) or any(stem in squashed for stem in SENSITIVE_STEMS)


class _Values:
    """The distinct values of one column, up to a number of them."""

    def __init__(self) -> None:
        self.distinct: dict[str, None] = {}
        self.filled = 0
        self.is_cut = False
        self._commas = 0

    def add(self, cell: str) -> None:
        cell = cell.strip()
        if not cell:
            return
        self.filled += 1
        self._commas += "," in cell
        if cell not in self.distinct:
            if len(self.distinct) < MAX_VALUES:
                self.distinct[cell] = None
            else:
                self.is_cut = True

    def texts(self) -> list[str]:
        return [text for text in (tidy(cell).text for cell in self.distinct) if text]

    def samples(self) -> tuple[str, ...]:
        found: list[str] = []
        for cell in self.distinct:
            text = tidy(cell[: MAX_SAMPLE_LENGTH * 2]).text[:MAX_SAMPLE_LENGTH]
            if text and text not in found:
                found.append(text)
            if len(found) == MAX_SAMPLES:
                break
        return tuple(found)

    @property
    def share_of_commas(self) -> float:
        return self._commas / self.filled if self.filled else 0.0

    @property
    def are_single_words(self) -> bool:
        return sum(" " in cell for cell in self.distinct) * 2 < len(self.distinct)

    @property
    def are_emails(self) -> bool:
        samples = self.samples()
        return bool(samples) and all(_EMAIL.fullmatch(sample) for sample in samples)

    @property
    def are_different(self) -> bool:
        """As ids must be, a few slips aside. Beyond the limit nothing speaks against it."""
        return self.is_cut or len(self.distinct) >= 0.9 * self.filled


def _survey(table: Table) -> tuple[dict[str, _Values], int]:
    values = [_Values() for _ in table.headers]
    row_count = 0
    for row in table.rows():
        row_count += 1
        if row.problem is None:
            for column, cell in zip(values, row.cells, strict=True):
                column.add(cell)
    return dict(zip(table.headers, values, strict=True)), row_count


def _described(values: dict[str, _Values], mapping: MappingDraft) -> Iterator[SuggestedColumn]:
    uses = {name: field for field, name in mapping.columns.model_dump(exclude_none=True).items()}
    uses.update({name: f"attributes.{key}" for key, name in mapping.attributes.items()})
    for header, of_column in values.items():
        sensitive = is_sensitive(header) and header not in uses
        samples = () if sensitive else of_column.samples()
        yield SuggestedColumn(header, samples, uses.get(header), sensitive)


class _Guess:
    def __init__(self, table: Table, values: dict[str, _Values], email_domain: str) -> None:
        self._values = values
        self._email_domain = email_domain
        self._squashed = {squash(header): header for header in reversed(table.headers)}
        self._columns: dict[str, str] = {}
        self._languages: Counter[Language] = Counter()
        self.notes: list[RowProblem] = []

    def mapping(self) -> MappingDraft:
        for field in HEADERS:
            self._claim_by_header(field)
        self._settle_names()
        self._settle_identity()
        self._settle_managers()
        date_formats = self._date_formats()
        status_words = self._status_words()
        attributes = self._attributes()
        columns = self._columns
        has_addresses = "email" in columns
        return MappingDraft(
            columns=MappingColumns(**columns),
            attributes=attributes,
            name_format=self._name_format(),
            date_formats=date_formats,
            status_words=status_words,
            email_template=None if has_addresses else f"{{first}}.{{last}}@{self._email_domain}",
        )

    def _claim_by_header(self, field: str) -> None:
        for language, words in HEADERS[field].items():
            for word in words:
                header = self._squashed.get(word)
                if header is None or header in self._columns.values():
                    continue
                if self._is_plausible(field, self._values[header]):
                    self._columns[field] = header
                    self._languages[language] += 1
                    return

    def _is_plausible(self, field: str, values: _Values) -> bool:
        if field in ("email", "manager_email"):
            return values.are_emails or not values.filled
        if field == "external_id":
            return values.are_different and not values.are_emails
        if field == "status":
            return not values.is_cut and len(values.distinct) <= MAX_STATUS_WORDS
        if field in ("hired_on", "left_on"):
            texts = values.texts()
            formats, _ = recognise_formats(texts, prefers_month_first=True)
            return sum(is_read(text, formats) for text in texts) * 2 >= len(texts)
        return True

    def _settle_names(self) -> None:
        columns = self._columns
        whole = columns.get("name")
        lacks_family_name = "given_name" in columns and "family_name" not in columns
        if lacks_family_name and whole is not None and self._values[whole].are_single_words:
            # German and Dutch exports call the family name 'Name' beside 'Vorname'.
            columns["family_name"] = whole
        if "given_name" in columns and "family_name" in columns:
            columns.pop("name", None)
            return
        for field in ("given_name", "family_name"):
            header = columns.pop(field, None)
            if header is not None:
                columns.setdefault("name", header)

    def _settle_identity(self) -> None:
        if "email" not in self._columns:
            for header, values in self._values.items():
                if values.are_emails and values.are_different and not self._is_used(header):
                    self._columns["email"] = header
                    break
        if "external_id" not in self._columns and "email" not in self._columns:
            self._note("identity_missing", "No column holds an id of the person.", None)

    def _is_used(self, header: str) -> bool:
        return header in self._columns.values() or is_sensitive(header)

    def _settle_managers(self) -> None:
        """One way to find managers: by address, by an id that is somebody's, or by name."""
        columns = self._columns
        name = columns.get("manager_name")
        if name is not None and self._values[name].are_emails:
            columns.setdefault("manager_email", columns.pop("manager_name"))
        elif name is not None and "manager_external_id" not in columns and self._are_ids(name):
            columns["manager_external_id"] = columns.pop("manager_name")
        if "manager_email" in columns:
            columns.pop("manager_name", None)
            columns.pop("manager_external_id", None)
            return
        by_id = columns.get("manager_external_id")
        if by_id is None:
            return
        if self._are_ids(by_id):
            columns.pop("manager_name", None)
        elif "manager_name" in columns:
            columns["manager_id_hint"] = columns.pop("manager_external_id")
            detail = f"The numbers in '{by_id}' are nobody's id: managers are found by name."
            self._note("manager_ids_unknown", detail, by_id)

    def _are_ids(self, header: str) -> bool:
        own = self._columns.get("external_id")
        if own is None:
            return False
        ids = self._values[own]
        managers = self._values[header].distinct
        known = sum(manager in ids.distinct for manager in managers)
        # Of a long file only the first ids are kept: a few hits are enough then.
        return bool(managers) and known >= len(managers) * (0.05 if ids.is_cut else 0.5)

    def _name_format(self) -> NameFormat:
        header = self._columns.get("name")
        if header is None:
            return "first_last"
        is_turned = squash(header) in LAST_NAME_FIRST
        has_commas = self._values[header].share_of_commas > 0.5
        return "last_first" if is_turned or has_commas else "first_last"

    def _date_formats(self) -> list[str]:
        headers = [self._columns[it] for it in ("hired_on", "left_on") if it in self._columns]
        texts = {text for header in headers for text in self._values[header].texts()}
        if not texts:
            return ["%Y-%m-%d"]
        is_english = self._languages.most_common(1)[0][0] == "en"
        formats, is_choice = recognise_formats(texts, prefers_month_first=is_english)
        if is_choice:
            order = "month before day" if is_english else "day before month"
            detail = f"The dates could be read both ways; taken as {order}."
            self._note("date_order_ambiguous", detail, headers[0])
        unread = sum(not is_read(text, formats) for text in texts)
        if unread:
            self._note("dates_unread", f"{unread} dates are in no usual format.", headers[0])
        return formats[:10] or ["%Y-%m-%d"]

    def _status_words(self) -> dict[str, Status]:
        header = self._columns.get("status")
        if header is None:
            return {}
        meanings: dict[str, Status] = {}
        for word in self._values[header].texts():
            meaning = _meaning(word[:100])
            if meaning is None:
                detail = f"What '{word[:100]}' means for the status is for you to say."
                self._note("status_word_unknown", detail, header)
            else:
                meanings[word[:100]] = meaning
        return meanings

    def _attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = {}
        for key, words in ATTRIBUTES.items():
            for header in filter(None, map(self._squashed.get, words)):
                if not self._is_used(header) and key not in attributes:
                    attributes[key] = header
        return attributes

    def _note(self, code: str, detail: str, column: str | None) -> None:
        self.notes.append(RowProblem(code, detail, column))


def _meaning(word: str) -> Status | None:
    squashed = squash(word)
    if squashed in EXACT_STATUS:
        return EXACT_STATUS[squashed]
    for status, stems in STATUS_STEMS:
        if any(stem in squashed for stem in stems):
            return status
    return None

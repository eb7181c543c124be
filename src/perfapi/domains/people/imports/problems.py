"""How an import says no: to a whole file, to one row, or with a warning about many."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal, NamedTuple

MAX_ROWS_NAMED = 20
MAX_EXAMPLES = 20
MAX_EXAMPLES_COUNTED = 10_000

FileProblemCode = Literal[
    "file_empty",
    "file_too_large",
    "file_not_csv",
    "file_truncated",
    "encoding_wrong",
    "header_missing",
    "header_duplicate",
    "no_rows",
    "too_many_columns",
    "cell_too_long",
    "quote_unbalanced",
    "column_missing",
]


class FileRefused(Exception):
    """The file as a whole cannot be imported; `detail` is a sentence for the person who sent it."""

    def __init__(
        self,
        code: FileProblemCode,
        detail: str,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.code: FileProblemCode = code
        self.detail = detail
        self.row = row
        self.column = column


class RowProblem(NamedTuple):
    """One thing wrong with (or remarkable about) one row; `column` is named as in the file."""

    code: str
    detail: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """The same problem in many rows. `rows` are numbered as a spreadsheet shows them."""

    code: str
    detail: str
    count: int
    examples: tuple[str, ...]
    rows: tuple[int, ...]


HEADLINES: dict[str, str] = {
    # rows that are not imported
    "row_ragged": "more or fewer cells than the header; not imported",
    "cell_too_long": "a cell is too long; not imported",
    "control_character": "a cell holds an unprintable character; not imported",
    "name_missing": "no name; not imported",
    "identity_missing": "neither an external id nor an e-mail address; not imported",
    "email_invalid": "not an e-mail address; not imported",
    "status_unknown": "a status word that the mapping does not translate; not imported",
    "date_invalid": "a date in none of the mapping's formats; not imported",
    "date_out_of_range": "a date that cannot be meant; not imported",
    "left_before_hired": "left before being hired; not imported",
    "external_id_duplicate": "the external id is in an earlier row already; not imported",
    "email_duplicate": "the e-mail address is in another row already; not imported",
    "email_taken": "the e-mail address belongs to somebody else; not imported",
    # rows that are imported all the same
    "invisible_characters_removed": "invisible characters were removed",
    "replacement_character": "the export has lost characters already (\ufffd)",
    "name_order_unexpected": "a name with a comma, read as 'Last, First'",
    "name_split_guessed": "a name without a comma, its first word read as the family name",
    "email_not_derived": "no e-mail address can be made of the name; imported without one",
    "active_but_left": "the status says at work, the day of leaving has come; imported as left",
    "left_in_future": "the status says left, the day of leaving is to come; at work until then",
    "manager_not_found": "the manager is nobody known or imported; reporting line not changed",
    "manager_ambiguous": "the manager's name fits several people; reporting line not changed",
    "manager_is_self": "the person is named as their own manager; reporting line not changed",
    "manager_left": "the manager has left; reporting line not changed",
    "manager_circle": "the reporting lines run in a circle; reporting line not changed",
    "manager_ids_contradict": "the manager id differs from the one this name usually comes with",
    "manager_names_contradict": "the manager's name differs from the one this id usually has",
}
# Examples of the first are counted even where there is one, those of the second never.
_COUNTED = frozenset({"manager_not_found", "manager_ambiguous", "manager_left"})
_UNCOUNTED = frozenset({"manager_circle", "manager_ids_contradict", "manager_names_contradict"})


class Findings:
    """Collects what rows have in common: one warning per code, its examples by frequency."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._rows: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, code: str, row: int | None, example: str) -> None:
        self._counts[code] += 1
        examples = self._examples[code]
        if example in examples or len(examples) < MAX_EXAMPLES_COUNTED:
            examples[example] += 1
        if row is not None and len(self._rows[code]) < MAX_ROWS_NAMED:
            self._rows[code].append(row)

    def warnings(self) -> tuple[PlanWarning, ...]:
        """In the order of the headlines; a code without one is a mistake and raises KeyError."""
        order = {code: place for place, code in enumerate(HEADLINES)}
        return tuple(self._warning(code) for code in sorted(self._counts, key=order.__getitem__))

    def _warning(self, code: str) -> PlanWarning:
        count = self._counts[code]
        found = self._examples[code].most_common(MAX_EXAMPLES)
        return PlanWarning(
            code=code,
            detail=f"{count} {'row' if count == 1 else 'rows'}: {HEADLINES[code]}.",
            count=count,
            examples=tuple(_example(code, text, times) for text, times in found),
            rows=tuple(self._rows[code]),
        )


def _example(code: str, text: str, times: int) -> str:
    is_counted = code in _COUNTED or (times > 1 and code not in _UNCOUNTED)
    return f"{text} ({times})" if is_counted else text

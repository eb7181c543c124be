"""What a writer did not say in their own words: quotations, code, addresses. No rule reads these.

One pass over the text, whatever is in it: a mark that is never closed costs no second look.
"""
# ruff: noqa: RUF001 -- marks that look alike are told apart here

import re
from collections.abc import Iterator
from unicodedata import combining

QUOTED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in for each character of such a passage, so that every place keeps its number."""

_CLOSED_BY = {
    '"': '"',
    "„": '“”"',
    "“": "”",
    "«": "»",
    "»": "«",
    "‚": "‘",
    "‘": "’",
    "'": "'",
    "`": "`",
}
_MARKS = re.compile("[\"„“”«»‚‘’'`]")
_BEFORE_LETTERS = frozenset("\"'‘’`")
"""Before a letter or digit these do not close: don't, l’esempio. Behind one, nothing opens."""
_SHORTENED = re.compile(r"['‘](?:[sntkm]|em|cause|til)\b", re.IGNORECASE)
"""An apostrophe that begins a word: 's ochtends, 'n, 'cause."""

_CHUNK = re.compile(r"\S++")
_ADDRESS = re.compile(r"\W*+(?:https?:|mailto:|www\.)", re.IGNORECASE)
_FENCES = ("```", "~~~")


def hide_passages(text: str) -> str:
    """The text with those passages made unreadable, as long as before."""
    shown, place = [], 0
    for start, end in _merged([*_addresses(text), *_by_lines(text)]):
        shown += [text[place:start], QUOTED * (end - start)]
        place = end
    return "".join([*shown, text[place:]])


Passage = tuple[int, int]


def _merged(passages: list[Passage]) -> list[Passage]:
    merged: list[Passage] = []
    for start, end in sorted(passages):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _addresses(text: str) -> Iterator[Passage]:
    for chunk in _CHUNK.finditer(text):
        words = chunk[0]
        name, at, host = words.partition("@")
        is_mail = bool(name and at and "." in host.rstrip(".,;:!?)"))
        if is_mail or "://" in words or _ADDRESS.match(words):
            yield chunk.span()


def _by_lines(text: str) -> Iterator[Passage]:
    """Blocks of code, Markdown's citations, and what stands between marks within a paragraph."""
    place, paragraph, is_code = 0, 0, False
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        said = line.strip()
        is_fence = said.startswith(_FENCES)
        if is_code or is_fence or said.startswith(">"):
            yield start, place
        elif said:
            continue
        yield from _between_marks(text, paragraph, start)
        paragraph = place
        is_code ^= is_fence
    yield from _between_marks(text, paragraph, place)


def _between_marks(text: str, start: int, end: int) -> Iterator[Passage]:
    opened: dict[str, int] = {}
    for found in _MARKS.finditer(text, start, end):
        mark, place = found[0], found.start()
        before, after = (
            _is_letter(text[max(0, place - 1) : place]),
            _is_letter(text[place + 1 : place + 2]),
        )
        opener = next((one for one in opened if mark in _CLOSED_BY[one]), None)
        if opener and not (after and mark in _BEFORE_LETTERS):
            yield opened[opener], place + 1
            opened.clear()
        elif mark in _CLOSED_BY and not before and not _SHORTENED.match(text, place):
            opened.setdefault(mark, place)


def _is_letter(character: str) -> bool:
    """Or a digit, or the accent of a letter that is not composed."""
    return character.isalnum() or bool(character and combining(character))

"""The words of a text, where they stand, and which of them belong together.

An apostrophe divides: "you're" is *you re*, "l'esempio" is *l esempio*, "zo'n" is *zo n*. The lists
of words are divided by the same rule, so both ways of writing an apostrophe meet. A hyphen joins:
"know-it-all" is one word, and there is no "always" in "always-on".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize

from .passages import QUOTED

_MARK = r"\u0300-\u036f"
_LETTER = rf"(?:[^\W_]|[{_MARK}])"
# Possessive throughout: a run of letters is read once, whatever follows it.
_TOKEN = re.compile(
    rf"{QUOTED}++"
    rf"|(?:\d++(?:[.,:/]\d++)*+|[^\W_]){_LETTER}*+(?:[-\u2010\u2011]{_LETTER}++)*+"
)
_DIGIT = re.compile(r"\d")
_HYPHENS = str.maketrans("\u2010\u2011", "--")


class Token(NamedTuple):
    key: str
    """As the lists have it: composed (NFC), case folded, "ß" as "ss"."""
    is_capital: bool
    start: int
    end: int
    """In code points of the text as it was given, composed or not."""
    sentence: int
    clause: int

    @property
    def is_quoted(self) -> bool:
        return self.key[0] == QUOTED

    @property
    def is_number(self) -> bool:
        return _DIGIT.search(self.key) is not None


def key_of(word: str) -> str:
    return normalize("NFC", word.casefold()).translate(_HYPHENS)


def keys_of(phrase: str) -> tuple[str, ...]:
    return tuple(key_of(found[0]) for found in _TOKEN.finditer(phrase))


def tokens_of(text: str) -> list[Token]:
    """Of a text whose passages are hidden."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    sentence = clause = place = 0
    last = ""
    for found in _TOKEN.finditer(text):
        gap = text[place : found.start()]
        if _ends_sentence(gap, last):
            sentence, clause = sentence + 1, clause + 1
        elif _ends_clause(gap):
            clause += 1
        last, place = key_of(found[0]), found.end()
        yield Token(last, found[0][0].isupper(), found.start(), place, sentence, clause)


_ALWAYS_ENDS = frozenset("!?…;\n\r\u2028\u2029")
_DIVIDES = frozenset(",:()[]|\N{EN DASH}\N{EM DASH}")


def _ends_sentence(gap: str, last: str) -> bool:
    if not _ALWAYS_ENDS.isdisjoint(gap):
        return True
    # "z. B." and "am 3. Mai" go on; a full stop within an address or a number has no space.
    goes_on = len(last) == 1 or (last.isdigit() and len(last) == 2)
    return "." in gap and gap[-1] != "." and not goes_on


def _ends_clause(gap: str) -> bool:
    return not _DIVIDES.isdisjoint(gap) or " - " in gap

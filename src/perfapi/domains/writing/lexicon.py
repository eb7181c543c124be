"""The lists of words of a language, and where a text holds them.

`words/<language>/<list>.txt`: an entry a line, lower case, `#` begins a remark of ours. `word~`
stands for its inflections, `0` for any number; an entry with `*` is the shape of a single word
(`ge*t`). What a list is for is said here, once for all languages.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fnmatch import translate
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from .inflections import inflected
from .languages import CoachLanguage
from .tokens import Token, keys_of


class Words(StrEnum):
    FUNCTION = "function"
    """What every text of the language is full of: it tells the language."""

    VAGUE = "vague"
    """Praise and blame that fit anybody."""
    TRAIT = "trait"
    """What somebody *is*, after `being`."""
    CHARACTER = "character"
    """What somebody *has*, after `your`."""
    BEING = "being"
    """"You are": what begins a judgement of a person."""
    BEING_LAST = "being_last"
    """The same, where the verb ends the clause: "dass du faul bist"."""
    YOUR = "your"
    ALWAYS = "always"
    """Without exception; "not always" is none."""
    ALWAYS_MILD = "always_mild"
    NEVER = "never"
    LOADED = "loaded"
    """What hurts, whoever reads it."""
    LOADED_MILD = "loaded_mild"
    """What hurts those who hear the undertone."""
    HEDGE = "hedge"

    SITUATION = "situation"
    """A time, a place, an occasion."""
    NUMBER = "number"
    """Numbers that are written as words."""
    YOU = "you"
    """Who did it."""
    DEED = "deed"
    """Verbs, as they follow `you`."""
    IMPACT = "impact"
    """What came of it."""
    NEXT_STEP = "next_step"
    """A wish for what comes next."""

    NEGATION = "negation"
    HARMLESS = "harmless"
    """Phrases in which words of the other lists mean something else."""


class Match(NamedTuple):
    first: int
    """Of the tokens, the first that belongs to it."""
    end: int
    """The first that no longer does."""


class _Node:
    __slots__ = ("lists", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.lists: set[Words] = set()


class Lexicon:
    """All lists in one tree of words: a text is read once, each place at most a phrase deep."""

    def __init__(self, language: CoachLanguage) -> None:
        self._root = _Node()
        shapes: dict[Words, list[str]] = defaultdict(list)
        for words in Words:
            for entry in entries(language, words):
                if "*" in entry:
                    shapes[words].append(translate(entry))
                else:
                    self._add(words, forms(entry, language))
        self._shapes = {words: re.compile("|".join(found)) for words, found in shapes.items()}

    def _add(self, words: Words, phrases: Iterable[tuple[str, ...]]) -> None:
        for phrase in phrases:
            node = self._root
            for key in phrase:
                node = node.next.setdefault(key, _Node())
            node.lists.add(words)

    def matches(self, tokens: Sequence[Token]) -> Mapping[Words, list[Match]]:
        """Of each list the longest phrases, from left to right, none across a comma."""
        found: dict[Words, list[Match]] = defaultdict(list)
        for first in range(len(tokens)):
            for words, end in self._longest(tokens, first).items():
                if not found[words] or found[words][-1].end <= first:
                    found[words].append(Match(first, end))
        return _without_harmless(found)

    def _longest(self, tokens: Sequence[Token], first: int) -> dict[Words, int]:
        key, clause = tokens[first].key, tokens[first].clause
        ends = {words: first + 1 for words, shape in self._shapes.items() if shape.match(key)}
        node, place = self._root, first
        while place < len(tokens) and tokens[place].clause == clause:
            following = _following(node, tokens[place])
            if following is None:
                break
            node, place = following, place + 1
            ends |= dict.fromkeys(node.lists, place)
        return ends


_ANY_NUMBER = "0"


def _following(node: _Node, token: Token) -> _Node | None:
    return node.next.get(token.key) or (node.next.get(_ANY_NUMBER) if token.is_number else None)


def _without_harmless(found: Mapping[Words, list[Match]]) -> Mapping[Words, list[Match]]:
    covered = {place for match in found.get(Words.HARMLESS, ()) for place in range(*match)}
    return defaultdict(
        list,
        {
            words: [match for match in matches if not covered.issuperset(range(*match))]
            for words, matches in found.items()
        },
    )


_WITHOUT_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
"""How German is written on a keyboard that has none."""


@cache
def lexicon(language: CoachLanguage) -> Lexicon:
    return Lexicon(language)


def entries(language: CoachLanguage, words: Words) -> Iterator[str]:
    path = files(__package__) / "words" / language / f"{words}.txt"
    for line in path.read_text("utf-8").splitlines():
        if entry := line.partition("#")[0].strip():
            yield entry


def forms(entry: str, language: CoachLanguage) -> Iterator[tuple[str, ...]]:
    """Every way in which an entry may be written, as keys of tokens."""
    choices = [
        sorted(inflected(word[:-1], language)) if word.endswith("~") else [word]
        for word in entry.split()
    ]
    for words in product(*choices):
        phrase = " ".join(words)
        yield keys_of(phrase)
        if language is CoachLanguage.GERMAN:
            yield keys_of(phrase.translate(_WITHOUT_UMLAUTS))

"""Situation, behaviour, impact: which of the three a text seems to hold."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice

from .languages import CoachLanguage
from .lexicon import Match, Words
from .tokens import Token


class TextPart(StrEnum):
    SITUATION = "situation"
    BEHAVIOUR = "behaviour"
    IMPACT = "impact"


REACH = {
    CoachLanguage.ENGLISH: 3,
    CoachLanguage.GERMAN: 15,
    CoachLanguage.ITALIAN: 4,
    CoachLanguage.DUTCH: 15,
}
"""How far behind "you" its verb may stand: in German and Dutch at the end of the clause."""
VERB_FIRST = {CoachLanguage.GERMAN, CoachLanguage.DUTCH}
"""Where the verb may also stand right before: "gisteren onderbrak je Ada"."""


def deeds(
    tokens: Sequence[Token], found: Mapping[Words, list[Match]], language: CoachLanguage
) -> list[Match]:
    """From "you" to its verb. "You are talented" is no deed: `being` is no verb of doing."""
    verbs = [match.first for match in found[Words.DEED] if not _is_noun(tokens, match, language)]
    being = {match.first for match in found[Words.BEING]}
    doing = [you for you in found[Words.YOU] if you.first not in being]
    return [deed for you in doing for deed in islice(_with_verb(you, verbs, tokens, language), 1)]


def _with_verb(
    you: Match, verbs: Sequence[int], tokens: Sequence[Token], language: CoachLanguage
) -> Iterator[Match]:
    following = bisect_left(verbs, you.end)
    if language in VERB_FIRST and following and verbs[following - 1] == you.first - 1:
        yield from _in_one_sentence(tokens, you.first - 1, you.end)
    if following < len(verbs) and verbs[following] - you.end < REACH[language]:
        yield from _in_one_sentence(tokens, you.first, verbs[following] + 1)


def _in_one_sentence(tokens: Sequence[Token], first: int, end: int) -> Iterator[Match]:
    if tokens[first].sentence == tokens[end - 1].sentence:
        yield Match(first, end)


def _is_noun(tokens: Sequence[Token], match: Match, language: CoachLanguage) -> bool:
    """In German "Vernunft" is written unlike a participle."""
    return language is CoachLanguage.GERMAN and tokens[match.first].is_capital

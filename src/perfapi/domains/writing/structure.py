"""Situation, behaviour, impact: which of the three a text seems to hold."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import StrEnum

from .languages import Language
from .lexicon import Match, Words
from .tokens import Token


class Part(StrEnum):
    SITUATION = "situation"
    BEHAVIOUR = "behaviour"
    IMPACT = "impact"


REACH = {
    Language.ENGLISH: 3,
    Language.GERMAN: 15,
    Language.ITALIAN: 4,
    Language.DUTCH: 15,
}
"""How far behind "you" its verb may stand: in German and Dutch at the end of the clause."""


def deeds(
    tokens: Sequence[Token], found: Mapping[Words, list[Match]], language: Language
) -> list[Match]:
    """From "you" to its verb. "You are talented" is no deed: `being` is no verb of doing."""
    verbs = [match.first for match in found[Words.DEED] if not _is_noun(tokens, match, language)]
    being = {match.first for match in found[Words.BEING]}
    told = []
    for you in found[Words.YOU]:
        following = bisect_left(verbs, you.end)
        if you.first in being or following == len(verbs):
            continue
        verb = verbs[following]
        is_near = verb - you.end < REACH[language]
        if is_near and tokens[verb].sentence == tokens[you.first].sentence:
            told.append(Match(you.first, verb + 1))
    return told


def _is_noun(tokens: Sequence[Token], match: Match, language: Language) -> bool:
    """In German "Talent" is written unlike a participle."""
    return language is Language.GERMAN and tokens[match.first].is_capital

"""A text as the rules see it: words, what they belong to, and what it tells of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .detection import language_of
from .languages import CoachLanguage
from .lexicon import Match, Words, lexicon
from .passages import hide_passages
from .structure import TextPart, deeds
from .tokens import Token, tokens_of


@dataclass(frozen=True)
class Reading:
    text: str
    language: CoachLanguage
    tokens: Sequence[Token]
    found: Mapping[Words, list[Match]]

    @cached_property
    def length(self) -> int:
        """In words of the writer's own."""
        return sum(not token.is_quoted for token in self.tokens)

    @cached_property
    def structure(self) -> dict[TextPart, Match]:
        """The first place of each part that the text holds."""
        holds = {
            TextPart.SITUATION: self.found[Words.SITUATION],
            TextPart.BEHAVIOUR: self.deeds,
            TextPart.IMPACT: self.found[Words.IMPACT],
        }
        return {part: matches[0] for part, matches in holds.items() if matches}

    @cached_property
    def deeds(self) -> list[Match]:
        return deeds(self.tokens, self.found, self.language)

    @cached_property
    def numbers(self) -> list[int]:
        spoken = [match.first for match in self.found[Words.NUMBER]]
        return spoken + [place for place, token in enumerate(self.tokens) if token.is_number]

    @cached_property
    def concrete_sentences(self) -> frozenset[int]:
        """Those with a situation, a deed, a number or something quoted."""
        told = [*self.found[Words.SITUATION], *self.deeds]
        places = {match.first for match in told} | set(self.numbers)
        quoted = {token.sentence for token in self.tokens if token.is_quoted}
        return frozenset(quoted | {self.tokens[place].sentence for place in places})

    @cached_property
    def negated(self) -> frozenset[int]:
        """The tokens that say no."""
        negations = [*self.found[Words.NEGATION], *self.found[Words.NEVER]]
        return frozenset(place for match in negations for place in range(*match))


def read(text: str, otherwise: CoachLanguage) -> Reading:
    tokens = tokens_of(hide_passages(text))
    language = language_of(tokens, otherwise)
    return Reading(text, language, tokens, lexicon(language).matches(tokens))

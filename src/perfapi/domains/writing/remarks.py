from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a remark helps a text to be."""

    RESPECTFUL = "respectful"
    CONCRETE = "concrete"
    HELPFUL = "helpful"


class Rule(StrEnum):
    """In the order of importance."""

    LOADED = "loaded"
    """A word that hurts."""
    PERSONALITY = "personality"
    """Of what somebody is, instead of what they did."""
    ABSOLUTE = "absolute"
    """Always, never: one exception, and the talk is about the exception."""
    NO_EXAMPLE = "no_example"
    """Nothing that anybody could picture: no occasion, deed, number or quotation."""
    NO_SITUATION = "no_situation"
    """For readers who think in stories: when and where was it?"""
    NO_NUMBER = "no_number"
    """For readers who think in data: how many, how often, how long?"""
    NO_IMPACT = "no_impact"
    """For readers who think of others: what came of it, and for whom?"""
    NO_NEXT_STEP = "no_next_step"
    """Advice that does not say what would be better."""
    HEDGED = "hedged"
    """So many softeners in a sentence that its message is lost."""
    VAGUE_ADJECTIVE = "vague_adjective"
    """A word that fits anybody, and nothing near it that says what is meant."""


KIND = {
    Rule.LOADED: Kind.RESPECTFUL,
    Rule.PERSONALITY: Kind.RESPECTFUL,
    Rule.ABSOLUTE: Kind.RESPECTFUL,
    Rule.NO_EXAMPLE: Kind.CONCRETE,
    Rule.NO_SITUATION: Kind.CONCRETE,
    Rule.NO_NUMBER: Kind.CONCRETE,
    Rule.NO_IMPACT: Kind.HELPFUL,
    Rule.NO_NEXT_STEP: Kind.HELPFUL,
    Rule.HEDGED: Kind.HELPFUL,
    Rule.VAGUE_ADJECTIVE: Kind.CONCRETE,
}


class Purpose(StrEnum):
    """What the text is for: some rules are softer about praise, or silent."""

    PRAISE = "praise"
    ADVICE = "advice"


class Span(NamedTuple):
    """Half-open, in code points: `text[start:end]`."""

    start: int
    end: int


class Remark(NamedTuple):
    """No prose: whoever shows it has the words, in the language of the reader."""

    rule: Rule
    span: Span
    words: str = ""
    """Those that it is about, as they were written; none where it is about the whole text."""
    softeners: int | None = None
    """How many a hedged sentence holds."""

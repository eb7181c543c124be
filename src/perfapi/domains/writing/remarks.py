from enum import StrEnum
from typing import NamedTuple


class RemarkKind(StrEnum):
    """What a remark helps a text to be."""

    RESPECTFUL = "respectful"
    CONCRETE = "concrete"
    HELPFUL = "helpful"


class CoachRule(StrEnum):
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
    CoachRule.LOADED: RemarkKind.RESPECTFUL,
    CoachRule.PERSONALITY: RemarkKind.RESPECTFUL,
    CoachRule.ABSOLUTE: RemarkKind.RESPECTFUL,
    CoachRule.NO_EXAMPLE: RemarkKind.CONCRETE,
    CoachRule.NO_SITUATION: RemarkKind.CONCRETE,
    CoachRule.NO_NUMBER: RemarkKind.CONCRETE,
    CoachRule.NO_IMPACT: RemarkKind.HELPFUL,
    CoachRule.NO_NEXT_STEP: RemarkKind.HELPFUL,
    CoachRule.HEDGED: RemarkKind.HELPFUL,
    CoachRule.VAGUE_ADJECTIVE: RemarkKind.CONCRETE,
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

    rule: CoachRule
    span: Span
    words: str = ""
    """Those that it is about, as they were written; none where it is about the whole text."""
    softeners: int | None = None
    """How many a hedged sentence holds."""

"""Each rule is a function of a reading: whether it is asked at all is decided by the coach."""

from collections.abc import Callable, Iterator

from perfapi.domains.writing.reading import Reading
from perfapi.domains.writing.remarks import CoachRule, Purpose, Remark
from perfapi.domains.writing.styles import Tuning

from .content import missing
from .wording import absolute, hedged, loaded, personality, vague_adjective

Wording = Callable[[Reading, Tuning], Iterator[Remark]]

_WORDING: dict[CoachRule, Wording] = {
    CoachRule.LOADED: loaded,
    CoachRule.PERSONALITY: personality,
    CoachRule.ABSOLUTE: absolute,
    CoachRule.HEDGED: hedged,
    CoachRule.VAGUE_ADJECTIVE: vague_adjective,
}

NOT_OF_PRAISE = {CoachRule.ABSOLUTE, CoachRule.NO_NEXT_STEP}
"""Praise asks for nothing next, and "I can always rely on you" hurts nobody."""


def remarks_of(rule: CoachRule, reading: Reading, purpose: Purpose, tuning: Tuning) -> list[Remark]:
    """In the order of the text."""
    if purpose is Purpose.PRAISE and rule in NOT_OF_PRAISE:
        return []
    if wording := _WORDING.get(rule):
        return list(wording(reading, tuning))
    return list(missing(rule, reading, purpose, tuning))

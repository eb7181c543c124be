"""Each rule is a function of a reading: whether it is asked at all is decided by the coach."""

from collections.abc import Callable, Iterator

from perfapi.domains.writing.reading import Reading
from perfapi.domains.writing.remarks import Purpose, Remark, Rule
from perfapi.domains.writing.styles import Tuning

from .content import missing
from .wording import absolute, hedged, loaded, personality, vague_adjective

Wording = Callable[[Reading, Tuning], Iterator[Remark]]

_WORDING: dict[Rule, Wording] = {
    Rule.LOADED: loaded,
    Rule.PERSONALITY: personality,
    Rule.ABSOLUTE: absolute,
    Rule.HEDGED: hedged,
    Rule.VAGUE_ADJECTIVE: vague_adjective,
}

NOT_OF_PRAISE = {Rule.ABSOLUTE, Rule.NO_NEXT_STEP}
"""Praise asks for nothing next, and "I can always rely on you" hurts nobody."""


def remarks_of(rule: Rule, reading: Reading, purpose: Purpose, tuning: Tuning) -> list[Remark]:
    """In the order of the text."""
    if purpose is Purpose.PRAISE and rule in NOT_OF_PRAISE:
        return []
    if wording := _WORDING.get(rule):
        return list(wording(reading, tuning))
    return list(missing(rule, reading, purpose, tuning))

from collections.abc import Collection
from itertools import islice
from typing import NamedTuple

from .languages import CoachLanguage
from .reading import Reading, read
from .remarks import CoachRule, Purpose, Remark, Span
from .rules import remarks_of
from .structure import TextPart
from .styles import TUNING, SpeakingStyle

MOST = 6
"""Remarks at once: whoever is told everything changes nothing."""
MOST_OF_A_RULE = 2
"""The third "always" of a text teaches nothing new, and hides what another rule has to say."""


class Advice(NamedTuple):
    language: CoachLanguage
    """That the text was read in."""
    remarks: list[Remark]
    """The most important first, then in the order of the text."""
    structure: dict[TextPart, Span]
    """Which of situation, behaviour and impact the text seems to hold, and where first."""


def advise(
    text: str,
    *,
    language: CoachLanguage,
    purpose: Purpose = Purpose.ADVICE,
    style: SpeakingStyle | None = None,
    off: Collection[CoachRule] = (),
    most: int | None = MOST,
) -> Advice:
    """Of the text alone, and never a refusal.

    `language` is what a text is taken for that is too short to tell, `style` that of the receiver,
    `off` are rules that somebody does not want to hear.
    """
    reading = read(text, language)
    remarks = [
        remark
        for rule in CoachRule
        if rule not in off
        for remark in islice(remarks_of(rule, reading, purpose, TUNING[style]), MOST_OF_A_RULE)
    ]
    return Advice(reading.language, remarks[:most], _structure(reading))


def _structure(reading: Reading) -> dict[TextPart, Span]:
    tokens = reading.tokens
    return {
        part: Span(tokens[match.first].start, tokens[match.end - 1].end)
        for part, match in reading.structure.items()
    }

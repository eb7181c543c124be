"""How somebody prefers to be spoken to, and what the coach therefore listens for.

| style | what changes | because |
| --- | --- | --- |
| none | three softeners in a sentence hide it; an example is asked for | holds for everybody |
| `direct` | two softeners hide it already | reads politeness as doubt, and waits for the point |
| `considerate` | milder words count as absolute and loaded, four softeners are let pass, \
the impact is asked for | hears the undertone first, and acts for the sake of others |
| `data` | numbers are asked for | believes what can be counted |
| `story` | the situation is asked for, instead of any example | remembers what they can picture |
"""

from enum import StrEnum
from typing import NamedTuple

from .remarks import CoachRule, Purpose


class SpeakingStyle(StrEnum):
    DIRECT = "direct"
    CONSIDERATE = "considerate"
    DATA = "data"
    STORY = "story"


class Tuning(NamedTuple):
    fewest_softeners: int = 3
    """In one sentence, before it is hedged."""
    hears_undertones: bool = False
    asks: frozenset[CoachRule] = frozenset({CoachRule.NO_EXAMPLE, CoachRule.NO_NEXT_STEP})
    """What is missed in a text of some length."""


_ASKS = Tuning().asks

TUNING: dict[SpeakingStyle | None, Tuning] = {
    None: Tuning(),
    SpeakingStyle.DIRECT: Tuning(fewest_softeners=2),
    SpeakingStyle.CONSIDERATE: Tuning(
        fewest_softeners=5, hears_undertones=True, asks=_ASKS | {CoachRule.NO_IMPACT}
    ),
    SpeakingStyle.DATA: Tuning(asks=_ASKS | {CoachRule.NO_NUMBER}),
    SpeakingStyle.STORY: Tuning(asks=_ASKS - {CoachRule.NO_EXAMPLE} | {CoachRule.NO_SITUATION}),
}

FEWEST_WORDS = {Purpose.ADVICE: 12, Purpose.PRAISE: 25}
"""Before anything is missed: a short "thank you" is complete, short advice hardly ever."""

"""About what a text does not tell: these mark the whole of it."""

from collections.abc import Callable, Iterator

from perfapi.domains.writing.lexicon import Words
from perfapi.domains.writing.reading import Reading
from perfapi.domains.writing.remarks import CoachRule, Purpose, Remark, Span
from perfapi.domains.writing.structure import TextPart
from perfapi.domains.writing.styles import FEWEST_WORDS, Tuning

_TELLS: dict[CoachRule, Callable[[Reading], bool]] = {
    CoachRule.NO_EXAMPLE: lambda reading: bool(reading.concrete_sentences),
    CoachRule.NO_SITUATION: lambda reading: TextPart.SITUATION in reading.structure,
    CoachRule.NO_NUMBER: lambda reading: bool(reading.numbers),
    CoachRule.NO_IMPACT: lambda reading: TextPart.IMPACT in reading.structure,
    CoachRule.NO_NEXT_STEP: lambda reading: bool(reading.found[Words.NEXT_STEP]),
}


def missing(
    rule: CoachRule, reading: Reading, purpose: Purpose, tuning: Tuning
) -> Iterator[Remark]:
    is_asked = rule in tuning.asks and reading.length >= FEWEST_WORDS[purpose]
    if is_asked and not _TELLS[rule](reading):
        yield Remark(rule, Span(reading.tokens[0].start, reading.tokens[-1].end))

"""About single words, and phrases."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.lexicon import Match, Words
from perfapi.domains.writing.reading import Reading
from perfapi.domains.writing.remarks import CoachRule, Remark, Span
from perfapi.domains.writing.styles import Tuning

NEGATION_REACH = {
    CoachLanguage.ENGLISH: 3,
    CoachLanguage.GERMAN: 3,
    CoachLanguage.ITALIAN: 4,
    CoachLanguage.DUTCH: 3,
}
"""How far behind "not" stands what it denies: "not at all lazy", "non era una domanda stupida"."""
DENIAL_REACH = 2
"""How far before "you are" it may be denied: "I do not think you are lazy". What somebody *has* is
granted even so: "I cannot stand your laziness"."""
TRAIT_REACH = 4
"""Words between "you are" and the trait: "you are sometimes a bit too chaotic"."""
CHARACTER_REACH = 1
"""Words between "your" and the trait: "your constant laziness"."""


def loaded(reading: Reading, tuning: Tuning) -> Iterator[Remark]:
    listed = [Words.LOADED, Words.LOADED_MILD] if tuning.hears_undertones else [Words.LOADED]
    for match in _apart(reading, listed):
        if not _is_denied(reading, match):
            yield _remark(CoachRule.LOADED, reading, match)


def absolute(reading: Reading, tuning: Tuning) -> Iterator[Remark]:
    deniable = {match.first for match in reading.found[Words.ALWAYS]}
    listed = [Words.ALWAYS, Words.NEVER]
    if tuning.hears_undertones:
        deniable |= {match.first for match in reading.found[Words.ALWAYS_MILD]}
        listed.append(Words.ALWAYS_MILD)
    for match in _apart(reading, listed):
        # "Not always" is an exception granted; "never" is itself a no.
        if match.first not in deniable or not _is_denied(reading, match):
            yield _remark(CoachRule.ABSOLUTE, reading, match)


def personality(reading: Reading, _: Tuning) -> Iterator[Remark]:
    found = reading.found
    pairs = [
        *_after(reading, found[Words.BEING], found[Words.TRAIT], TRAIT_REACH, DENIAL_REACH),
        *_after(reading, found[Words.YOU], _before_being(reading), TRAIT_REACH, DENIAL_REACH),
        *_after(reading, found[Words.YOUR], found[Words.CHARACTER], CHARACTER_REACH, 0),
    ]
    for match in _without_overlap(pairs):
        yield _remark(CoachRule.PERSONALITY, reading, match)


def hedged(reading: Reading, tuning: Tuning) -> Iterator[Remark]:
    softeners = reading.found[Words.HEDGE]
    for _, grouped in groupby(softeners, lambda match: reading.tokens[match.first].sentence):
        matches = list(grouped)
        if len(matches) >= tuning.fewest_softeners:
            whole = Match(matches[0].first, matches[-1].end)
            yield _remark(CoachRule.HEDGED, reading, whole)._replace(softeners=len(matches))


def vague_adjective(reading: Reading, _: Tuning) -> Iterator[Remark]:
    """Unless the sentence or the next one says what is meant: "Great job! On Monday you …"."""
    for match in reading.found[Words.VAGUE]:
        sentence = reading.tokens[match.first].sentence
        if reading.concrete_sentences.isdisjoint({sentence, sentence + 1}):
            yield _remark(CoachRule.VAGUE_ADJECTIVE, reading, match)


def _remark(rule: CoachRule, reading: Reading, match: Match) -> Remark:
    start, end = reading.tokens[match.first].start, reading.tokens[match.end - 1].end
    return Remark(rule, Span(start, end), reading.text[start:end])


def _apart(reading: Reading, listed: Iterable[Words]) -> Iterator[Match]:
    return _without_overlap(match for words in listed for match in reading.found[words])


def _without_overlap(matches: Iterable[Match]) -> Iterator[Match]:
    """From left to right; of two that begin together, the longer."""
    end = 0
    for match in sorted(matches, key=lambda match: (match.first, -match.end)):
        if match.first >= end:
            end = match.end
            yield match


def _is_denied(reading: Reading, match: Match, since: int | None = None) -> bool:
    clause = reading.tokens[match.first].clause
    first = match.first - NEGATION_REACH[reading.language] if since is None else since
    return any(
        place in reading.negated and reading.tokens[place].clause == clause
        for place in range(max(0, first), match.first)
    )


def _before_being(reading: Reading) -> Iterator[Match]:
    """Traits whose verb follows: "dass du faul bist"."""
    verbs = {match.first: match.end for match in reading.found[Words.BEING_LAST]}
    for match in reading.found[Words.TRAIT]:
        if match.end in verbs:
            yield Match(match.first, verbs[match.end])


def _after(
    reading: Reading,
    openings: Iterable[Match],
    matches: Iterable[Match],
    reach: int,
    denial_reach: int,
) -> Iterator[Match]:
    """From an opening to what follows it in the same clause, undenied."""
    begins = {match.end: match.first for match in openings}
    for match in matches:
        ends = range(match.first, match.first - reach - 1, -1)
        begin = next((begins[end] for end in ends if end in begins), None)
        if begin is None or _is_denied(reading, match, begin - denial_reach):
            continue
        if reading.tokens[begin].clause == reading.tokens[match.end - 1].clause:
            yield Match(begin, match.end)

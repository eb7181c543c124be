"""The rules themselves, pure: a draft and a day in, findings out."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from perfapi.domains.goals.models import Driver, KeyResultKind, Level

from .languages import LANGUAGES, Vocabulary
from .schemas import Criterion, DraftKeyResult, GoalDraft, SmartRule

FEWEST_WORDS = 3
MOST_KEY_RESULTS = 5
LEAP = 5
"""Times what it is today."""
LEAST_DAYS = 14
MOST_DAYS = 366

CRITERION = {
    SmartRule.TITLE_SHORT: Criterion.SPECIFIC,
    SmartRule.TITLE_VAGUE: Criterion.SPECIFIC,
    SmartRule.KEY_RESULT_IS_WORK: Criterion.SPECIFIC,
    SmartRule.NO_KEY_RESULT: Criterion.MEASURABLE,
    SmartRule.NO_UNIT: Criterion.MEASURABLE,
    SmartRule.JUDGED_BY_HAND: Criterion.MEASURABLE,
    SmartRule.TOO_MANY_KEY_RESULTS: Criterion.ACHIEVABLE,
    SmartRule.LEAP: Criterion.ACHIEVABLE,
    SmartRule.ALL_OR_NOTHING: Criterion.ACHIEVABLE,
    SmartRule.LITTLE_TIME: Criterion.ACHIEVABLE,
    SmartRule.SERVES_NOTHING: Criterion.RELEVANT,
    SmartRule.NO_REASON: Criterion.RELEVANT,
    SmartRule.NO_END: Criterion.TIME_BOUND,
    SmartRule.LONG_TIME: Criterion.TIME_BOUND,
    SmartRule.ENDS_IN_THE_PAST: Criterion.TIME_BOUND,
}


class Finding(NamedTuple):
    rule: SmartRule
    pointer: str
    word: str = ""
    """The word that it is about, where one is."""


def findings(draft: GoalDraft, today: date) -> list[Finding]:
    """Each rule speaks once, in the order of the five criteria; nothing about what is not there
    yet: an empty title is simply not written yet."""
    words = LANGUAGES[draft.language]
    meant = [
        (place, key_result)
        for place, key_result in enumerate(draft.key_results)
        if key_result.title or _figures(key_result)
    ]
    found = [
        *_specific(draft, words, meant),
        *_measurable(draft, meant),
        *_achievable(draft, meant, today),
        *_relevant(draft),
        *_time_bound(draft, today),
    ]
    return list({finding.rule: finding for finding in reversed(found)}.values())[::-1]


_COUNTED = {KeyResultKind.NUMBER, KeyResultKind.MAINTAIN}
"""Their unit is a word; the others bring theirs along."""
_TOLD_BY_KIND = {KeyResultKind.BINARY, KeyResultKind.MILESTONES}
"""These say when they are reached without a figure."""


def _figures(key_result: DraftKeyResult) -> bool:
    figures = (key_result.target, key_result.lower, key_result.upper)
    return any(figure is not None for figure in figures)


KeyResults = list[tuple[int, DraftKeyResult]]


def _specific(draft: GoalDraft, words: Vocabulary, meant: KeyResults) -> Iterator[Finding]:
    said = _words(draft.title)
    if said and len(said) < FEWEST_WORDS:
        yield Finding(SmartRule.TITLE_SHORT, "/title")
    # What is measured says what is meant: "the easiest to work with" is fine with a number to it.
    is_measured = any(_figures(one) or one.kind in _TOLD_BY_KIND for _, one in meant)
    vague = next((word for word in said if word in words.vague), None)
    if vague and not is_measured:
        yield Finding(SmartRule.TITLE_VAGUE, "/title", vague)
    for place, key_result in meant:
        title = _words(key_result.title)
        if title and title[words.place_of_verb] in words.work:
            pointer = f"/key_results/{place}/title"
            yield Finding(SmartRule.KEY_RESULT_IS_WORK, pointer, title[words.place_of_verb])


def _measurable(draft: GoalDraft, meant: KeyResults) -> Iterator[Finding]:
    if not meant and draft.driver is not Driver.GOALS:
        yield Finding(SmartRule.NO_KEY_RESULT, "/key_results")
    for place, key_result in meant:
        if key_result.kind in _COUNTED and not key_result.unit:
            yield Finding(SmartRule.NO_UNIT, f"/key_results/{place}/unit")
    if meant and all(one.kind is KeyResultKind.MANUAL for _, one in meant):
        yield Finding(SmartRule.JUDGED_BY_HAND, f"/key_results/{meant[0][0]}/kind")


def _achievable(draft: GoalDraft, meant: KeyResults, today: date) -> Iterator[Finding]:
    if len(meant) > MOST_KEY_RESULTS:
        yield Finding(SmartRule.TOO_MANY_KEY_RESULTS, "/key_results")
    for place, key_result in meant:
        start, target = key_result.start, key_result.target
        if start is None or target is None:
            continue
        pointer = f"/key_results/{place}/target"
        if start > 0 and target >= start * LEAP and key_result.kind is KeyResultKind.NUMBER:
            yield Finding(SmartRule.LEAP, pointer)
        if key_result.kind is KeyResultKind.PERCENT and target in (0, 100):
            yield Finding(SmartRule.ALL_OR_NOTHING, pointer)
    if draft.due_on is not None:
        starts_on = draft.starts_on or today
        days = (draft.due_on - (starts_on if draft.has_started else max(starts_on, today))).days
        if 0 <= days < LEAST_DAYS:
            yield Finding(SmartRule.LITTLE_TIME, "/due_on")


def _relevant(draft: GoalDraft) -> Iterator[Finding]:
    serves = draft.parent_id is not None or draft.has_hidden_parent
    if not serves and draft.level is not Level.COMPANY:
        yield Finding(SmartRule.SERVES_NOTHING, "/parent_id")
    if not draft.description:
        yield Finding(SmartRule.NO_REASON, "/description")


def _time_bound(draft: GoalDraft, today: date) -> Iterator[Finding]:
    if draft.due_on is None:
        if draft.cycle_id is None:
            yield Finding(SmartRule.NO_END, "/due_on")
        return
    if draft.due_on < today and not draft.has_started:
        yield Finding(SmartRule.ENDS_IN_THE_PAST, "/due_on")
    elif draft.due_on - (draft.starts_on or today) > timedelta(days=MOST_DAYS):
        yield Finding(SmartRule.LONG_TIME, "/due_on")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())

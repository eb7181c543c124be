from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Input, Output, Prose
from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.models import Driver, KeyResultKind, Level
from perfapi.domains.goals.quantities import Value


class Criterion(StrEnum):
    SPECIFIC = "specific"
    MEASURABLE = "measurable"
    ACHIEVABLE = "achievable"
    RELEVANT = "relevant"
    TIME_BOUND = "time_bound"


class SmartRule(StrEnum):
    TITLE_SHORT = "title_short"
    TITLE_VAGUE = "title_vague"
    KEY_RESULT_IS_WORK = "key_result_is_work"
    NO_KEY_RESULT = "no_key_result"
    NO_UNIT = "no_unit"
    JUDGED_BY_HAND = "judged_by_hand"
    TOO_MANY_KEY_RESULTS = "too_many_key_results"
    LEAP = "leap"
    ALL_OR_NOTHING = "all_or_nothing"
    LITTLE_TIME = "little_time"
    SERVES_NOTHING = "serves_nothing"
    NO_REASON = "no_reason"
    NO_END = "no_end"
    LONG_TIME = "long_time"
    ENDS_IN_THE_PAST = "ends_in_the_past"


class SmartHint(Output):
    """One thing that would make a goal clearer. Advice: no rule refuses anything."""

    rule: SmartRule
    criterion: Annotated[Criterion, Field(description="Which of the five it is about.")]
    pointer: Annotated[str, Field(description="JSON Pointer to the part of the draft.")]
    advice: Annotated[str, Field(description="What to do.")]
    why: str
    example: str


class SmartHints(Output):
    hints: Annotated[list[SmartHint], Field(description="In the order of the five criteria.")]
    met: Annotated[list[Criterion], Field(description="The criteria without a hint.")]


Draft = Annotated[Prose, Field(max_length=200)]
"""A line that may still be empty."""


class DraftKeyResult(Input):
    title: Draft = ""
    kind: KeyResultKind = KeyResultKind.NUMBER
    unit: Annotated[Draft | None, Field(max_length=40)] = None
    start: Value | None = Decimal(0)
    target: Value | None = None
    lower: Value | None = None
    upper: Value | None = None


class GoalDraft(Input):
    """A goal while it is being written: everything may still be missing."""

    language: Annotated[GoalLanguage, Field(description="Of the draft and of the advice.")]
    title: Draft = ""
    description: Prose = ""
    level: Level = Level.PERSON
    cycle_id: Annotated[UUID | None, Field(description="A cycle has an end.")] = None
    parent_id: Annotated[UUID | None, Field(description="The goal that it serves.")] = None
    has_hidden_parent: Annotated[bool, Field(description="It serves one that you cannot see.")] = (
        False
    )
    driver: Annotated[
        Driver, Field(description="`goals` needs no key results: other goals measure it.")
    ] = Driver.KEY_RESULTS
    starts_on: date | None = None
    due_on: date | None = None
    has_started: Annotated[
        bool, Field(description="It runs already: its time counts from its start, not from today.")
    ] = False
    key_results: Annotated[list[DraftKeyResult], Field(max_length=20, default_factory=list)]

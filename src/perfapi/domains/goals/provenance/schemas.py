from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Output
from perfapi.domains.goals.models import Driver, KeyResultKind
from perfapi.domains.goals.schemas import HiddenGoal, Progress
from perfapi.domains.people.schemas import PersonRef

Adds = Annotated[
    Decimal | None,
    Field(description="weight * progress / total_weight; null if it does not count."),
]


class CheckInBehind(Output):
    """The check-in that a key result stands at."""

    id: UUID
    value: Decimal
    author: PersonRef
    checked_in_at: AwareDatetime


class KeyResultPart(Output):
    id: UUID
    title: str
    kind: KeyResultKind
    unit: str | None
    weight: Decimal
    progress: Progress
    adds: Adds
    check_in: Annotated[CheckInBehind | None, Field(description="Null: it stands at its start.")]


class GoalPart(Output):
    """An aligned goal; its own parts stand under its id."""

    id: UUID
    title: str
    owner: PersonRef
    weight: Decimal
    progress: Progress
    adds: Adds


class GoalParts(Output):
    """One goal's progress, taken apart: `progress` is the sum of what its parts add."""

    id: UUID
    title: str
    progress: Progress
    driver: Driver
    total_weight: Annotated[
        Decimal, Field(description="Of the parts that count: weight above 0, and a progress.")
    ]
    steps: Annotated[int, Field(description="Below the goal that was asked for, which has 0.")]
    key_results: Annotated[list[KeyResultPart], Field(description="Unless only goals move it.")]
    goals: Annotated[list[GoalPart], Field(description="Unless only key results move it.")]
    hidden_goals: Annotated[
        list[HiddenGoal], Field(description="They count too, but you cannot see them.")
    ]


class Provenance(Output):
    """A goal and every goal below it that you see and that counts, level by level."""

    goals: list[GoalParts]
    is_complete: Annotated[bool, Field(description="False if there are more than 1,000 of them.")]

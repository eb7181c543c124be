from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Output
from perfapi.domains.goals.cycles.schemas import GoalCycleRef
from perfapi.domains.goals.key_results.schemas import KeyResultBrief
from perfapi.domains.goals.models import Driver, GoalState, Level
from perfapi.domains.goals.schemas import (
    Expected,
    GoalMoment,
    Progress,
    Status,
    StatusFrom,
)
from perfapi.domains.people.schemas import PersonRef, Ref


class GoalNode(Output):
    """A goal in the tree."""

    id: UUID
    title: str
    level: Level
    department: Ref | None
    team: Ref | None
    owner: PersonRef
    parent_id: Annotated[UUID | None, Field(description="If you can see that goal.")]
    is_yours: Annotated[bool, Field(description="You own it, co-own it or contribute to it.")]
    has_hidden_parent: bool
    hidden_child_count: int
    state: GoalState
    weight: Decimal
    driver: Driver
    due_on: date
    progress: Progress
    expected: Expected
    status: Status
    status_source: StatusFrom
    is_stale: bool
    key_results: list[KeyResultBrief]


class GoalTree(Output):
    """The goals of a cycle as a forest, flat: each node names its parent."""

    cycle: GoalCycleRef | None
    nodes: Annotated[list[GoalNode], Field(description="By level, then by title.")]
    is_complete: Annotated[
        bool, Field(description="False if there are more goals than one document holds.")
    ]


class TreeFilter(GoalMoment):
    """Which forest."""

    cycle_id: Annotated[
        UUID | None,
        Field(description="By default the active cycle that began last, and goals of no cycle."),
    ] = None

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Output, PageQuery, Query
from perfapi.domains.goals.cycles.schemas import GoalCycleRef
from perfapi.domains.people.schemas import Ref

from .models import GroupKind

DefinitionKey = Literal["status", "states", "progress", "cadence", "staleness", "alignment"]

Counted = Literal[
    "goals",
    "active",
    "closed",
    "cancelled",
    "archived",
    "on_track",
    "at_risk",
    "off_track",
    "no_number",
    "measured",
    "waiting",
    "in_rhythm",
    "out_of_rhythm",
    "stale",
    "could_serve",
    "serving",
    "serving_none",
]

Count = Annotated[int, Field(ge=0)]


class InsightStatus(Output):
    """Active goals by their status."""

    n: Annotated[Count, Field(description="Active goals.")]
    on_track: Count
    at_risk: Count
    off_track: Count
    no_number: Annotated[Count, Field(description="Nothing is measured yet, and nobody judged.")]


class InsightStates(Output):
    """Goals by their state. What was never active is not counted."""

    n: Count
    active: Count
    closed: Count
    cancelled: Count
    archived: Count


class InsightProgress(Output):
    """Of active goals that have a number, all alike, whatever their weight."""

    n: Annotated[Count, Field(description="Active goals with a number.")]
    average: Annotated[Decimal | None, Field(description="0 to 1; null if there are none.")]
    expected: Annotated[
        Decimal | None, Field(description="Of the same goals: the share of their time that passed.")
    ]


class InsightShare(Output):
    """A share, and what it was counted from."""

    n: Annotated[Count, Field(description="Goals that could count.")]
    count: Annotated[Count, Field(description="Those that do.")]
    share: Annotated[Decimal | None, Field(description="0 to 1; null if `n` is 0.")]


class InsightNumbers(Output):
    """Each of them is counted as its definition says, over goals that you can see."""

    goals: Count
    owners: Count
    status: InsightStatus
    states: InsightStates
    progress: InsightProgress
    cadence: InsightShare
    staleness: InsightShare
    alignment: InsightShare


class InsightGroup(Output):
    kind: GroupKind
    id: Annotated[
        UUID | None,
        Field(description="Null: the company, or what belongs to the group and to no part of it."),
    ]
    name: str | None


class InsightPart(Output):
    group: InsightGroup
    may_open: Annotated[bool, Field(description="You may ask for its numbers alone.")]
    numbers: Annotated[
        InsightNumbers | None, Field(description="Null if too few to be told apart.")
    ]


class InsightPoint(Output):
    """A day of the trend, over the goals that everybody could see then."""

    day: date
    cycle: str
    goals: Count
    on_track: Count
    at_risk: Count
    off_track: Count
    no_number: Count
    progress: Decimal | None
    expected: Decimal | None


class InsightMinimum(Output):
    """Of fewer, nothing is told."""

    goals: int
    owners: int


class InsightDefinition(Output):
    key: DefinitionKey
    sentence: Annotated[str, Field(description="How it is counted.")]
    inputs: Annotated[list[str], Field(description="What of a goal it is counted from.")]


class GoalInsights(Output):
    """How the goals of a group stand today."""

    day: date
    cycle: Annotated[GoalCycleRef | None, Field(description="Null if no cycle is running.")]
    group: InsightGroup
    numbers: Annotated[
        InsightNumbers | None,
        Field(description="Null if there are goals, but too few of them or of their owners."),
    ]
    parts: Annotated[
        list[InsightPart],
        Field(
            description="Of the company and of departments: the departments below. Of a manager: "
            "those who report to them and are managers themselves. Where exactly one part is too "
            "small, the next smallest is withheld too."
        ),
    ]
    trend: Annotated[list[InsightPoint], Field(description="One day a week, over a year.")]
    minimum: InsightMinimum
    definitions: list[InsightDefinition]


class InsightGroups(Output):
    """Whose numbers you may ask for, beside those of the company."""

    departments: Annotated[list[Ref], Field(description="By name.")]
    teams: Annotated[list[Ref], Field(description="By name.")]
    is_complete: Annotated[
        bool, Field(description="False if there are more of them than one document holds.")
    ]


class InsightQuery(Query):
    """Whose goals, of which cycle."""

    cycle_id: Annotated[
        UUID | None, Field(description="By default the active cycle that began last.")
    ] = None
    group: GroupKind = GroupKind.COMPANY
    id: Annotated[
        UUID | None,
        Field(
            description="Of the department, the team or the manager; of managers, by default you."
        ),
    ] = None


class InsightGoalsQuery(InsightQuery, PageQuery):
    """The goals behind which number."""

    counted: Annotated[
        Counted,
        Field(
            description="By status `on_track`, `at_risk`, `off_track`, `no_number`; by state "
            "`active`, `closed`, `cancelled`, `archived`; `measured`: those of the mean progress; "
            "`waiting` for check-ins, of these `in_rhythm`, `out_of_rhythm` and `stale`; "
            "`could_serve` another goal, of these `serving` and `serving_none`."
        ),
    ] = "goals"

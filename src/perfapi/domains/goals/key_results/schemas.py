from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import Input, Line, Output, Page, PageQuery, Resource
from perfapi.domains.goals.models import KeyResultKind
from perfapi.domains.goals.quantities import Tolerance, Value, Weight

Unit = Annotated[Line, Field(max_length=40, examples=["customers"])]

UNIT = "What is counted; of `currency` its code (ISO 4217). Others than `number`, `currency` and \
`maintain` have none."
START = "Of a range (`number`, `percent`, `currency`); fixed for other kinds, null of `maintain`."
TARGET = "Above the start or below it, never the same; fixed or null like the start."
LOWER = "The band of `maintain`: at least this."
UPPER = "The band of `maintain`: at most this."
TOLERANCE = "How far outside of its band it counts as nothing; without one, at once."
Progress = Annotated[
    Decimal | None, Field(description="Within 0 and 1; null of a band without a check-in.")
]


class KeyResultRef(Output):
    """A key result as check-ins mention it."""

    id: UUID
    title: str
    kind: KeyResultKind
    unit: str | None


class MilestoneRef(Output):
    id: UUID
    title: str


class Milestone(MilestoneRef):
    """A step of a key result of the kind `milestones`."""

    weight: Decimal
    due_on: date | None
    done_at: Annotated[
        AwareDatetime | None,
        Field(description="The check-in since which it has been named as done without a break."),
    ]


class MilestoneCount(Output):
    done: int
    total: int


class KeyResultBrief(Output):
    """A key result in the tree of goals."""

    id: UUID
    title: str
    kind: KeyResultKind
    unit: str | None
    start: Decimal | None
    target: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    current: Decimal | None
    progress: Progress
    milestones: Annotated[MilestoneCount | None, Field(description="Of that kind only.")]


class KeyResult(Resource):
    """What a goal is measured by."""

    goal_id: UUID
    title: str
    kind: KeyResultKind
    unit: Annotated[str | None, Field(description=UNIT)]
    start: Annotated[Decimal | None, Field(description=START)]
    target: Annotated[Decimal | None, Field(description=TARGET)]
    lower: Annotated[Decimal | None, Field(description=LOWER)]
    upper: Annotated[Decimal | None, Field(description=UPPER)]
    tolerance: Annotated[Decimal | None, Field(description=TOLERANCE)]
    milestones: Annotated[
        list[Milestone], Field(description="In their order; other kinds have none.")
    ]
    current: Annotated[
        Decimal | None,
        Field(
            description="Of the last check-in, or else the start; null of a band without a "
            "check-in. Of milestones: the share of their weights that is done."
        ),
    ]
    raw_progress: Annotated[
        Decimal | None,
        Field(
            description="(current - start) / (target - start); below 0 or above 1 at times. Of "
            "a band: 1 inside, 1 - distance / tolerance outside, never below 0."
        ),
    ]
    progress: Annotated[
        Decimal | None,
        Field(description="The same within 0 and 1; this rolls up. Null counts nowhere."),
    ]
    period_score: Annotated[
        Decimal | None,
        Field(
            description="Of `maintain`: the share of the goal's time that the value was inside "
            "the band, from its start, or the first check-in if that is later, until now or its "
            "end. Each value holds until the next check-in."
        ),
    ]
    weight: Decimal
    confidence: Annotated[int | None, Field(description="Of the last check-in, 0 to 10.")]
    checked_in_at: AwareDatetime | None
    position: Annotated[int, Field(description="Its place among the goal's key results.")]
    archived_at: AwareDatetime | None
    permissions: Annotated[
        list[str], Field(description="What you may do: `edit`, `check_in`, `remove`.")
    ]


class KeyResultPage(Page[KeyResult]):
    pass


class KeyResultFilter(PageQuery):
    archived: Annotated[
        bool, Field(description="Those that are archived, instead of those that are not.")
    ] = False


class MilestoneCreate(Input):
    title: Line
    weight: Weight = Decimal(1)
    due_on: date | None = None


class MilestoneUpdate(MilestoneCreate):
    id: Annotated[
        UUID | None, Field(description="Of one that stays; without it, a new one is added.")
    ] = None


class KeyResultTold(Input):
    """How a measure is told, wherever one is written: on a goal, in bulk or in a template."""

    title: Line
    kind: KeyResultKind = KeyResultKind.NUMBER
    unit: Annotated[Unit | None, Field(description=UNIT)] = None
    start: Annotated[Value | None, Field(description=START + " By default 0.")] = None
    target: Annotated[Value | None, Field(description=TARGET)] = None
    lower: Annotated[Value | None, Field(description=LOWER)] = None
    upper: Annotated[Value | None, Field(description=UPPER)] = None
    tolerance: Annotated[Tolerance | None, Field(description=TOLERANCE)] = None
    weight: Weight = Decimal(1)


class KeyResultCreate(KeyResultTold):
    """What each kind is told by: `number` and `currency` by unit, start and target; `percent` by
    start and target; `maintain` by unit, lower, upper and tolerance; `milestones` by them;
    `binary` (0 or 1) and `manual` (0 to 100) by nothing else."""

    milestones: Annotated[
        list[MilestoneCreate] | None, Field(max_length=50, description="In their order.")
    ] = None


class KeyResultUpdate(Input):
    """What is left out stays as it is, null clears (JSON Merge Patch).

    Another kind lets go of what the new one does not have. `milestones` is the whole list: it is
    put into this order, and what it leaves out is removed.
    """

    title: Line | MISSING = MISSING
    kind: KeyResultKind | MISSING = MISSING
    unit: Unit | MISSING | None = MISSING
    start: Value | MISSING | None = MISSING
    target: Value | MISSING | None = MISSING
    lower: Value | MISSING | None = MISSING
    upper: Value | MISSING | None = MISSING
    tolerance: Tolerance | MISSING | None = MISSING
    milestones: Annotated[list[MilestoneUpdate], Field(max_length=50)] | MISSING = MISSING
    weight: Weight | MISSING = MISSING
    position: Annotated[int, Field(ge=0, le=10_000)] | MISSING = MISSING

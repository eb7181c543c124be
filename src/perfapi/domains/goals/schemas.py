from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import (
    AsOf,
    Input,
    Instant,
    Line,
    Output,
    Page,
    PageQuery,
    Prose,
    Query,
    Resource,
    Search,
)
from perfapi.domains.people.schemas import PersonRef, Ref

from .closings.schemas import Retrospective, RetrospectiveInput
from .cycles.schemas import GoalCycleRef
from .key_results.schemas import KeyResult, KeyResultCreate, KeyResultRef
from .members.schemas import GoalMember
from .models import (
    Agreement,
    Ambition,
    Driver,
    GoalState,
    GoalStatus,
    Level,
    Purpose,
    Side,
    Visibility,
)
from .quantities import Share, Weight


class StatusSource(StrEnum):
    DERIVED = "derived"
    MANUAL = "manual"


Progress = Annotated[
    Decimal | None, Field(description="0 to 1, exact to 12 places; null if nothing counts yet.")
]
Expected = Annotated[
    Decimal | None, Field(description="The share of its time that has passed, while active.")
]
Status = Annotated[
    GoalStatus | None,
    Field(description="While active: as somebody decided, or progress against the expected."),
]
StatusFrom = Annotated[
    StatusSource, Field(description="`manual` if somebody decided the status (`manual_status`).")
]
Rhythm = Annotated[int, Field(ge=1, le=365, description="In days.")]


AmbitionField = Annotated[
    Ambition,
    Field(description="A final score of 1 is success of a commitment, 0.7 of an aspiration."),
]


LookingBack = Annotated[
    AsOf | None,
    Field(
        description="How it was at this instant, or at the end of this day by the organization's "
        "clocks; of today or without it: how it is. You see of it what you may see of the goal "
        "as it is and as it was; people and cycles are called what they are called today, and no "
        "acts are open on the past."
    ),
]


class GoalRef(Output):
    id: UUID
    title: str


class GoalAncestor(GoalRef):
    progress: Progress


class GoalBrief(Output):
    """A goal that is aligned to another."""

    id: UUID
    title: str
    parent_key_result_id: Annotated[
        UUID | None, Field(description="The key result of the other goal that it serves.")
    ]
    level: Level
    owner: PersonRef
    state: GoalState
    weight: Decimal
    progress: Progress
    expected: Expected
    status: Status
    status_source: StatusFrom


class HiddenGoal(Output):
    """A goal that counts here and that you cannot see."""

    weight: Decimal


class Goal(Resource):
    """What a company, a department, a team or a person wants to reach."""

    title: str
    description: str
    level: Level
    department: Annotated[Ref | None, Field(description="Of a goal of a department.")]
    team: Annotated[Ref | None, Field(description="Of a goal of a team.")]
    owner: PersonRef
    cycle: Annotated[GoalCycleRef | None, Field(description="Goals may live outside of cycles.")]
    parent: Annotated[
        GoalRef | None, Field(description="The goal that it is aligned to, if you can see it.")
    ]
    has_hidden_parent: Annotated[
        bool, Field(description="It is aligned to a goal that you cannot see.")
    ]
    parent_key_result: Annotated[
        KeyResultRef | None,
        Field(
            description="The key result of its parent that it serves. It counts in the parent as "
            "any aligned goal does."
        ),
    ]
    ambition: AmbitionField
    purpose: Annotated[Purpose, Field(description="Of the business, or of a person's growth.")]
    agreement: Annotated[Agreement, Field(description="Between the owner and who manages them.")]
    visibility: Visibility
    weight: Annotated[Decimal, Field(description="Among the goals aligned to its parent.")]
    driver: Annotated[Driver, Field(description="What moves its progress.")]
    state: GoalState
    starts_on: date
    due_on: date
    check_in_every_days: int
    progress: Progress
    expected: Expected
    status: Status
    status_source: StatusFrom
    checked_in_at: Annotated[
        AwareDatetime | None, Field(description="The last check-in on one of its key results.")
    ]
    is_stale: Annotated[bool, Field(description="No check-in for twice its rhythm.")]
    key_result_count: Annotated[int, Field(description="Without archived ones.")]
    child_count: Annotated[int, Field(description="Aligned goals that you can see.")]


class GoalPage(Page[Goal]):
    pass


class GoalDetail(Goal):
    activated_at: AwareDatetime | None
    ended_at: Annotated[
        AwareDatetime | None, Field(description="Closed or cancelled, and not reopened since.")
    ]
    manual_status: Annotated[
        GoalStatus | None, Field(description="What somebody decided; null: it is derived.")
    ]
    closing_note: Annotated[
        str | None,
        Field(description="Of the last closing, as all that follows; reopening keeps it."),
    ]
    retrospective: Retrospective | None
    final_score: Annotated[Decimal | None, Field(description="0 to 1, as decided on closing.")]
    is_success: Annotated[
        bool | None, Field(description="The final score against the ambition; null without one.")
    ]
    archived_at: AwareDatetime | None
    goes_along_count: Annotated[
        int,
        Field(
            description="How many goals below it would be archived or restored with it: those "
            "that have ended, or went along, and that you answer for."
        ),
    ]
    carried_from: Annotated[
        GoalRef | None, Field(description="The goal that goes on in this one, if you can see it.")
    ]
    carried_to: Annotated[
        GoalRef | None, Field(description="The goal in which it goes on, if you can see it.")
    ]
    awaits: Annotated[Side | None, Field(description="Who is to agree, while it is proposed.")]
    last_step_id: Annotated[
        UUID | None,
        Field(
            description="The last step of its negotiation. Whoever agrees or asks for changes "
            "names it: what one answers to is what one has read."
        ),
    ]
    members: Annotated[list[GoalMember], Field(description="Co-owners first, then contributors.")]
    key_results: Annotated[list[KeyResult], Field(description="Without archived ones.")]
    children: Annotated[
        list[GoalBrief],
        Field(description="Aligned goals that you can see, up to 200; see `parent_id` of lists."),
    ]
    hidden_children: Annotated[
        list[HiddenGoal], Field(description="Aligned goals that count and that you cannot see.")
    ]
    hidden_child_count: int
    ancestors: Annotated[
        list[GoalAncestor],
        Field(description="The goals above it, the top first, as far as you can see."),
    ]
    permissions: Annotated[
        list[str],
        Field(
            description="What you may do: `edit`, `add_key_result`, `check_in`, `activate`, "
            "`close`, `cancel`, `delete`, `add_child`, `reopen`, `archive`, `restore`, "
            "`carry_over`, `propose`, `agree`, `request_changes`, `leave`, `ask_for_news`, "
            "`no_longer_ask_for_news`."
        ),
    ]


class GoalsWanted(Query):
    cycle_id: UUID | None = None
    level: Level | None = None
    owner_id: UUID | None = None
    person_id: Annotated[
        UUID | None, Field(description="Somebody who owns it, co-owns it or contributes to it.")
    ] = None
    department_id: UUID | None = None
    team_id: UUID | None = None
    parent_id: UUID | None = None
    parent_key_result_id: UUID | None = None
    ambition: Ambition | None = None
    purpose: Purpose | None = None
    state: Annotated[GoalState | None, Field(description="By default all but archived ones.")] = (
        None
    )
    status: GoalStatus | None = None
    q: Annotated[Search | None, Field(description="Some of the title.")] = None
    updated_since: Annotated[
        Instant | None,
        Field(description="Edited since. Check-ins do not edit a goal: they have their own lists."),
    ] = None
    sort: Literal["title", "-updated_at", "due_on"] = "title"


class GoalConditions(GoalsWanted, PageQuery):
    pass


class GoalFilter(GoalConditions):
    as_of: LookingBack = None


class GoalMoment(Query):
    as_of: LookingBack = None


class GoalCreate(Input):
    title: Annotated[Line, Field(examples=["Every customer renews"])]
    description: Prose = ""
    level: Level
    owner_id: Annotated[UUID | None, Field(description="You, by default.")] = None
    department_id: Annotated[UUID | None, Field(description="For `department`, and only then.")] = (
        None
    )
    team_id: Annotated[UUID | None, Field(description="For `team`, and only then.")] = None
    cycle_id: UUID | None = None
    parent_id: Annotated[UUID | None, Field(description="Align it to this goal.")] = None
    parent_key_result_id: Annotated[
        UUID | None, Field(description="Align it to this key result, and so to its goal.")
    ] = None
    ambition: AmbitionField = Ambition.COMMITTED
    purpose: Purpose = Purpose.BUSINESS
    visibility: Visibility = Visibility.PUBLIC
    weight: Weight = Decimal(1)
    driver: Driver = Driver.KEY_RESULTS
    starts_on: Annotated[
        date | None, Field(description="By default as its cycle, or today without one.")
    ] = None
    due_on: Annotated[
        date | None, Field(description="By default as its cycle, or after the days of a cycle.")
    ] = None
    check_in_every_days: Annotated[
        Rhythm | None, Field(description="By default as the goal settings say.")
    ] = None
    state: Literal[GoalState.DRAFT, GoalState.ACTIVE] = GoalState.ACTIVE
    key_results: Annotated[list[KeyResultCreate], Field(max_length=20, default_factory=list)]


class GoalUpdate(Input):
    """What is left out stays as it is, null clears (JSON Merge Patch)."""

    title: Line | MISSING = MISSING
    description: Prose | MISSING = MISSING
    level: Level | MISSING = MISSING
    owner_id: Annotated[
        UUID | MISSING,
        Field(
            description="Whoever answered for it before stays on it as a contributor, until they "
            "step back themselves; not if it is a draft."
        ),
    ] = MISSING
    department_id: UUID | MISSING | None = MISSING
    team_id: UUID | MISSING | None = MISSING
    cycle_id: UUID | MISSING | None = MISSING
    parent_id: UUID | MISSING | None = MISSING
    parent_key_result_id: Annotated[
        UUID | MISSING | None,
        Field(description="Implies its goal as the parent; another parent alone clears it."),
    ] = MISSING
    ambition: Ambition | MISSING = MISSING
    purpose: Purpose | MISSING = MISSING
    visibility: Visibility | MISSING = MISSING
    weight: Weight | MISSING = MISSING
    driver: Driver | MISSING = MISSING
    starts_on: date | MISSING = MISSING
    due_on: date | MISSING = MISSING
    check_in_every_days: Rhythm | MISSING = MISSING
    manual_status: Annotated[
        GoalStatus | MISSING | None,
        Field(description="The status as you judge it, until you clear it with null."),
    ] = MISSING


class GoalClosing(Input):
    note: Annotated[Prose, Field(min_length=1, description="What came of it.")]
    score: Annotated[
        Share | None,
        Field(description="0.7 is success for an aspiration, 1 for a commitment."),
    ] = None
    retrospective: RetrospectiveInput | None = None


class GoalCancellation(Input):
    note: Annotated[Prose | None, Field(description="Why it is given up.")] = None

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import AsOf, Input, Output, Page, PageQuery, Prose
from perfapi.domains.goals.key_results.schemas import KeyResultRef, MilestoneRef
from perfapi.domains.goals.quantities import Value
from perfapi.domains.goals.reactions.schemas import Reactions
from perfapi.domains.people.schemas import PersonRef


class CheckIn(Output):
    """One entry of a key result's history. It is never changed."""

    id: UUID
    key_result_id: UUID
    author: PersonRef
    value: Annotated[
        Decimal, Field(description="Of milestones: the share of their weights that was done.")
    ]
    done_milestones: Annotated[
        list[MilestoneRef], Field(description="Those that were done by then, of such a key result.")
    ]
    confidence: Annotated[int | None, Field(description="0 (hopeless) to 10 (certain).")]
    comment: str | None
    raw_progress: Annotated[
        Decimal, Field(description="By the start and target of that day; may leave 0 to 1.")
    ]
    progress: Annotated[Decimal, Field(description="The same within 0 and 1.")]
    checked_in_at: AwareDatetime
    reactions: Reactions


class CheckInPage(Page[CheckIn]):
    pass


class GoalCheckIn(CheckIn):
    """A check-in among those on all key results of a goal."""

    key_result: KeyResultRef


class GoalCheckInPage(Page[GoalCheckIn]):
    pass


class CheckInFilter(PageQuery):
    as_of: Annotated[
        AsOf | None,
        Field(description="Made until this instant, or the end of this day."),
    ] = None


class CheckInCreate(Input):
    value: Annotated[
        Value | None,
        Field(
            description="What the key result measures now, not how far. Of `binary` 0 or 1, of "
            "`manual` 0 to 100, of `milestones` nothing."
        ),
    ] = None
    done_milestone_ids: Annotated[
        list[UUID] | None,
        Field(max_length=50, description="Of `milestones`: all that are done by now."),
    ] = None
    confidence: Annotated[
        int | None, Field(ge=0, le=10, description="0 (hopeless) to 10 (certain).")
    ] = None
    comment: Prose | None = None

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Input, Output, Page, PageQuery, Prose
from perfapi.domains.goals.models import GoalState
from perfapi.domains.people.schemas import PersonRef


class Retrospective(Output):
    """Looking back."""

    went_well: str | None
    went_badly: str | None
    next_time: Annotated[str | None, Field(description="What we change.")]


class RetrospectiveInput(Input):
    went_well: Prose | None = None
    went_badly: Prose | None = None
    next_time: Annotated[Prose | None, Field(description="What we change.")] = None


class Closing(Output):
    """How a goal ended once. It is never changed, also if the goal is reopened."""

    id: UUID
    outcome: Literal[GoalState.CLOSED, GoalState.CANCELLED]
    note: str | None
    retrospective: Retrospective
    score: Annotated[Decimal | None, Field(description="0 to 1.")]
    closed_by: Annotated[PersonRef | None, Field(description="Null if that was not kept.")]
    closed_at: AwareDatetime


class ClosingPage(Page[Closing]):
    pass


class ClosingFilter(PageQuery):
    pass

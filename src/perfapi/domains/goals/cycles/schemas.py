from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Line, Output, Page, PageQuery, Resource


class CycleState(StrEnum):
    UPCOMING = "upcoming"
    ACTIVE = "active"
    ENDED = "ended"
    CLOSED = "closed"


class GoalCycleRef(Output):
    """A cycle as goals mention it."""

    id: UUID
    name: str
    starts_on: date
    ends_on: date


class GoalCycle(Resource):
    """A span of time that goals are set for. Cycles may overlap."""

    name: str
    starts_on: date
    ends_on: Annotated[date, Field(description="Its last day.")]
    state: Annotated[
        CycleState,
        Field(description="By the organization's calendar, until the cycle is closed for good."),
    ]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`, `close`.")]


class GoalCyclePage(Page[GoalCycle]):
    pass


class GoalCycleFilter(PageQuery):
    state: CycleState | None = None


class GoalCycleCreate(Input):
    name: Annotated[Line, Field(examples=["Q4 2026"])]
    starts_on: date
    ends_on: Annotated[
        date | None,
        Field(description="The last day; by default as the organization's cycles last."),
    ] = None


class GoalCycleUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    name: Line | MISSING = MISSING
    starts_on: date | MISSING = MISSING
    ends_on: date | MISSING = MISSING

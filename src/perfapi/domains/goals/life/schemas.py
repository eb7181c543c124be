from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Input, Prose
from perfapi.domains.goals.models import GoalState
from perfapi.domains.goals.schemas import GoalClosing


class GoalProposal(Input):
    comment: Annotated[Prose | None, Field(description="For the other side.")] = None


StepId = Annotated[
    UUID, Field(description="The goal's `last_step_id` as you have read it: what you answer to.")
]


class GoalAgreement(Input):
    step_id: StepId
    comment: Prose | None = None


class ChangesRequest(Input):
    step_id: StepId
    comment: Annotated[Prose, Field(min_length=1, description="What should be different.")]


class CarryOver(Input):
    cycle_id: Annotated[
        UUID | None, Field(description="Where it goes on; null for a goal outside of cycles.")
    ] = None
    owner_id: Annotated[
        UUID | None, Field(description="As before, by default; another one as for a new goal.")
    ] = None
    starts_on: Annotated[
        date | None, Field(description="By default as its cycle, or today without one.")
    ] = None
    due_on: Annotated[
        date | None, Field(description="By default as its cycle, or after the days of a cycle.")
    ] = None
    state: Literal[GoalState.DRAFT, GoalState.ACTIVE] = GoalState.ACTIVE
    close: Annotated[
        GoalClosing | None, Field(description="Close the old one with this, if it is active.")
    ] = None

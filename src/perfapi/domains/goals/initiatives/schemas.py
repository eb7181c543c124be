from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import Input, Line, Page, PageQuery, Resource
from perfapi.domains.goals.key_results.schemas import KeyResultRef
from perfapi.domains.people.schemas import PersonRef


class Initiative(Resource):
    """What is done to reach a goal. It never counts in the progress."""

    goal_id: UUID
    key_result: Annotated[KeyResultRef | None, Field(description="What it is to move, if one.")]
    title: str
    owner: PersonRef
    due_on: date | None
    done_at: AwareDatetime | None
    permissions: Annotated[
        list[str], Field(description="What you may do: `edit`, `complete`, `resume`, `remove`.")
    ]


class InitiativePage(Page[Initiative]):
    pass


class InitiativeFilter(PageQuery):
    is_done: bool | None = None


class InitiativeCreate(Input):
    title: Annotated[Line, Field(examples=["Call every customer who left"])]
    owner_id: Annotated[UUID | None, Field(description="You, by default.")] = None
    key_result_id: Annotated[UUID | None, Field(description="One of the goal.")] = None
    due_on: date | None = None


class InitiativeUpdate(Input):
    """What is left out stays as it is, null clears (JSON Merge Patch)."""

    title: Line | MISSING = MISSING
    owner_id: UUID | MISSING = MISSING
    key_result_id: UUID | MISSING | None = MISSING
    due_on: date | MISSING | None = MISSING

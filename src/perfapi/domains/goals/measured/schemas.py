from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Output, Page, PageQuery, Search
from perfapi.domains.goals.key_results.schemas import KeyResultRef, Progress
from perfapi.domains.goals.models import GoalState


class MeasuredGoal(Output):
    """The goal that a key result measures."""

    id: UUID
    title: str
    state: GoalState


class FoundKeyResult(KeyResultRef):
    goal: MeasuredGoal
    progress: Progress
    checked_in_at: AwareDatetime | None


class FoundKeyResultPage(Page[FoundKeyResult]):
    pass


class KeyResultSearch(PageQuery):
    person_id: Annotated[
        UUID | None, Field(description="Somebody who has part in the goal that it measures.")
    ] = None
    state: Annotated[GoalState | None, Field(description="Of the goal.")] = None
    q: Annotated[Search | None, Field(description="Some of its title or of its goal's.")] = None

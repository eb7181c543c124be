from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Output, Query, Search
from perfapi.domains.goals.cycles.schemas import GoalCycleRef
from perfapi.domains.goals.models import GoalState, Level
from perfapi.domains.goals.schemas import Progress, Status
from perfapi.domains.people.schemas import PersonRef


class SimilarGoal(Output):
    id: UUID
    title: str
    level: Level
    owner: PersonRef
    cycle: GoalCycleRef | None
    state: GoalState
    progress: Progress
    status: Status
    similarity: Annotated[
        Decimal,
        Field(description="Of the words, 0.3 to 1: of both titles, or of what is measured."),
    ]


class SimilarGoals(Output):
    items: Annotated[list[SimilarGoal], Field(description="Five at most, the most alike first.")]


class Wording(Query):
    title: Annotated[Search, Field(description="As far as it is written.")]

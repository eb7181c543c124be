from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Input, Line, Prose
from perfapi.domains.goals.models import Driver, GoalState, Visibility
from perfapi.domains.goals.quantities import Weight
from perfapi.domains.goals.schemas import Rhythm
from perfapi.domains.goals.templates.schemas import TemplateKeyResultInput


class BulkKeyResult(TemplateKeyResultInput):
    weight: Weight = Decimal(1)


class BulkGoal(Input):
    """A goal of a person, as each of them gets it."""

    title: Line
    description: Prose = ""
    cycle_id: UUID | None = None
    parent_id: Annotated[UUID | None, Field(description="Align them to this goal.")] = None
    visibility: Annotated[
        Literal[
            Visibility.PUBLIC, Visibility.DEPARTMENT, Visibility.TEAM, Visibility.MANAGER_CHAIN
        ],
        Field(description="Only its owner makes a goal private."),
    ] = Visibility.PUBLIC
    weight: Weight = Decimal(1)
    driver: Driver = Driver.KEY_RESULTS
    starts_on: Annotated[date | None, Field(description="By default as its cycle, or today.")] = (
        None
    )
    due_on: Annotated[
        date | None, Field(description="By default as its cycle, or after the days of a cycle.")
    ] = None
    check_in_every_days: Annotated[
        Rhythm | None, Field(description="By default as the goal settings say.")
    ] = None
    state: Literal[GoalState.DRAFT, GoalState.ACTIVE] = GoalState.ACTIVE
    key_results: Annotated[list[BulkKeyResult], Field(max_length=20, default_factory=list)]


class BulkPeople(Input):
    """Whoever all of the given parts name; at least one is given."""

    department_id: Annotated[
        UUID | None, Field(description="Who works in it or in one below it.")
    ] = None
    team_id: Annotated[UUID | None, Field(description="Who belongs to it.")] = None
    manager_id: Annotated[UUID | None, Field(description="Everybody below them.")] = None
    person_ids: Annotated[
        list[UUID] | None, Field(min_length=1, max_length=1_000, description="These people.")
    ] = None


class GoalBulk(Input):
    mode: Annotated[
        Literal["dry_run", "apply"],
        Field(description="`dry_run` tells what `apply` would do, and sets nothing."),
    ]
    goals: Annotated[list[BulkGoal], Field(min_length=1, max_length=25)]
    people: BulkPeople

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Input, Line, Prose
from perfapi.domains.goals.key_results.schemas import KeyResultTold, MilestoneCreate
from perfapi.domains.goals.models import Ambition, Driver, GoalState, Purpose, Visibility
from perfapi.domains.goals.quantities import Weight
from perfapi.domains.goals.schemas import AmbitionField, Rhythm
from perfapi.domains.goals.templates.schemas import DueAfter


class BulkMilestone(MilestoneCreate):
    due_after_days: Annotated[
        DueAfter | None, Field(description="Instead of the day: counted from the goal's start.")
    ] = None


class BulkKeyResult(KeyResultTold):
    """Told by kind as the key result of a single goal."""

    milestones: Annotated[
        list[BulkMilestone] | None, Field(max_length=50, description="In their order.")
    ] = None


class BulkGoal(Input):
    """A goal of a person, as each of them gets it."""

    title: Line
    description: Prose = ""
    cycle_id: UUID | None = None
    parent_id: Annotated[UUID | None, Field(description="Align them to this goal.")] = None
    parent_key_result_id: Annotated[
        UUID | None, Field(description="Align them to this key result, and so to its goal.")
    ] = None
    ambition: AmbitionField = Ambition.COMMITTED
    purpose: Purpose = Purpose.BUSINESS
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


People = Annotated[list[UUID], Field(min_length=1, max_length=1_000)]


class BulkPeople(Input):
    """Whoever all of the first four parts name, and `also_person_ids`, but not
    `except_person_ids`. Say at least for whom."""

    department_id: Annotated[
        UUID | None, Field(description="Who works in it or in one below it.")
    ] = None
    team_id: Annotated[UUID | None, Field(description="Who belongs to it.")] = None
    manager_id: Annotated[UUID | None, Field(description="Everybody below them.")] = None
    person_ids: Annotated[People | None, Field(description="These people.")] = None
    also_person_ids: Annotated[
        People | None, Field(description="These people too, whatever the other parts say.")
    ] = None
    except_person_ids: Annotated[
        People | None, Field(description="Not these people, whatever the other parts say.")
    ] = None


class GoalBulk(Input):
    mode: Annotated[
        Literal["dry_run", "apply"],
        Field(description="`dry_run` tells what `apply` would do, and sets nothing."),
    ]
    goals: Annotated[list[BulkGoal], Field(min_length=1, max_length=25)]
    people: BulkPeople
    skip_who_has_one: Annotated[
        bool,
        Field(
            description="Nobody gets a goal again that they have: one of this title in this "
            "cycle that has not ended and that you can see."
        ),
    ] = False

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Uuid,
    and_,
    column,
    func,
    literal,
    not_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from perfapi.core.access import Act, load, there_is
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.documents import json_object, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.core.schema import AsOf
from perfapi.domains.organizations.queries import instant_of
from perfapi.domains.people.models import Department, Person, Status, Team
from perfapi.domains.people.queries import visible_person_ids

from . import measures, policy, schemas
from .documents import (
    GOES_ALONG,
    around,
    documents_of_goals,
    fields_of_detail,
    fields_of_goal,
    has_part_in_it,
    ids_below,
    key_result_count,
    lower,
    status_of_goal,
)
from .models import Goal, GoalCycle, GoalProgress, GoalState, KeyResult
from .moments import NOW, THEN, Moment
from .nudges.policy import WAS_ASKED

GOAL = documents_of_goals(schemas.GoalDetail, fields_of_detail(NOW), NOW)
_GOAL_THEN = documents_of_goals(schemas.GoalDetail, fields_of_detail(THEN), THEN)


def _goals(at: Moment, *, archived: bool | None = None) -> Listing[schemas.GoalPage]:
    goal, parent = at.goal, around(at).parent
    is_meant = true() if archived is None else (goal.state == GoalState.ARCHIVED) == archived
    return Listing(
        schemas.GoalPage,
        documents_of_goals(schemas.Goal, fields_of_goal(at), at).where(is_meant),
        schemas.GoalConditions,
        sorts={
            "title": (goal.title, goal.id),
            "-updated_at": (goal.updated_at.desc(), goal.id.desc()),
            "due_on": (goal.due_on, goal.id),
        },
        person_id=lambda person_id: has_part_in_it(person_id, at),
        # A parent that YOU cannot see has no children here, as one that does not exist.
        parent_id=lambda parent_id: parent.id == parent_id,
        parent_key_result_id=lambda key_result_id: and_(
            parent.id.is_not(None), goal.parent_key_result_id == key_result_id
        ),
        status=lambda status: status == status_of_goal(at),
        q=lambda text: func.strpos(func.lower(goal.title), func.lower(text)) > 0,
        updated_since=lambda moment: goal.updated_at >= moment,
    )


EVERY_GOAL = _goals(NOW)
GOALS = _goals(NOW, archived=False)
_ARCHIVED_GOALS = _goals(NOW, archived=True)
_GOALS_THEN = _goals(THEN, archived=False)
_ARCHIVED_GOALS_THEN = _goals(THEN, archived=True)

NEEDS = (
    select(
        literal("goal_check_in_due").label("kind"),
        literal("goals").label("resource"),
        Goal.id.label("id"),
        Goal.title.label("title"),
        select(GoalCycle.name)
        .where(GoalCycle.organization_id == ORGANIZATION, GoalCycle.id == Goal.cycle_id)
        .correlate(Goal)
        .scalar_subquery()
        .label("detail"),
        measures.quiet_since(Goal, GoalProgress.checked_in_at).label("since"),
        literal(1).label("count"),
    )
    .select_from(Goal)
    .join(GoalProgress, NOW.of(Goal, GoalProgress, GoalProgress.goal_id == Goal.id))
    .where(
        Goal.organization_id == ORGANIZATION,
        Goal.owner_id == YOU,
        measures.waits_for_check_ins(Goal, key_result_count(NOW) > 0),
        measures.quiet_days(Goal, GoalProgress.checked_in_at) >= measures.TWO_WEEKS,
        not_(WAS_ASKED),
    )
)
"""For "Needs you now": active goals of yours without a check-in for two weeks, but for those that
somebody asked about: they wait by themselves."""


def goal_ref(foreign_key: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The goal behind a foreign key, as other resources mention it; null if YOU do not see it."""
    goal = aliased(Goal)
    here = foreign_key.parent.entity
    return (
        select(json_object(schemas.GoalRef, goal))
        .where(
            goal.organization_id == here.organization_id,
            goal.id == foreign_key,
            policy.may_see(goal),
        )
        .correlate_except(goal)
        .scalar_subquery()
    )


def you_see_goal(goal_id: Any) -> ColumnElement[bool]:
    goal = aliased(Goal)
    is_it = (goal.organization_id == ORGANIZATION, goal.id == goal_id)
    return there_is([goal], *is_it, policy.may_see(goal))


async def sees_goal(session: AsyncSession, goal_id: UUID) -> bool:
    found = select(Goal.id).where(Goal.id == goal_id, policy.VISIBLE)
    return (await session.scalars(found)).one_or_none() is not None


async def list_goals(session: AsyncSession, filters: schemas.GoalFilter) -> Json[schemas.GoalPage]:
    """Archived goals only if asked for."""
    archived = filters.state is GoalState.ARCHIVED
    instant = await instant_of(session, filters.as_of)
    if instant is None:
        return await page(session, _ARCHIVED_GOALS if archived else GOALS, filters)
    then = _ARCHIVED_GOALS_THEN if archived else _GOALS_THEN
    return await page(session, then, filters, as_of=instant)


async def read_goal(
    session: AsyncSession, goal_id: UUID, as_of: AsOf | None = None
) -> Json[schemas.GoalDetail]:
    instant = await instant_of(session, as_of)
    if instant is None:
        return await one(session, GOAL, goal_id)
    return await one(session, _GOAL_THEN, goal_id, as_of=instant)


async def goal_after_change(session: AsyncSession, goal_id: UUID) -> Json[schemas.GoalDetail]:
    return await outcome(session, GOAL, goal_id)


async def lock_goal(session: AsyncSession, goal_id: UUID, *acts: Act) -> Goal:
    return await load(session, policy.VISIBLE, goal_id, *acts, entity=Goal, lock=True)


async def find_goal_to_align_to(session: AsyncSession, goal_id: UUID) -> tuple[Goal, bool] | None:
    """If YOU see it; and whether goals may be aligned to it."""
    is_open = and_(*(act.condition for act in policy.MAY_ALIGN_TO))
    statement = select(Goal, is_open).where(Goal.id == goal_id, policy.VISIBLE)
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else (row[0], row[1])


async def find_status_of_owner(session: AsyncSession, person_id: UUID) -> Status | None:
    """None if there is no such person for YOU."""
    if person_id not in await visible_person_ids(session, {person_id}):
        return None
    statement = select(Person.status).where(Person.id == person_id)
    return (await session.scalars(statement)).one_or_none()


async def is_department(session: AsyncSession, department_id: UUID) -> bool:
    return (
        await session.scalar(select(Department.id).where(Department.id == department_id))
        is not None
    )


async def is_team(session: AsyncSession, team_id: UUID) -> bool:
    return await session.scalar(select(Team.id).where(Team.id == team_id)) is not None


async def goals_above(session: AsyncSession, goal_id: UUID) -> list[UUID]:
    """The goals above it, visible or not, the nearest first."""
    above = func.goals_above(ORGANIZATION, goal_id).table_valued(
        column("goal_id", Uuid()), column("steps", Integer())
    )
    return list(await session.scalars(select(above.c.goal_id).order_by(above.c.steps)))


async def levels_below(session: AsyncSession, goal_id: UUID) -> int:
    """How many levels of goals are aligned to it."""
    start = select(Goal.id, literal(0).label("depth")).where(Goal.id == goal_id)
    down = start.cte("down", recursive=True)
    further = select(Goal.id, down.c.depth + 1).join(down, Goal.parent_id == down.c.id)
    found = await session.scalar(select(func.max(down.union_all(further).c.depth)))
    return found or 0


async def ids_that_go_along(session: AsyncSession, goal_id: UUID) -> list[UUID]:
    statement = (
        select(lower.id)
        .select_from(Goal)
        .join(ids_below, true())
        .join(lower, and_(*GOES_ALONG))
        .where(Goal.id == goal_id)
    )
    return list(await session.scalars(statement))


async def find_goal_of_key_result(session: AsyncSession, key_result_id: UUID) -> UUID | None:
    """None if there is no such key result for YOU, or if it is archived."""
    statement = (
        select(Goal.id)
        .join(KeyResult, KeyResult.goal_id == Goal.id)
        .where(KeyResult.id == key_result_id, KeyResult.archived_at.is_(None), policy.VISIBLE)
    )
    return await session.scalar(statement)

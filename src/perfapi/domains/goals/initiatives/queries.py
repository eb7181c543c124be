from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import Act, permissions, refuse
from perfapi.core.answers import Json
from perfapi.core.documents import documents, one, outcome, reference
from perfapi.core.errors import NotFound
from perfapi.core.listings import Listing, page
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.key_results.queries import see_goal
from perfapi.domains.goals.key_results.schemas import KeyResultRef
from perfapi.domains.goals.models import Goal, Initiative, KeyResult
from perfapi.domains.people.queries import person_ref

from . import policy, schemas

_ITS_GOAL = and_(Goal.organization_id == Initiative.organization_id, Goal.id == Initiative.goal_id)

_INITIATIVE = (
    documents(
        schemas.Initiative,
        Initiative,
        key_result=reference(KeyResultRef, KeyResult, Initiative.key_result_id),
        owner=person_ref(Initiative.owner_id),
        permissions=permissions(
            edit=policy.MAY_EDIT,
            complete=policy.MAY_COMPLETE,
            resume=policy.MAY_RESUME,
            remove=policy.MAY_REMOVE,
        ),
    )
    .select_from(Initiative)
    .join(Goal, _ITS_GOAL)
    .where(goals.VISIBLE)
)

_OF_A_GOAL = Listing(
    schemas.InitiativePage,
    _INITIATIVE.where(Goal.id == bindparam("goal_id", type_=Uuid())),
    schemas.InitiativeFilter,
    sorts={"oldest": (Initiative.id,)},
    is_done=lambda wanted: Initiative.done_at.is_not(None) == wanted,
)


async def list_initiatives(
    session: AsyncSession, goal_id: UUID, filters: schemas.InitiativeFilter
) -> Json[schemas.InitiativePage]:
    await see_goal(session, goal_id)
    return await page(session, _OF_A_GOAL, filters, goal_id=goal_id)


async def read_initiative(session: AsyncSession, initiative_id: UUID) -> Json[schemas.Initiative]:
    return await one(session, _INITIATIVE, initiative_id)


async def initiative_after_change(
    session: AsyncSession, initiative_id: UUID
) -> Json[schemas.Initiative]:
    return await outcome(session, _INITIATIVE, initiative_id)


async def lock_initiative(
    session: AsyncSession, initiative_id: UUID, *acts: Act
) -> tuple[Initiative, Goal]:
    """With its goal, which does not end meanwhile."""
    conditions: list[Any] = [act.condition for act in acts]
    statement = (
        select(Initiative, Goal, *conditions)
        .join(Goal, _ITS_GOAL)
        .where(Initiative.id == initiative_id, goals.VISIBLE)
        .with_for_update(of=[Goal, Initiative])
    )
    found = (await session.execute(statement)).one_or_none()
    if found is None:
        raise NotFound()
    initiative, goal, *answers = found
    refuse(acts, answers)
    return initiative, goal


async def count_initiatives(session: AsyncSession, goal_id: UUID) -> int:
    counted = select(func.count()).select_from(Initiative).where(Initiative.goal_id == goal_id)
    return (await session.execute(counted)).scalar_one()


async def is_key_result_of(session: AsyncSession, key_result_id: UUID, goal_id: UUID) -> bool:
    """And not archived."""
    found = select(KeyResult.id).where(
        KeyResult.id == key_result_id, KeyResult.goal_id == goal_id, KeyResult.archived_at.is_(None)
    )
    return await session.scalar(found) is not None

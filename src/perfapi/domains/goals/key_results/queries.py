from collections.abc import Collection
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import Act, load, permissions, refuse
from perfapi.core.answers import Json
from perfapi.core.constants import spelled_out
from perfapi.core.db import own_rows
from perfapi.core.documents import Column, children, documents, one, outcome
from perfapi.core.errors import NotFound
from perfapi.core.listings import Listing, page
from perfapi.domains.goals import measures
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.models import (
    CheckIn,
    CheckInMilestone,
    Goal,
    Initiative,
    KeyResult,
    KeyResultKind,
    KeyResultProgress,
    Milestone,
)
from perfapi.domains.goals.moments import NOW, Moment

from . import policy, schemas

_ITS_GOAL = and_(Goal.organization_id == KeyResult.organization_id, Goal.id == KeyResult.goal_id)


def _stands(at: Moment) -> ColumnElement[bool]:
    return at.of(at.key_result, at.standing, at.standing.key_result_id == at.key_result.id)


def _in_use(at: Moment) -> tuple[ColumnElement[bool], ...]:
    step = at.milestone
    return (
        at.of(at.key_result, step, step.key_result_id == at.key_result.id),
        step.archived_at.is_(None),
    )


def _if_measured_by_milestones(
    at: Moment, found: ColumnElement[Any], otherwise: Any
) -> ColumnElement[Any]:
    """Of other kinds nothing is looked up."""
    return case((at.key_result.kind == KeyResultKind.MILESTONES, found), else_=otherwise)


def _standing(at: Moment) -> dict[str, Column]:
    step, standing = at.milestone, at.standing
    milestones = children(schemas.Milestone, step, *_in_use(at), order=(step.position, step.id))
    return {
        "milestones": _if_measured_by_milestones(at, milestones, func.json_build_array()),
        "period_score": measures.period_score(at.key_result, at.goal, at),
        "current": standing.current,
        "raw_progress": standing.raw_progress,
        "progress": standing.progress,
        "confidence": standing.confidence,
        "checked_in_at": standing.checked_in_at,
        "permissions": _PERMISSIONS if at.is_now else func.json_build_array(),
    }


_PERMISSIONS = permissions(
    edit=policy.MAY_EDIT, check_in=policy.MAY_CHECK_IN, remove=policy.MAY_REMOVE
)

_KEY_RESULT = (
    documents(schemas.KeyResult, KeyResult, **_standing(NOW))
    .select_from(KeyResult)
    .join(KeyResultProgress, _stands(NOW))
    .join(Goal, _ITS_GOAL)
    .where(goals.VISIBLE)
)

_OF_A_GOAL = Listing(
    schemas.KeyResultPage,
    _KEY_RESULT.where(Goal.id == bindparam("goal_id", type_=Uuid())),
    schemas.KeyResultFilter,
    sorts={"position": (KeyResult.position, KeyResult.id)},
    archived=lambda wanted: KeyResult.archived_at.is_not(None) == wanted,
)


def key_results_of_goal(at: Moment) -> ColumnElement[Any]:
    """For documents of a goal: its key results in their order, without the archived ones."""
    key_result = at.key_result
    return children(
        schemas.KeyResult,
        key_result,
        at.of(at.goal, key_result, key_result.goal_id == at.goal.id),
        _stands(at),
        key_result.archived_at.is_(None),
        order=(key_result.position, key_result.id),
        limit=200,
        **_standing(at),
    )


def milestone_count(at: Moment) -> ColumnElement[Any]:
    """For documents with many key results: how many are done, of how many."""
    step = at.milestone
    done = func.count().filter(step.done_at.is_not(None))
    counts = (
        select(func.json_build_object("done", done, "total", func.count()))
        .where(*_in_use(at))
        .correlate_except(step)
        .scalar_subquery()
    )
    return _if_measured_by_milestones(at, counts, null())


async def list_key_results(
    session: AsyncSession, goal_id: UUID, filters: schemas.KeyResultFilter
) -> Json[schemas.KeyResultPage]:
    await see_goal(session, goal_id)
    return await page(session, _OF_A_GOAL, filters, goal_id=goal_id)


async def read_key_result(session: AsyncSession, key_result_id: UUID) -> Json[schemas.KeyResult]:
    return await one(session, _KEY_RESULT, key_result_id)


async def key_result_after_change(
    session: AsyncSession, key_result_id: UUID
) -> Json[schemas.KeyResult]:
    return await outcome(session, _KEY_RESULT, key_result_id)


async def see_goal(session: AsyncSession, goal_id: UUID) -> None:
    """404 unless YOU see the goal."""
    await load(session, goals.VISIBLE, goal_id, entity=Goal)


async def see_key_result(session: AsyncSession, key_result_id: UUID) -> None:
    await load(session, policy.VISIBLE, key_result_id, entity=KeyResult)


async def lock_goal(session: AsyncSession, goal_id: UUID, *acts: Act) -> Goal:
    return await load(session, goals.VISIBLE, goal_id, *acts, entity=Goal, lock=True)


async def lock_key_result(
    session: AsyncSession, key_result_id: UUID, *acts: Act
) -> tuple[KeyResult, Goal]:
    """With its goal: neither changes under the hands of whoever locks them."""
    found = (await session.execute(_locking(acts), {"row_id": key_result_id})).one_or_none()
    if found is None:
        raise NotFound()
    key_result, goal, *answers = found
    refuse(acts, answers)
    return key_result, goal


@lru_cache
def _locking(acts: tuple[Act, ...]) -> Select[Any]:
    conditions: list[Any] = [act.condition for act in acts]
    statement = (
        select(KeyResult, Goal, *conditions)
        .join(Goal, _ITS_GOAL)
        .where(KeyResult.id == bindparam("row_id"), goals.VISIBLE)
    )
    return own_rows(spelled_out(statement).with_for_update(of=[Goal, KeyResult]))


async def count_and_last_position(session: AsyncSession, goal_id: UUID) -> tuple[int, int]:
    """Of the goal's key results that are not archived."""
    statement = select(func.count(), func.coalesce(func.max(KeyResult.position), -1)).where(
        KeyResult.goal_id == goal_id, KeyResult.archived_at.is_(None)
    )
    count, last = (await session.execute(statement)).one()
    return count, last


async def has_check_ins(session: AsyncSession, key_result_id: UUID) -> bool:
    statement = select(exists().where(CheckIn.key_result_id == key_result_id))
    return bool((await session.execute(statement)).scalar_one())


async def is_referred_to(session: AsyncSession, key_result_id: UUID) -> bool:
    """There are check-ins on it, goals that are aligned to it, or initiatives that serve it."""
    statement = select(
        or_(
            exists().where(CheckIn.key_result_id == key_result_id),
            exists().where(Goal.parent_key_result_id == key_result_id),
            exists().where(Initiative.key_result_id == key_result_id),
        )
    )
    return bool((await session.execute(statement)).scalar_one())


async def ids_of_key_results(session: AsyncSession, goal_id: UUID) -> list[UUID]:
    """In their order, without archived ones."""
    found = select(KeyResult.id).where(
        KeyResult.goal_id == goal_id, KeyResult.archived_at.is_(None)
    )
    return list(await session.scalars(found.order_by(KeyResult.position, KeyResult.id)))


async def milestones_in_use(session: AsyncSession, key_result_id: UUID) -> list[Milestone]:
    """In their order."""
    found = select(Milestone).where(
        Milestone.key_result_id == key_result_id, Milestone.archived_at.is_(None)
    )
    return list(await session.scalars(found.order_by(Milestone.position, Milestone.id)))


async def named_in_check_ins(session: AsyncSession, milestone_ids: Collection[UUID]) -> set[UUID]:
    named = select(CheckInMilestone.milestone_id).where(
        CheckInMilestone.milestone_id.in_(milestone_ids)
    )
    return set(await session.scalars(named.distinct()))

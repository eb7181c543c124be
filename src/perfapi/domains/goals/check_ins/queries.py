from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Insert, Table, Uuid, and_, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import load
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.documents import children, documents, json_object, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.goals.key_results.policy import VISIBLE
from perfapi.domains.goals.key_results.queries import see_goal, see_key_result
from perfapi.domains.goals.key_results.schemas import KeyResultRef, MilestoneRef
from perfapi.domains.goals.models import RAW, CheckIn, CheckInMilestone, KeyResult, Milestone
from perfapi.domains.goals.reactions.queries import reactions_to_check_in
from perfapi.domains.organizations.queries import instant_of
from perfapi.domains.people.queries import person_ref

from . import policy, schemas

_TABLE = cast("Table", CheckIn.__table__)


def _entering() -> Insert:
    """How far its value is says the key result as it stands, which the caller has locked."""
    told = {name: _told(name) for name in ("id", "author_id", "value", "confidence", "comment")}
    way = (KeyResult.start, KeyResult.target, KeyResult.lower, KeyResult.upper, KeyResult.tolerance)
    raw = func.progress_at(told["value"], *way, type_=RAW)
    row = told | {
        "organization_id": KeyResult.organization_id,
        "key_result_id": KeyResult.id,
        "raw_progress": raw,
        "progress": func.least(func.greatest(raw, 0), 1),
        # Not the beginning of the transaction: whoever waited for the lock checked in later.
        "checked_in_at": func.coalesce(_told("checked_in_at"), func.clock_timestamp()),
    }
    its_key_result = (
        KeyResult.organization_id == ORGANIZATION,
        KeyResult.id == _told("key_result_id"),
    )
    return insert(_TABLE).from_select(list(row), select(*row.values()).where(*its_key_result))


def _told(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=_TABLE.c[name].type)


ENTER = _entering()
"""A check-in as it is told; without an instant it happens now."""

_ITS_KEY_RESULT = and_(
    KeyResult.organization_id == CheckIn.organization_id, KeyResult.id == CheckIn.key_result_id
)
_AUTHOR = person_ref(CheckIn.author_id)
_DONE_MILESTONES = children(
    MilestoneRef,
    Milestone,
    CheckInMilestone.organization_id == CheckIn.organization_id,
    CheckInMilestone.check_in_id == CheckIn.id,
    Milestone.organization_id == CheckInMilestone.organization_id,
    Milestone.id == CheckInMilestone.milestone_id,
    order=(Milestone.position, Milestone.id),
)
_REACTIONS = reactions_to_check_in(CheckIn.id)


def _until(instant: ColumnElement[Any]) -> ColumnElement[bool]:
    return CheckIn.checked_in_at <= instant


_NEWEST = {"newest": (CheckIn.checked_in_at.desc(), CheckIn.id.desc())}

_CHECK_IN = (
    documents(
        schemas.CheckIn,
        CheckIn,
        author=_AUTHOR,
        done_milestones=_DONE_MILESTONES,
        reactions=_REACTIONS,
    )
    .join(KeyResult, _ITS_KEY_RESULT)
    .where(VISIBLE)
)

_OF_A_KEY_RESULT = Listing(
    schemas.CheckInPage,
    _CHECK_IN.where(KeyResult.id == bindparam("key_result_id", type_=Uuid())),
    schemas.CheckInFilter,
    sorts=_NEWEST,
    as_of=_until,
)

_OF_A_GOAL = Listing(
    schemas.GoalCheckInPage,
    documents(
        schemas.GoalCheckIn,
        CheckIn,
        author=_AUTHOR,
        done_milestones=_DONE_MILESTONES,
        reactions=_REACTIONS,
        key_result=json_object(KeyResultRef, KeyResult),
    )
    .select_from(CheckIn)
    .join(KeyResult, _ITS_KEY_RESULT)
    .where(VISIBLE, KeyResult.goal_id == bindparam("goal_id", type_=Uuid())),
    schemas.CheckInFilter,
    sorts=_NEWEST,
    as_of=_until,
)


async def list_check_ins(
    session: AsyncSession, key_result_id: UUID, filters: schemas.CheckInFilter
) -> Json[schemas.CheckInPage]:
    await see_key_result(session, key_result_id)
    made = await _looking_back(session, filters)
    return await page(session, _OF_A_KEY_RESULT, made, key_result_id=key_result_id)


async def list_goal_check_ins(
    session: AsyncSession, goal_id: UUID, filters: schemas.CheckInFilter
) -> Json[schemas.GoalCheckInPage]:
    await see_goal(session, goal_id)
    return await page(session, _OF_A_GOAL, await _looking_back(session, filters), goal_id=goal_id)


async def _looking_back(
    session: AsyncSession, filters: schemas.CheckInFilter
) -> schemas.CheckInFilter:
    """With the instant that the day stands for."""
    return filters.model_copy(update={"as_of": await instant_of(session, filters.as_of)})


async def check_in_after_change(session: AsyncSession, check_in_id: UUID) -> Json[schemas.CheckIn]:
    return await outcome(session, _CHECK_IN, check_in_id)


async def see_check_in(session: AsyncSession, check_in_id: UUID) -> None:
    """404 unless YOU see the goal that it is about."""
    await load(session, policy.VISIBLE, check_in_id, entity=CheckIn)

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, case, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.answers import Json
from perfapi.core.documents import Column, documents, json_object
from perfapi.core.listings import Listing, page
from perfapi.domains.goals import policy
from perfapi.domains.goals.key_results.queries import see_goal
from perfapi.domains.goals.models import Ambition, Closing, Goal
from perfapi.domains.goals.moments import Moment
from perfapi.domains.people.queries import person_ref

from . import schemas

_RETROSPECTIVE = json_object(schemas.Retrospective, Closing)

_OF_A_GOAL = Listing(
    schemas.ClosingPage,
    documents(
        schemas.Closing,
        Closing,
        retrospective=_RETROSPECTIVE,
        closed_by=person_ref(Closing.closed_by_id),
    )
    .select_from(Closing)
    .join(Goal, and_(Goal.organization_id == Closing.organization_id, Goal.id == Closing.goal_id))
    .where(policy.VISIBLE, Goal.id == bindparam("goal_id", type_=Uuid())),
    schemas.ClosingFilter,
    sorts={"newest": (Closing.closed_at.desc(), Closing.id.desc())},
)


def _latest(value: Any, at: Moment) -> ColumnElement[Any]:
    found = select(value).where(
        Closing.organization_id == at.goal.organization_id, Closing.goal_id == at.goal.id
    )
    if not at.is_now:
        found = found.where(Closing.closed_at <= at.instant)
    return (
        found.order_by(Closing.closed_at.desc(), Closing.id.desc())
        .limit(1)
        .correlate(at.goal)
        .scalar_subquery()
    )


def latest_closing(at: Moment) -> dict[str, Column]:
    """For documents of a goal: how it ended last, whatever has become of it since."""
    score = _latest(Closing.score, at)
    enough = case((at.goal.ambition == Ambition.ASPIRATIONAL, literal("0.7")), else_=literal("1"))
    return {
        "closing_note": _latest(Closing.note, at),
        "retrospective": _latest(_RETROSPECTIVE, at),
        "final_score": score,
        "is_success": score >= enough.cast(Closing.score.type),
    }


def last_closed_at(at: Moment) -> ColumnElement[Any]:
    return _latest(Closing.closed_at, at)


async def list_goal_closings(
    session: AsyncSession, goal_id: UUID, filters: schemas.ClosingFilter
) -> Json[schemas.ClosingPage]:
    await see_goal(session, goal_id)
    return await page(session, _OF_A_GOAL, filters, goal_id=goal_id)

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals import rollup
from perfapi.domains.goals.events import CheckedIn
from perfapi.domains.goals.key_results.kinds import ensure_value, missing
from perfapi.domains.goals.key_results.policy import MAY_CHECK_IN
from perfapi.domains.goals.key_results.queries import lock_key_result, milestones_in_use
from perfapi.domains.goals.models import CheckInMilestone, KeyResult, KeyResultKind
from perfapi.domains.goals.nudges.service import news_are_here
from perfapi.domains.goals.reactions import service as reactions
from perfapi.domains.goals.reactions.models import ReactionKind

from . import queries
from .schemas import CheckInCreate


async def check_in(
    session: AsyncSession,
    actor: Actor,
    key_result_id: UUID,
    body: CheckInCreate,
    *,
    at: datetime | None = None,
) -> UUID:
    """Adds to the history and moves every goal above. `at` is for history that is brought along."""
    await rollup.hold_alignment(session)
    key_result, goal = await lock_key_result(session, key_result_id, *MAY_CHECK_IN)
    done = await _done_milestones(session, key_result, body)
    value = await _value(session, key_result, body, done)
    entry = uuid7()
    told = {
        "id": entry,
        "key_result_id": key_result.id,
        "author_id": actor.person_id,
        "value": value,
        "confidence": body.confidence,
        "comment": body.comment,
        "checked_in_at": at,
    }
    await session.execute(queries.ENTER, facts(session) | told)
    session.add_all(CheckInMilestone(check_in_id=entry, milestone_id=step) for step in done)
    checked_in = CheckedIn(check_in_id=entry, key_result_id=key_result.id, goal_id=goal.id)
    publish(session, checked_in, by=actor.person_id)
    await news_are_here(session, goal.id)
    await rollup.settle_and_roll_up(session, key_result.id, goal.id)
    return entry


async def _done_milestones(
    session: AsyncSession, key_result: KeyResult, body: CheckInCreate
) -> list[UUID]:
    place = "/done_milestone_ids"
    if key_result.kind is not KeyResultKind.MILESTONES:
        if body.done_milestone_ids is not None:
            raise invalid(place, "not_of_this_kind", "This key result has no milestones.")
        return []
    if body.done_milestone_ids is None:
        raise missing(place, "Name the milestones that are done by now.")
    known = {step.id for step in await milestones_in_use(session, key_result.id)}
    for number, step in enumerate(body.done_milestone_ids):
        if step not in known:
            raise invalid(f"{place}/{number}", "not_found", "There is no such milestone.")
    return list(dict.fromkeys(body.done_milestone_ids))


async def _value(
    session: AsyncSession, key_result: KeyResult, body: CheckInCreate, done: list[UUID]
) -> Decimal:
    if key_result.kind is KeyResultKind.MILESTONES:
        if body.value is not None:
            detail = "Its value follows from the milestones that are done."
            raise invalid("/value", "not_of_this_kind", detail)
        return await rollup.share_of_milestones(session, key_result.id, done)
    if body.value is None:
        raise missing("/value", "Say what it measures by now.")
    ensure_value(key_result.kind, body.value)
    return body.value


async def cheer_check_in(
    session: AsyncSession, actor: Actor, check_in_id: UUID, kind: ReactionKind
) -> None:
    await queries.see_check_in(session, check_in_id)
    await reactions.react_to_check_in(session, actor, check_in_id, kind)


async def take_back_cheer(
    session: AsyncSession, actor: Actor, check_in_id: UUID, kind: ReactionKind
) -> None:
    await queries.see_check_in(session, check_in_id)
    await reactions.take_back_reaction_to_check_in(session, actor, check_in_id, kind)

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.events import publish
from perfapi.domains.goals import rollup
from perfapi.domains.goals.events import CheckedIn
from perfapi.domains.goals.key_results.policy import MAY_CHECK_IN
from perfapi.domains.goals.key_results.queries import lock_key_result
from perfapi.domains.goals.models import RAW, CheckIn
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
    way, distance = body.value - key_result.start, key_result.target - key_result.start
    raw = func.ratio_half_even(way, distance, type_=RAW)
    entry = CheckIn(
        key_result_id=key_result.id,
        author_id=actor.person_id,
        raw_progress=raw,
        progress=func.least(func.greatest(raw, 0), 1),
        # Not the beginning of the transaction: whoever waited for the lock checked in later.
        checked_in_at=at or func.clock_timestamp(),
        **body.model_dump(),
    )
    session.add(entry)
    await rollup.settle_key_results(session, [key_result.id])
    await rollup.roll_up(session, goal.id)
    checked_in = CheckedIn(check_in_id=entry.id, key_result_id=key_result.id, goal_id=goal.id)
    publish(session, checked_in, by=actor.person_id)
    return entry.id


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

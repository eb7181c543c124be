"""Progress in step with what moves it, within the transaction that moves it.

Whoever changes a goal or what it is measured by first *holds the alignment* (many at a time), then
locks that goal, and settles and rolls up last. Whoever moves a goal below another parent, or
recomputes everything, *freezes the alignment* (one at a time, and nobody holds it meanwhile): so a
chain of goals stands still while somebody rolls up along it, and two moves cannot close a circle.
The arithmetic is PostgreSQL's, in functions that the full recompute shares with the check-in.
"""

import asyncio
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts

from .errors import AlignmentBusy

# The seed is ours alone: no other lock of the organization has it.
_LOCK = "uuid_hash_extended(:organization, 60415)"
_HOLD = text(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
# Waits for 300 ms at most, and tells whether it has the lock.
_FREEZE = text("SELECT freeze_alignment(:organization)")
TRIES = 8
FOR_A_JOB = 1_500
"""Tries of work that nobody waits for: some ten minutes, more than the largest bulk run takes."""

_IDS = bindparam("ids", type_=ARRAY(Uuid()))
_SETTLE_KEY_RESULTS = text("SELECT settle_key_results(:organization, :ids)").bindparams(_IDS)
_SETTLE_GOALS = text("SELECT settle_goals(:organization, :ids)").bindparams(_IDS)
_SHARE = text("SELECT share_of_milestones(:organization, :key_result, :ids)").bindparams(_IDS)
_ROLL_UP = text("SELECT roll_up(:organization, :ids)").bindparams(_IDS)
# What stands behind FROM has happened before what is selected begins.
_SETTLE_AND_ROLL_UP = text(
    "SELECT roll_up(:organization, ARRAY[CAST(:goal AS uuid)]) "
    "FROM settle_key_results(:organization, :ids)"
).bindparams(_IDS)

_KEY_RESULTS = text(
    "SELECT id FROM key_results WHERE organization_id = :organization ORDER BY goal_id, id"
)
_LEVELS = text(
    """
    WITH RECURSIVE down AS (
        SELECT id, 0 AS depth FROM goals
        WHERE organization_id = :organization AND parent_id IS NULL
        UNION ALL
        SELECT g.id, down.depth + 1 FROM goals g JOIN down ON g.parent_id = down.id
        WHERE g.organization_id = :organization
    )
    SELECT array_agg(id ORDER BY id) FROM down GROUP BY depth ORDER BY depth DESC
    """
)


async def hold_alignment(session: AsyncSession) -> None:
    await _run(session, _HOLD)


async def freeze_alignment(session: AsyncSession, *, tries: int = TRIES) -> None:
    """Whoever waits for the whole lock holds up everybody who comes later: PostgreSQL serves in
    turn. So it is asked for briefly, and between two tries those who hold it together get by. A
    bulk run may hold it for longer than a request waits."""
    for left in reversed(range(tries)):
        if await _run(session, _FREEZE):
            return
        if left:
            await asyncio.sleep(random.uniform(0.05, 0.15))
    raise AlignmentBusy()


async def settle_key_results(session: AsyncSession, ids: Sequence[UUID]) -> int:
    """Puts key results where their last check-in left them; how many were not there yet."""
    return int(await _run(session, _SETTLE_KEY_RESULTS, ids=list(ids)))


async def share_of_milestones(
    session: AsyncSession, key_result_id: UUID, done: Sequence[UUID]
) -> Decimal:
    """The weights of those that are done, of the weights of all."""
    share: Decimal = await _run(session, _SHARE, key_result=key_result_id, ids=list(done))
    return share


async def settle_goals(session: AsyncSession, ids: Sequence[UUID]) -> int:
    """Rolls up goals none of which is above another; how many were not right yet."""
    return int(await _run(session, _SETTLE_GOALS, ids=list(ids)))


async def roll_up(session: AsyncSession, *goal_ids: UUID) -> None:
    """Rolls up these goals and everything above them, each from its direct children."""
    await _run(session, _ROLL_UP, ids=list(goal_ids))


async def settle_and_roll_up(session: AsyncSession, key_result_id: UUID, goal_id: UUID) -> None:
    """The two after each other, as a check-in needs them, in one statement."""
    await _run(session, _SETTLE_AND_ROLL_UP, ids=[key_result_id], goal=goal_id)


async def all_key_results(session: AsyncSession) -> list[UUID]:
    found = await session.execute(_KEY_RESULTS, {"organization": facts(session)["organization"]})
    return list(found.scalars())


async def levels(session: AsyncSession) -> list[list[UUID]]:
    """All goals by their distance from the top, the deepest first."""
    found = await session.execute(_LEVELS, {"organization": facts(session)["organization"]})
    return list(found.scalars())


async def _run(session: AsyncSession, statement: Any, **given: Any) -> Any:
    await session.flush()
    given["organization"] = facts(session)["organization"]
    return (await session.execute(statement, given)).scalar_one()

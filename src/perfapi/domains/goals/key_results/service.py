from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals import agreement, rollup
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.errors import TooManyKeyResults
from perfapi.domains.goals.events import KeyResultAdded, KeyResultChanged, KeyResultRemoved
from perfapi.domains.goals.models import KeyResult, KeyResultKind

from . import policy, queries
from .schemas import KeyResultCreate, KeyResultUpdate

MOST = 50


async def add_key_result(
    session: AsyncSession, actor: Actor, goal_id: UUID, body: KeyResultCreate
) -> UUID:
    await rollup.hold_alignment(session)
    goal = await queries.lock_goal(session, goal_id, *goals.MAY_ADD_KEY_RESULT)
    count, last = await queries.count_and_last_position(session, goal.id)
    if count >= MOST:
        raise TooManyKeyResults()
    [key_result_id] = await measure_goal(session, actor, goal.id, [body], after=last)
    await rollup.roll_up(session, goal.id)
    await agreement.propose_again(session, actor, goal)
    return key_result_id


async def measure_goal(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    bodies: Sequence[KeyResultCreate],
    *,
    after: int = -1,
    at: str = "",
) -> list[UUID]:
    """Gives a goal key results, without rolling up; `at` is where the bodies stand in the body."""
    added = []
    for number, body in enumerate(bodies):
        where = f"{at}/{number}" if at else ""
        _ensure_sense(body.model_dump(), pointer=where)
        position = after + 1 + number
        added.append(KeyResult(id=uuid7(), goal_id=goal_id, position=position, **body.model_dump()))
    session.add_all(added)
    await rollup.settle_key_results(session, [key_result.id for key_result in added])
    publish(
        session,
        *(KeyResultAdded(key_result_id=key_result.id, goal_id=goal_id) for key_result in added),
        by=actor.person_id,
    )
    return [key_result.id for key_result in added]


async def update_key_result(
    session: AsyncSession,
    actor: Actor,
    key_result_id: UUID,
    body: KeyResultUpdate,
    version: int | None,
) -> None:
    await rollup.hold_alignment(session)
    key_result, goal = await queries.lock_key_result(session, key_result_id, *policy.MAY_EDIT)
    key_result.expect(version)
    changes = body.model_dump()
    for field, value in changes.items():
        setattr(key_result, field, value)
    _ensure_sense(
        {name: getattr(key_result, name) for name in ("kind", "unit", "start", "target")},
        start_was_sent="start" in changes and "target" not in changes,
    )
    if changes.keys() & {"start", "target"}:
        await rollup.settle_key_results(session, [key_result.id])
    if changes.keys() & {"start", "target", "weight"}:
        await rollup.roll_up(session, goal.id)
    if changes.keys() - {"weight", "position"}:
        await agreement.propose_again(session, actor, goal)
    if changes:
        changed = KeyResultChanged(
            key_result_id=key_result.id, goal_id=goal.id, fields=list(changes)
        )
        publish(session, changed, by=actor.person_id)


async def remove_key_result(
    session: AsyncSession, actor: Actor, key_result_id: UUID, version: int | None
) -> None:
    """Deletes it, or archives it once there are check-ins or goals that serve it."""
    await rollup.hold_alignment(session)
    key_result, goal = await queries.lock_key_result(session, key_result_id, *policy.MAY_REMOVE)
    key_result.expect(version)
    is_archived = await queries.is_referred_to(session, key_result.id)
    if is_archived:
        key_result.archived_at = utcnow()
    else:
        await session.delete(key_result)
    await rollup.roll_up(session, goal.id)
    await agreement.propose_again(session, actor, goal)
    removed = KeyResultRemoved(
        key_result_id=key_result.id, goal_id=goal.id, is_archived=is_archived
    )
    publish(session, removed, by=actor.person_id)


def _ensure_sense(
    fields: dict[str, Any], *, pointer: str = "", start_was_sent: bool = False
) -> None:
    start: Decimal = fields["start"]
    if fields["target"] == start:
        place = "start" if start_was_sent else "target"
        raise invalid(
            f"{pointer}/{place}", "target_is_start", "The target must differ from the start."
        )
    if fields["kind"] == KeyResultKind.PERCENT and fields["unit"] is not None:
        raise invalid(f"{pointer}/unit", "percent_has_no_unit", "Percent has no other unit.")

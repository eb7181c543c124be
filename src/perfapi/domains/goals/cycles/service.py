from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.domains.goals.events import GoalCycleAdded, GoalCycleChanged, GoalCycleClosed
from perfapi.domains.goals.models import GoalCycle
from perfapi.domains.goals.policy import MANAGE_CYCLES
from perfapi.domains.goals.settings.queries import get_goal_settings

from . import policy, queries
from .schemas import GoalCycleCreate, GoalCycleUpdate


async def add_goal_cycle(session: AsyncSession, actor: Actor, body: GoalCycleCreate) -> GoalCycle:
    await access.ensure(session, MANAGE_CYCLES)
    ends_on = body.ends_on or await last_day(session, body.starts_on)
    cycle = GoalCycle(name=body.name, starts_on=body.starts_on, ends_on=ends_on)
    _ensure_order(cycle)
    session.add(cycle)
    await session.flush()
    publish(session, GoalCycleAdded(goal_cycle_id=cycle.id), by=actor.person_id)
    return cycle


async def update_goal_cycle(
    session: AsyncSession,
    actor: Actor,
    cycle_id: UUID,
    body: GoalCycleUpdate,
    version: int | None,
) -> None:
    cycle = await queries.get_goal_cycle(session, cycle_id, *policy.MAY_EDIT)
    cycle.expect(version)
    changes = body.model_dump()
    for field, value in changes.items():
        setattr(cycle, field, value)
    _ensure_order(cycle)
    if changes:
        changed = GoalCycleChanged(goal_cycle_id=cycle.id, fields=list(changes))
        publish(session, changed, by=actor.person_id)


async def close_goal_cycle(
    session: AsyncSession, actor: Actor, cycle_id: UUID, *, at: datetime | None = None
) -> None:
    """`at` is for history that is brought along."""
    cycle = await queries.get_goal_cycle(session, cycle_id, *policy.MAY_CLOSE, lock=True)
    cycle.closed_at = at or utcnow()
    publish(session, GoalCycleClosed(goal_cycle_id=cycle.id), by=actor.person_id)


async def last_day(session: AsyncSession, starts_on: date) -> date:
    """Of something that lasts as long as a cycle does by default."""
    settings = await get_goal_settings(session)
    try:
        return starts_on + timedelta(days=settings["cycle_days"] - 1)
    except OverflowError:
        raise invalid("/starts_on", "date_out_of_range", "It would never end.") from None


def _ensure_order(cycle: GoalCycle) -> None:
    if cycle.ends_on < cycle.starts_on:
        raise invalid("/ends_on", "ends_before_it_starts", "It ends before it starts.")

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import Act, load, permissions
from perfapi.core.answers import Json
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.goals.measures import cycle_state
from perfapi.domains.goals.models import GoalCycle

from . import policy, schemas

_STATE = cycle_state(GoalCycle)

_CYCLE = documents(
    schemas.GoalCycle,
    GoalCycle,
    state=_STATE,
    permissions=permissions(edit=policy.MAY_EDIT, close=policy.MAY_CLOSE),
).where(policy.VISIBLE)

_CYCLES = Listing(
    schemas.GoalCyclePage,
    _CYCLE,
    schemas.GoalCycleFilter,
    sorts={"newest": (GoalCycle.starts_on.desc(), GoalCycle.id.desc())},
    state=lambda state: state == _STATE,
)


async def list_goal_cycles(
    session: AsyncSession, filters: schemas.GoalCycleFilter
) -> Json[schemas.GoalCyclePage]:
    return await page(session, _CYCLES, filters)


async def read_goal_cycle(session: AsyncSession, cycle_id: UUID) -> Json[schemas.GoalCycle]:
    return await one(session, _CYCLE, cycle_id)


async def goal_cycle_after_change(session: AsyncSession, cycle_id: UUID) -> Json[schemas.GoalCycle]:
    return await outcome(session, _CYCLE, cycle_id)


async def get_goal_cycle(
    session: AsyncSession, cycle_id: UUID, *acts: Act, lock: bool = False
) -> GoalCycle:
    return await load(session, policy.VISIBLE, cycle_id, *acts, entity=GoalCycle, lock=lock)


async def find_goal_cycle(session: AsyncSession, cycle_id: UUID) -> GoalCycle | None:
    """Shared-locked, so that it is not closed while a goal enters it."""
    found = select(GoalCycle).where(GoalCycle.id == cycle_id).with_for_update(read=True)
    return (await session.scalars(found)).one_or_none()

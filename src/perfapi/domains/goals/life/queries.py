from decimal import Decimal
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals import policy
from perfapi.domains.goals.models import (
    Goal,
    GoalMember,
    GoalState,
    Initiative,
    KeyResult,
    KeyResultProgress,
    Milestone,
)


async def find_next_parent(
    session: AsyncSession, parent_id: UUID, cycle_id: UUID | None
) -> UUID | None:
    """In whom the parent goes on in that cycle, if YOU see it, or else the parent; unless ended."""
    goes_on = and_(
        Goal.carried_from_id == parent_id,
        Goal.cycle_id.is_not_distinct_from(cycle_id),
        policy.may_see(Goal),
    )
    is_open = and_(*(act.condition for act in policy.MAY_ALIGN_TO))
    found = select(Goal.id).where(or_(goes_on, Goal.id == parent_id), is_open)
    return await session.scalar(found.order_by(Goal.id == parent_id).limit(1))


async def key_results_to_carry(
    session: AsyncSession, goal_id: UUID
) -> list[tuple[KeyResult, Decimal | None, Decimal | None]]:
    """With where each stands (current, progress), in their order, without archived ones."""
    statement = (
        select(KeyResult, KeyResultProgress.current, KeyResultProgress.progress)
        .join(KeyResultProgress, KeyResultProgress.key_result_id == KeyResult.id)
        .where(KeyResult.goal_id == goal_id, KeyResult.archived_at.is_(None))
        .order_by(KeyResult.position, KeyResult.id)
    )
    return [(row[0], row[1], row[2]) for row in await session.execute(statement)]


async def open_milestones(session: AsyncSession, goal_id: UUID) -> list[Milestone]:
    found = (
        select(Milestone)
        .join(KeyResult, KeyResult.id == Milestone.key_result_id)
        .where(
            KeyResult.goal_id == goal_id,
            Milestone.done_at.is_(None),
            Milestone.archived_at.is_(None),
        )
    )
    return list(await session.scalars(found.order_by(Milestone.position, Milestone.id)))


async def members_of(session: AsyncSession, goal_id: UUID) -> list[GoalMember]:
    return list(await session.scalars(select(GoalMember).where(GoalMember.goal_id == goal_id)))


async def open_initiatives(session: AsyncSession, goal_id: UUID) -> list[Initiative]:
    found = select(Initiative).where(Initiative.goal_id == goal_id, Initiative.done_at.is_(None))
    return list(await session.scalars(found.order_by(Initiative.id)))


async def running_goals_titled(session: AsyncSession, title: str) -> list[UUID]:
    found = select(Goal.id).where(Goal.title == title, Goal.state == GoalState.ACTIVE)
    return list(await session.scalars(found.order_by(Goal.id)))


async def running_goals_of(session: AsyncSession, owner_id: UUID) -> list[UUID]:
    found = select(Goal.id).where(Goal.owner_id == owner_id, Goal.state == GoalState.ACTIVE)
    return list(await session.scalars(found.order_by(Goal.id)))

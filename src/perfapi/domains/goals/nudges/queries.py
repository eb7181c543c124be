from uuid import UUID

from sqlalchemy import Integer, and_, cast, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.goals.models import Goal, GoalState
from perfapi.domains.people.models import Person

from .models import GoalNudge

NEEDS = (
    select(
        literal("goal_news_asked").label("kind"),
        literal("goals").label("resource"),
        Goal.id.label("id"),
        Goal.title.label("title"),
        select(Person.name)
        .where(Person.organization_id == ORGANIZATION, Person.id == GoalNudge.by_id)
        .correlate(GoalNudge)
        .scalar_subquery()
        .label("detail"),
        GoalNudge.asked_at.label("since"),
        cast(null(), Integer).label("count"),
    )
    .select_from(GoalNudge)
    .join(
        Goal,
        and_(Goal.organization_id == GoalNudge.organization_id, Goal.id == GoalNudge.goal_id),
    )
    .where(
        GoalNudge.organization_id == ORGANIZATION,
        Goal.owner_id == YOU,
        Goal.state == GoalState.ACTIVE,
    )
)
"""For "Needs you now": goals of yours that somebody would like to hear of."""


async def find_nudge(session: AsyncSession, goal_id: UUID, by_id: UUID) -> GoalNudge | None:
    asked = select(GoalNudge).where(GoalNudge.goal_id == goal_id, GoalNudge.by_id == by_id)
    return (await session.scalars(asked)).one_or_none()

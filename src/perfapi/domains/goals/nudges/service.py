from uuid import UUID

from sqlalchemy import bindparam, delete
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import own_rows
from perfapi.core.errors import NotFound
from perfapi.core.events import publish
from perfapi.domains.goals.key_results.queries import lock_goal

from . import queries
from .events import GoalNewsAsked, GoalNewsNoLongerAsked
from .models import GoalNudge
from .policy import MAY_NUDGE


async def ask_for_news(session: AsyncSession, actor: Actor, goal_id: UUID) -> None:
    goal = await lock_goal(session, goal_id, *MAY_NUDGE)
    session.add(GoalNudge(goal_id=goal.id, by_id=actor.person_id))
    publish(session, GoalNewsAsked(goal_id=goal.id), by=actor.person_id)


async def no_longer_ask_for_news(session: AsyncSession, actor: Actor, goal_id: UUID) -> None:
    goal = await lock_goal(session, goal_id)
    nudge = await queries.find_nudge(session, goal.id, actor.person_id)
    if nudge is None:
        raise NotFound()
    await session.delete(nudge)
    publish(session, GoalNewsNoLongerAsked(goal_id=goal.id), by=actor.person_id)


async def news_are_here(session: AsyncSession, goal_id: UUID) -> None:
    """A check-in answers whoever asked."""
    await session.execute(_ANSWERED, {"goal_id": goal_id})


_ANSWERED = own_rows(
    delete(GoalNudge)
    .where(GoalNudge.goal_id == bindparam("goal_id"))
    .execution_options(synchronize_session=False)
)

from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.domains.goals import queries
from perfapi.domains.goals.errors import GoalNotActive
from perfapi.domains.goals.schemas import GoalDetail

from . import service
from .errors import GoalIsNotQuiet, GoalIsYours, NewsAlreadyAsked

router = Router(prefix="/goals", tags=["goals"])

Writer = Annotated[Actor, requires("goals:write")]


@router.post(
    "/{goal_id}/ask-for-news",
    responses=problems(NotFound, GoalNotActive, GoalIsYours, GoalIsNotQuiet, NewsAlreadyAsked),
)
async def ask_for_news(session: TenantSession, actor: Writer, goal_id: UUID) -> Json[GoalDetail]:
    """Ask the owner of an active goal how it goes, once it was quiet for its rhythm.

    It waits among what needs them, with your name, until somebody checks in. While it waits nobody
    asks again.
    """
    await service.ask_for_news(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)


@router.post("/{goal_id}/no-longer-ask-for-news", responses=problems(NotFound))
async def no_longer_ask_for_news(
    session: TenantSession, actor: Writer, goal_id: UUID
) -> Json[GoalDetail]:
    """Take back that you asked for news. 404 if you have not, or were answered."""
    await service.no_longer_ask_for_news(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)

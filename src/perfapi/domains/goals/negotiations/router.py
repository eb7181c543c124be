from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router

from . import queries, schemas

router = Router(prefix="/goals", tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]


@router.get("/{goal_id}/negotiations", responses=problems(NotFound, CursorInvalid))
async def list_goal_negotiations(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    filters: Annotated[schemas.NegotiationFilter, Query()],
) -> Json[schemas.NegotiationPage]:
    """How a goal was proposed, agreed and sent back, by whom, the latest first.

    Everybody who sees the goal sees the steps; what was said with them is for the owner and those
    who manage the owner.
    """
    return await queries.list_goal_negotiations(session, goal_id, filters)

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


@router.get("/{goal_id}/closings", responses=problems(NotFound, CursorInvalid))
async def list_goal_closings(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    filters: Annotated[schemas.ClosingFilter, Query()],
) -> Json[schemas.ClosingPage]:
    """How a goal ended, each time, the latest first. Reopening it loses none of it."""
    return await queries.list_goal_closings(session, goal_id, filters)

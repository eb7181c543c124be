from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router

from . import queries, schemas

router = Router(tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]


@router.get("/goals/{goal_id}/provenance", responses=problems(NotFound))
async def get_goal_provenance(
    session: TenantSession, actor: Reader, goal_id: UUID
) -> Json[schemas.Provenance]:
    """Where a goal's progress comes from, down to the last check-in of every key result.

    The goal asked for comes first, then the goals that count in it, level by level. What a part
    adds is `weight * progress / total_weight`; the sum over the parts is the progress. Goals that
    you cannot see count with their weight and end the way down.
    """
    return await queries.read_provenance(session, goal_id)

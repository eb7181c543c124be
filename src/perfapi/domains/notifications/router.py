from typing import Annotated

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.routing import Router

from . import queries, schemas

router = Router(prefix="/needs", tags=["notifications"])

Reader = Annotated[Actor, requires("notifications:read")]


@router.get("")
async def list_needs(session: TenantSession, actor: Reader) -> Json[schemas.Needs]:
    """What needs you now, over everything that perfapi knows: one list, the oldest first."""
    return await queries.list_needs(session)

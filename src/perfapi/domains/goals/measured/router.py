from typing import Annotated

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, problems
from perfapi.core.routing import Router

from . import queries, schemas

router = Router(prefix="/key-results", tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]


@router.get("", responses=problems(CursorInvalid))
async def find_key_results(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.KeyResultSearch, Query()]
) -> Json[schemas.FoundKeyResultPage]:
    """Key results of goals that you can see, by title; of a goal, they have their own order."""
    return await queries.find_key_results(session, filters)

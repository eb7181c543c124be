from typing import Annotated

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.audit import tell_of_read
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router

from . import queries, schemas

router = Router(prefix="/access", tags=["access"])

Reader = Annotated[Actor, requires("access:read")]


@router.get("/explain", responses=problems(NotFound))
async def explain_access(
    session: TenantSession, actor: Reader, query: Annotated[schemas.ExplanationQuery, Query()]
) -> Json[schemas.Explanation]:
    """Why you, or somebody else, can see a resource: the names of the rules that open it.

    The rules are the very ones that filter lists and guard single reads. You can ask about
    whatever you see yourself.
    """
    answer = await queries.explain_access(session, actor, query)
    if query.person_id not in {None, actor.person_id}:
        tell_of_read(session, actor, "access/explain", query.person_id)
    return answer


@router.get("/viewers", responses=problems(NotFound, CursorInvalid))
async def list_viewers(
    session: TenantSession, actor: Reader, query: Annotated[schemas.ViewerQuery, Query()]
) -> Json[schemas.ViewerPage]:
    """Everybody who can see a resource that you see, each with the rules that let them."""
    return await queries.list_viewers(session, actor, query)

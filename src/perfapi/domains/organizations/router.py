from typing import Annotated

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion

from . import queries, schemas, service
from .errors import OnlyAdministrators

router = Router(prefix="/organization", tags=["organizations"])

Reader = Annotated[Actor, requires("organizations:read")]
Writer = Annotated[Actor, requires("organizations:write")]


@router.get("")
async def get_organization(
    session: TenantSession, actor: Reader
) -> Json[schemas.OrganizationDocument]:
    """The organization that you signed in to."""
    return await queries.read_organization(session)


@router.patch("", responses=problems(OnlyAdministrators, *CHANGE_PROBLEMS))
async def update_organization(
    session: TenantSession,
    actor: Writer,
    body: Body[schemas.OrganizationUpdate],
    version: ExpectedVersion,
) -> Json[schemas.OrganizationDocument]:
    """Change its name, time zone or language. For administrators.

    A new time zone counts at once: it decides which day it is, and when daily work is done.
    """
    await service.update_organization(session, actor, body, version)
    await session.flush()
    return await queries.read_organization(session)

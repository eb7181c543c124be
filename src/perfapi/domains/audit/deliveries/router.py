from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router
from perfapi.domains.audit.errors import DeliveryNotDead, OnlyAdministrators

from . import queries, schemas, service

router = Router(prefix="/deliveries", tags=["audit"])

Reader = Annotated[Actor, requires("audit:read")]
Writer = Annotated[Actor, requires("audit:write")]


@router.get("", responses=problems(OnlyAdministrators, CursorInvalid))
async def list_deliveries(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.DeliveryFilter, Query()]
) -> Json[schemas.DeliveryPage]:
    """Effects that were given up, or wait for another attempt; the newest first.

    For administrators. An effect that fails is tried again, less and less often; after the last
    attempt it is `dead`, until somebody mends the cause and tries it again.
    """
    return await queries.list_deliveries(session, filters)


@router.post(
    "/{delivery_id}/redrive", responses=problems(NotFound, OnlyAdministrators, DeliveryNotDead)
)
async def redrive_delivery(
    session: TenantSession, actor: Writer, delivery_id: UUID
) -> Json[schemas.Delivery]:
    """Try again what was given up, as often as at first. For administrators."""
    await service.redrive_delivery(session, actor, delivery_id)
    return await queries.delivery_after_change(session, delivery_id)

from uuid import UUID

from sqlalchemy import literal_column
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.access import permissions
from perfapi.core.answers import Json
from perfapi.core.deliveries import Delivery
from perfapi.core.documents import documents, outcome, reference
from perfapi.core.events import LoggedEvent
from perfapi.core.listings import Listing, page
from perfapi.domains.audit import policy

from . import schemas

_DELIVERY = documents(
    schemas.Delivery,
    Delivery,
    event=reference(schemas.DeliveredEvent, LoggedEvent, Delivery.event_id),
    permissions=permissions(redrive=policy.MAY_REDRIVE),
).where(policy.DELIVERIES)

_OPEN = Listing(
    schemas.DeliveryPage,
    # A literal, so that the index on what is open serves it.
    _DELIVERY.where(Delivery.state != literal_column("'done'")),
    schemas.DeliveryFilter,
    sorts={"newest": (Delivery.created_at.desc(), Delivery.id.desc())},
)


async def list_deliveries(
    session: AsyncSession, filters: schemas.DeliveryFilter
) -> Json[schemas.DeliveryPage]:
    await access.ensure(session, policy.READ_EVENT_LOG)
    return await page(session, _OPEN, filters)


async def lock_dead_delivery(session: AsyncSession, delivery_id: UUID) -> Delivery:
    await access.ensure(session, policy.READ_EVENT_LOG)
    return await access.load(
        session, policy.DELIVERIES, delivery_id, policy.MAY_REDRIVE, entity=Delivery, lock=True
    )


async def delivery_after_change(session: AsyncSession, delivery_id: UUID) -> Json[schemas.Delivery]:
    return await outcome(session, _DELIVERY, delivery_id)

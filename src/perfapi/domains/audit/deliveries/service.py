from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.deliveries import DeliveryState
from perfapi.core.events import publish
from perfapi.domains.audit.events import DeliveryRedriven

from . import queries


async def redrive_delivery(session: AsyncSession, actor: Actor, delivery_id: UUID) -> None:
    """All attempts anew, from now on."""
    delivery = await queries.lock_dead_delivery(session, delivery_id)
    delivery.state = DeliveryState.WAITING
    delivery.attempts = 0
    delivery.failure = delivery.lease_until = None
    delivery.due_at = func.now()
    publish(session, DeliveryRedriven(delivery_id=delivery.id), by=actor.person_id)

from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class DeliveryRedriven(Event):
    topic: ClassVar[str] = "audit.delivery_redriven"
    subject: ClassVar[str] = "delivery_id"

    delivery_id: UUID

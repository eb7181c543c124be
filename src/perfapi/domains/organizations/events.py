from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class OrganizationChanged(Event):
    topic: ClassVar[str] = "organizations.changed"
    subject: ClassVar[str] = "id"

    id: UUID
    fields: list[str]

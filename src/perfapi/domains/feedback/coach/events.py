from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class CommunicationStyleChanged(Event):
    topic: ClassVar[str] = "feedback.communication_style_changed"
    subject: ClassVar[str] = "person_id"

    person_id: UUID

from uuid import UUID

from sqlalchemy.orm import Mapped

from perfapi.core.db import Base, Owned
from perfapi.core.keys import references
from perfapi.domains.writing.styles import SpeakingStyle


class CommunicationStyle(Owned, Base):
    """As somebody says of themselves; everybody who writes to them may know."""

    __tablename__ = "communication_styles"

    person_id: Mapped[UUID] = references("people", primary_key=True, index=False)
    style: Mapped[SpeakingStyle]

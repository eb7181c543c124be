from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned
from perfapi.core.keys import references


class FeedbackReactionKind(StrEnum):
    APPLAUSE = "applause"
    HEART = "heart"
    ROCKET = "rocket"
    CELEBRATE = "celebrate"
    IDEA = "idea"


class FeedbackReaction(Owned, Base):
    __tablename__ = "feedback_reactions"

    feedback_id: Mapped[UUID] = references(
        "feedback", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True)
    kind: Mapped[FeedbackReactionKind] = mapped_column(primary_key=True)

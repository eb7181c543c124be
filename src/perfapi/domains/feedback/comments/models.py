from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned


class FeedbackComment(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "feedback_comments"
    __table_args__ = (
        Index("ix_feedback_comments_page", "organization_id", "feedback_id", "created_at", "id"),
    )

    feedback_id: Mapped[UUID] = references("feedback", index=False, on_delete="CASCADE")
    author_id: Mapped[UUID] = references("people")
    text: Mapped[str]
    edited_at: Mapped[datetime | None]


class FeedbackNotice(Owned, Base):
    """Somebody said something about feedback that you gave or received. Once you looked, the row
    is gone: nothing is left that could tell when, or whether, anybody read anything."""

    __tablename__ = "feedback_notices"
    __table_args__ = (Index("ix_feedback_notices_of_person", "organization_id", "person_id"),)

    feedback_id: Mapped[UUID] = references(
        "feedback", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True, index=False)
    since: Mapped[datetime] = mapped_column(server_default=func.now())

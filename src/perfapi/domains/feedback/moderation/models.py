from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned
from perfapi.core.keys import references


class FeedbackReport(Owned, Base):
    """Waits for a moderator, and is gone once one has decided."""

    __tablename__ = "feedback_reports"

    feedback_id: Mapped[UUID] = references(
        "feedback", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True)
    reason: Mapped[str]
    reported_at: Mapped[datetime] = mapped_column(server_default=func.now())

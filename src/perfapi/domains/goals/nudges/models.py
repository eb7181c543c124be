from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned
from perfapi.core.keys import references


class GoalNudge(Owned, Base):
    """Somebody would like to hear of a goal. One at a time: the next check-in answers it."""

    __tablename__ = "goal_nudges"

    goal_id: Mapped[UUID] = references("goals", primary_key=True, index=False, on_delete="CASCADE")
    by_id: Mapped[UUID] = references("people")
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())

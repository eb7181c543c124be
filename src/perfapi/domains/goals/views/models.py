from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned


class Layout(StrEnum):
    """How goals are drawn."""

    TREE = "tree"
    TABLE = "table"
    MAP = "map"


class GoalColumn(StrEnum):
    """Of the table, beside the goal itself."""

    OWNER = "owner"
    DUE = "due"
    PROGRESS = "progress"
    EXPECTED = "expected"
    STATUS = "status"


class GoalView(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "goal_views"
    __table_args__ = (
        UniqueConstraint("organization_id", "owner_id", "name"),
        Index("ix_goal_views_page", "organization_id", "name", "id"),
    )

    name: Mapped[str]
    owner_id: Mapped[UUID] = references("people", index=False)
    is_shared: Mapped[bool]
    """With everybody."""
    query: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """As `schemas.GoalViewQuery` says. Ids in it may point to what has vanished."""


class GoalViewDefault(Owned, Base):
    """The view with which somebody begins."""

    __tablename__ = "goal_view_defaults"

    person_id: Mapped[UUID] = references("people", primary_key=True, index=False)
    view_id: Mapped[UUID] = references("goal_views", on_delete="CASCADE")

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core import history
from perfapi.core.db import Base, Timestamped
from perfapi.core.ids import uuid7
from perfapi.core.versions import Versioned


class Organization(Versioned, Timestamped, Base):
    """Not `Tenanted`: it is what the others belong to. Row-level security shows only your own."""

    __tablename__ = "organizations"
    __table_args__ = (CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'", name="slug"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-2)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default="UTC", server_default="UTC")
    language: Mapped[str] = mapped_column(default="en", server_default="en")
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")


history.keep(Organization)

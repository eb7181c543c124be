from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned


class ImportStatus(StrEnum):
    PLANNING = "planning"
    PLANNED = "planned"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    DISCARDED = "discarded"


class Outcome(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DEACTIVATE = "deactivate"
    UNCHANGED = "unchanged"
    ERROR = "error"


class PeopleImport(Tenanted, Versioned, Timestamped, Base):
    """A file of people and what it would change. Its rows are the staging area of the change."""

    __tablename__ = "people_imports"

    file_name: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONB)
    status: Mapped[ImportStatus] = mapped_column(default=ImportStatus.PLANNING)
    summary: Mapped[dict[str, int] | None] = mapped_column(JSONB(none_as_null=True))
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default="[]")
    base: Mapped[str | None]
    """Fingerprint of the people that the plan was made against."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    created_by_id: Mapped[UUID | None] = references("people")
    planned_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    """When somebody had looked at the warnings of what was applied."""


class ImportChunk(Owned, Base):
    """The uploaded file in pieces, kept until the import ends."""

    __tablename__ = "people_import_chunks"

    import_id: Mapped[UUID] = references(
        "people_imports", primary_key=True, index=False, on_delete="CASCADE"
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportRow(Tenanted, Base):
    __tablename__ = "people_import_rows"
    __table_args__ = (
        Index("ix_people_import_rows_page", "organization_id", "import_id", "row", "id"),
    )

    import_id: Mapped[UUID] = references("people_imports", index=False, on_delete="CASCADE")
    row: Mapped[int]
    """The line in the file, the header being line 1; 0 for a person whom the file lacks."""
    external_id: Mapped[str | None]
    name: Mapped[str | None]
    outcome: Mapped[Outcome]
    person_id: Mapped[UUID | None]
    """Of create rows, the id that the person will get."""
    manager_id: Mapped[UUID | None]
    """Counts where `changes` name the manager; null then means nobody."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Tenanted, Timestamped
from perfapi.core.versions import Versioned


class CompanyValue(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "company_values"
    __table_args__ = (
        Index("uq_company_values_organization_id_name", "organization_id", "name", unique=True),
    )

    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    archived_at: Mapped[datetime | None]
    """No longer offered; what was praised for it keeps it."""

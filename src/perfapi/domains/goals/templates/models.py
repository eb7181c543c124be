from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned
from perfapi.domains.goals.languages import GoalLanguage


class GoalFunction(StrEnum):
    """What people do whose goals these could be."""

    ENGINEERING = "engineering"
    PRODUCT = "product"
    DESIGN = "design"
    SALES = "sales"
    MARKETING = "marketing"
    CUSTOMER_SUCCESS = "customer_success"
    FINANCE = "finance"
    PEOPLE = "people"
    OPERATIONS = "operations"
    LEADERSHIP = "leadership"


class GoalTemplate(Tenanted, Versioned, Timestamped, Base):
    """Of the organization itself; the library is no table."""

    __tablename__ = "goal_templates"
    __table_args__ = (Index("ix_goal_templates_page", "organization_id", "title", "id"),)

    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="", server_default="")
    function: Mapped[GoalFunction]
    language: Mapped[GoalLanguage]
    key_results: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_by_id: Mapped[UUID] = references("people", index=False)

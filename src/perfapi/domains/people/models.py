from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, column, func, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core import history
from perfapi.core.db import Base, Owned, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned


class Status(StrEnum):
    UPCOMING = "upcoming"
    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    LEFT = "left"


class LineKind(StrEnum):
    PRIMARY = "primary"
    DOTTED = "dotted"


class Role(StrEnum):
    ADMIN = "admin"
    HR = "hr"


class Department(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "departments"
    __table_args__ = (
        UniqueConstraint("organization_id", "name"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
    )

    name: Mapped[str]
    parent_id: Mapped[UUID | None] = references("departments")


class DepartmentLine(Owned, Base):
    """Closure of the department tree: every department is above itself at depth 0."""

    __tablename__ = "department_lines"

    ancestor_id: Mapped[UUID] = references(
        "departments", primary_key=True, index=False, on_delete="CASCADE"
    )
    descendant_id: Mapped[UUID] = references("departments", primary_key=True, on_delete="CASCADE")
    depth: Mapped[int]


class Person(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "people"
    __table_args__ = (
        # Checked at the end of a statement, so that two people can swap what is unique.
        UniqueConstraint("organization_id", "external_id", deferrable=True, initially="IMMEDIATE"),
        UniqueConstraint("organization_id", "email", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("left_on >= hired_on", name="leaves_after_joining"),
        CheckConstraint("status <> 'left' OR left_on IS NOT NULL", name="leavers_have_a_day"),
        Index("ix_people_directory", "organization_id", "name", "id"),
        Index("ix_people_updated", "organization_id", "updated_at", "id"),
    )

    external_id: Mapped[str | None]
    given_name: Mapped[str]
    family_name: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    job_title: Mapped[str | None]
    department_id: Mapped[UUID | None] = references("departments")
    location: Mapped[str | None]
    status: Mapped[Status] = mapped_column(default=Status.ACTIVE)
    hired_on: Mapped[date | None]
    left_on: Mapped[date | None]
    """From this day on they are gone. Of somebody who has not left: the day that is planned."""
    employment_type: Mapped[str | None]
    attributes: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict, server_default="{}")

    @property
    def has_left(self) -> bool:
        return self.status is Status.LEFT


class ReportingLine(Tenanted, Versioned, Timestamped, Base):
    """Valid from a day (included) until a day (excluded); without an end it still holds."""

    __tablename__ = "reporting_lines"
    __table_args__ = (
        CheckConstraint("person_id <> manager_id", name="not_to_oneself"),
        CheckConstraint("valid_to > valid_from", name="ends_after_it_begins"),
        ExcludeConstraint(
            (column("organization_id"), "="),
            (column("person_id"), "="),
            (func.daterange(column("valid_from"), column("valid_to")), "&&"),
            name="ex_reporting_lines_one_primary_manager",
            where=text("kind = 'primary'"),
        ),
        ExcludeConstraint(
            (column("organization_id"), "="),
            (column("person_id"), "="),
            (column("manager_id"), "="),
            (func.daterange(column("valid_from"), column("valid_to")), "&&"),
            name="ex_reporting_lines_one_dotted_line_to_a_manager",
            where=text("kind = 'dotted'"),
        ),
    )

    person_id: Mapped[UUID] = references("people")
    manager_id: Mapped[UUID] = references("people")
    kind: Mapped[LineKind] = mapped_column(default=LineKind.PRIMARY)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Chain(Owned, Base):
    """Closure of today's primary lines: who is above whom, and how many steps. Never oneself."""

    __tablename__ = "chains"
    __table_args__ = (
        Index("ix_chains_report", "organization_id", "report_id", "depth"),
        Index(
            "ix_chains_direct", "organization_id", "manager_id", postgresql_where=text("depth = 1")
        ),
    )

    manager_id: Mapped[UUID] = references(
        "people", primary_key=True, index=False, on_delete="CASCADE"
    )
    report_id: Mapped[UUID] = references(
        "people", primary_key=True, index=False, on_delete="CASCADE"
    )
    depth: Mapped[int]


class Team(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("organization_id", "name"),)

    name: Mapped[str]
    lead_id: Mapped[UUID | None] = references("people")


class TeamMember(Tenanted, Base):
    __tablename__ = "team_members"
    __table_args__ = (UniqueConstraint("organization_id", "team_id", "person_id"),)

    team_id: Mapped[UUID] = references("teams", index=False, on_delete="CASCADE")
    person_id: Mapped[UUID] = references("people", on_delete="CASCADE")


class RoleAssignment(Tenanted, Versioned, Timestamped, Base):
    """What a person may do beyond what their relations allow. HR may be scoped to departments."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        UniqueConstraint(
            "organization_id", "person_id", "role", "department_id",
            name="uq_role_assignments_held_once",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("role <> 'admin' OR department_id IS NULL", name="admins_are_whole"),
    )  # fmt: skip

    person_id: Mapped[UUID] = references("people", on_delete="CASCADE")
    role: Mapped[Role]
    department_id: Mapped[UUID | None] = references("departments")


history.keep(Person)
history.keep(TeamMember, "person_id")

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned
from perfapi.core.keys import references
from perfapi.domains.goals.models import Driver, GoalState, GoalStatus, Level, Visibility


class GroupKind(StrEnum):
    COMPANY = "company"
    DEPARTMENT = "department"
    """With those below it."""
    TEAM = "team"
    MANAGER = "manager"
    """And everybody below them."""


class GoalFact(Owned, Base):
    """What numbers need to know of a goal. Follows the event log; the recompute proves it."""

    __tablename__ = "goal_facts"
    __table_args__ = (
        Index("ix_goal_facts_of_cycle", "organization_id", "cycle_id", "department_id"),
    )

    goal_id: Mapped[UUID] = references("goals", primary_key=True, index=False, on_delete="CASCADE")
    cycle_id: Mapped[UUID | None]
    owner_id: Mapped[UUID] = references("people")
    level: Mapped[Level]
    department_id: Mapped[UUID | None]
    """Its own, or that of its owner; goals of the company have none."""
    team_id: Mapped[UUID | None]
    state: Mapped[GoalState]
    visibility: Mapped[Visibility]
    driver: Mapped[Driver]
    has_key_results: Mapped[bool]
    serves_another: Mapped[bool]
    progress: Mapped[Decimal | None]
    manual_status: Mapped[GoalStatus | None]
    starts_on: Mapped[date]
    due_on: Mapped[date]
    check_in_every_days: Mapped[int]
    activated_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]


class GoalSnapshot(Owned, Base):
    """The numbers of a group at the end of a day, over goals that everybody could see."""

    __tablename__ = "goal_snapshots"

    cycle_id: Mapped[UUID] = references("goal_cycles", primary_key=True, index=False)
    group_kind: Mapped[GroupKind] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    """Of the company: that of the organization."""
    day: Mapped[date] = mapped_column(primary_key=True)
    goals: Mapped[int]
    owners: Mapped[int]
    active: Mapped[int]
    closed: Mapped[int]
    cancelled: Mapped[int]
    archived: Mapped[int]
    on_track: Mapped[int]
    at_risk: Mapped[int]
    off_track: Mapped[int]
    no_number: Mapped[int]
    measured: Mapped[int]
    progress: Mapped[Decimal | None]
    expected: Mapped[Decimal | None]
    waiting: Mapped[int]
    in_rhythm: Mapped[int]
    stale: Mapped[int]
    could_serve: Mapped[int]
    serving: Mapped[int]

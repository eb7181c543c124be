from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, false, func, text
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core import history
from perfapi.core.db import SCALE, Base, Owned, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned

RAW = Numeric(36, SCALE)
"""Raw progress: wide enough for any two values that a key result may hold."""


class Level(StrEnum):
    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"
    PERSON = "person"


class Visibility(StrEnum):
    PUBLIC = "public"
    DEPARTMENT = "department"
    TEAM = "team"
    MANAGER_CHAIN = "manager_chain"
    PRIVATE = "private"


class Driver(StrEnum):
    """What moves a goal's progress."""

    KEY_RESULTS = "key_results"
    GOALS = "goals"
    BOTH = "both"


class GoalState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class Ambition(StrEnum):
    """How much of it has to be reached: all, or 0.7 of what was dared."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class Purpose(StrEnum):
    BUSINESS = "business"
    DEVELOPMENT = "development"


class Agreement(StrEnum):
    """Between the owner and who manages them."""

    NONE = "none"
    PROPOSED = "proposed"
    AGREED = "agreed"


class Side(StrEnum):
    """Of those who agree on a goal."""

    OWNER = "owner"
    MANAGER = "manager"


class MemberRole(StrEnum):
    OWNER = "owner"
    CONTRIBUTOR = "contributor"


class NegotiationStep(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    CHANGES_REQUESTED = "changes_requested"
    CHANGED = "changed"
    """One side changed what was proposed or agreed: the other one is asked."""
    WITHDRAWN = "withdrawn"
    """Another owner, private, or a change by somebody on neither side: it is off."""


class GoalStatus(StrEnum):
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class KeyResultKind(StrEnum):
    """How a key result is measured; see `key_results/kinds.py`."""

    NUMBER = "number"
    PERCENT = "percent"
    CURRENCY = "currency"
    BINARY = "binary"
    MILESTONES = "milestones"
    MAINTAIN = "maintain"
    MANUAL = "manual"


class GoalCycle(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "goal_cycles"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        Index("ix_goal_cycles_page", "organization_id", "starts_on", "id"),
    )

    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day of the cycle."""
    closed_at: Mapped[datetime | None]


class Goal(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "goals"
    __table_args__ = (
        CheckConstraint("weight >= 0", name="weight"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint(
            "parent_key_result_id IS NULL OR parent_id IS NOT NULL", name="key_result_of_parent"
        ),
        CheckConstraint("due_on >= starts_on", name="due_after_it_starts"),
        CheckConstraint("check_in_every_days > 0", name="rhythm"),
        CheckConstraint(
            "(agreement = 'proposed') = (awaits IS NOT NULL) "
            "AND (agreement = 'proposed') = (proposed_by_id IS NOT NULL)",
            name="proposal",
        ),
        CheckConstraint(
            "(state = 'archived') = (archived_at IS NOT NULL) "
            "AND (state = 'archived') = (archived_from IS NOT NULL)",
            name="archival",
        ),
        CheckConstraint("archived_from IN ('closed', 'cancelled')", name="archived_from"),
        CheckConstraint(
            "state NOT IN ('active', 'closed') OR activated_at IS NOT NULL", name="activation"
        ),
        CheckConstraint(
            "(level = 'department') = (department_id IS NOT NULL) "
            "AND (level = 'team') = (team_id IS NOT NULL)",
            name="level_and_unit",
        ),
        Index(
            "ix_goals_carried_from",
            "organization_id",
            "carried_from_id",
            unique=True,
            postgresql_where=text("carried_from_id IS NOT NULL"),
        ),
        Index("ix_goals_by_title", "organization_id", "title", "id"),
        Index("ix_goals_by_due_day", "organization_id", "due_on", "id"),
        Index("ix_goals_by_update", "organization_id", "updated_at", "id"),
    )

    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="", server_default="")
    level: Mapped[Level]
    department_id: Mapped[UUID | None] = references("departments")
    team_id: Mapped[UUID | None] = references("teams")
    owner_id: Mapped[UUID] = references("people")
    cycle_id: Mapped[UUID | None] = references("goal_cycles")
    parent_id: Mapped[UUID | None] = references("goals")
    parent_key_result_id: Mapped[UUID | None] = references("key_results", closes_circle=True)
    """One of its parent."""
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)
    weight: Mapped[Decimal] = mapped_column(default=Decimal(1))
    driver: Mapped[Driver] = mapped_column(default=Driver.KEY_RESULTS)
    state: Mapped[GoalState] = mapped_column(default=GoalState.ACTIVE)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    check_in_every_days: Mapped[int] = mapped_column(default=7)
    activated_at: Mapped[datetime | None]
    """Null as long as it was never more than a draft, also if it was cancelled as one."""
    manual_status: Mapped[GoalStatus | None]
    """What somebody decided; null: as progress compares with the expected."""
    created_by_id: Mapped[UUID] = references("people", index=False)
    ambition: Mapped[Ambition] = mapped_column(
        default=Ambition.COMMITTED, server_default=Ambition.COMMITTED
    )
    purpose: Mapped[Purpose] = mapped_column(
        default=Purpose.BUSINESS, server_default=Purpose.BUSINESS
    )
    agreement: Mapped[Agreement] = mapped_column(
        default=Agreement.NONE, server_default=Agreement.NONE
    )
    awaits: Mapped[Side | None]
    """Who is to agree, while it is proposed."""
    proposed_by_id: Mapped[UUID | None] = references("people", index=False)
    archived_at: Mapped[datetime | None]
    """The same instant for all that went along."""
    archived_from: Mapped[GoalState | None]
    carried_from_id: Mapped[UUID | None] = references("goals", index=False)


class GoalProgress(Owned, Base):
    """Rolled up; apart from the goal, so that a check-in does not outdate what people edit."""

    __tablename__ = "goal_progress"

    goal_id: Mapped[UUID] = references("goals", primary_key=True, index=False, on_delete="CASCADE")
    progress: Mapped[Decimal | None]
    checked_in_at: Mapped[datetime | None]
    """The last check-in on one of the goal's own key results."""


class KeyResult(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "key_results"
    __table_args__ = (
        CheckConstraint("start <> target", name="goes_somewhere"),
        CheckConstraint("weight >= 0", name="weight"),
        CheckConstraint(
            "(kind = 'maintain') = (start IS NULL) AND (kind = 'maintain') = (target IS NULL) "
            "AND (kind = 'maintain') = (lower IS NOT NULL OR upper IS NOT NULL) "
            "AND (kind = 'maintain' OR tolerance IS NULL)",
            name="way_or_band",
        ),
        CheckConstraint("lower <= upper", name="band"),
        CheckConstraint("tolerance > 0", name="tolerance"),
    )

    goal_id: Mapped[UUID] = references("goals", on_delete="CASCADE")
    title: Mapped[str]
    kind: Mapped[KeyResultKind]
    unit: Mapped[str | None]
    start: Mapped[Decimal | None]
    target: Mapped[Decimal | None]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    tolerance: Mapped[Decimal | None]
    """How far outside of its band it counts as nothing; null: at once."""
    weight: Mapped[Decimal] = mapped_column(default=Decimal(1))
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class Milestone(Tenanted, Base):
    """A step of a key result that is reached step by step."""

    __tablename__ = "milestones"
    __table_args__ = (
        CheckConstraint("weight >= 0", name="weight"),
        Index("ix_milestones_in_order", "organization_id", "key_result_id", "position", "id"),
    )

    key_result_id: Mapped[UUID] = references("key_results", index=False, on_delete="CASCADE")
    title: Mapped[str]
    weight: Mapped[Decimal] = mapped_column(default=Decimal(1))
    due_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    """Follows from the check-ins: since then, every one of them has named it."""
    archived_at: Mapped[datetime | None]
    """Taken out once a check-in had named it: it counts no more, and history keeps it."""


class KeyResultProgress(Owned, Base):
    """Where a key result stands: from its last check-in, or its start; null if it has neither."""

    __tablename__ = "key_result_progress"

    key_result_id: Mapped[UUID] = references(
        "key_results", primary_key=True, index=False, on_delete="CASCADE"
    )
    current: Mapped[Decimal | None]
    raw_progress: Mapped[Decimal | None] = mapped_column(RAW)
    """May be below 0 or above 1."""
    progress: Mapped[Decimal | None]
    """Clamped to 0..1; this is what rolls up."""
    confidence: Mapped[int | None]
    checked_in_at: Mapped[datetime | None]


class CheckIn(Tenanted, Base):
    """Append-only: the history of a key result."""

    __tablename__ = "check_ins"
    __table_args__ = (
        CheckConstraint("confidence BETWEEN 0 AND 10", name="confidence"),
        Index("ix_check_ins_page", "organization_id", "key_result_id", "checked_in_at", "id"),
    )

    key_result_id: Mapped[UUID] = references("key_results", index=False)
    author_id: Mapped[UUID] = references("people")
    value: Mapped[Decimal]
    confidence: Mapped[int | None]
    comment: Mapped[str | None]
    raw_progress: Mapped[Decimal] = mapped_column(RAW)
    progress: Mapped[Decimal]
    checked_in_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CheckInMilestone(Owned, Base):
    """A milestone that a check-in named as done. What it leaves out was not done by then."""

    __tablename__ = "check_in_milestones"

    check_in_id: Mapped[UUID] = references("check_ins", primary_key=True, index=False)
    milestone_id: Mapped[UUID] = references("milestones", primary_key=True)


class GoalMember(Owned, Base):
    """Who has a goal together with the owner who answers for it."""

    __tablename__ = "goal_members"

    goal_id: Mapped[UUID] = references("goals", primary_key=True, index=False, on_delete="CASCADE")
    person_id: Mapped[UUID] = references("people", primary_key=True)
    role: Mapped[MemberRole]
    was_owner: Mapped[bool] = mapped_column(default=False, server_default=false())
    """They answered for it once: nobody but they themselves takes them off it."""
    added_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Closing(Tenanted, Base):
    """Append-only: how a goal ended, each time."""

    __tablename__ = "goal_closings"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        CheckConstraint("outcome IN ('closed', 'cancelled')", name="outcome"),
        Index("ix_goal_closings_page", "organization_id", "goal_id", "closed_at", "id"),
    )

    goal_id: Mapped[UUID] = references("goals", index=False)
    outcome: Mapped[GoalState]
    note: Mapped[str | None]
    went_well: Mapped[str | None]
    went_badly: Mapped[str | None]
    next_time: Mapped[str | None]
    score: Mapped[Decimal | None]
    closed_by_id: Mapped[UUID | None] = references("people")
    """Null where it ended before this history was kept."""
    closed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Negotiation(Tenanted, Base):
    """Append-only: the steps towards an agreement."""

    __tablename__ = "goal_negotiations"
    __table_args__ = (Index("ix_goal_negotiations_page", "organization_id", "goal_id", "at", "id"),)

    goal_id: Mapped[UUID] = references("goals", index=False, on_delete="CASCADE")
    step: Mapped[NegotiationStep]
    comment: Mapped[str | None]
    by_id: Mapped[UUID] = references("people")
    owner_id: Mapped[UUID | None] = references("people", index=False)
    """Whose goal it was: what is said is for the two sides of then. Null of some early steps."""
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Initiative(Tenanted, Versioned, Timestamped, Base):
    """What is done to get there. It never counts in the progress."""

    __tablename__ = "initiatives"

    goal_id: Mapped[UUID] = references("goals", on_delete="CASCADE")
    key_result_id: Mapped[UUID | None] = references("key_results", on_delete="CASCADE")
    title: Mapped[str]
    owner_id: Mapped[UUID] = references("people")
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]


history.keep(Goal, "parent_id", "cycle_id", "owner_id")
history.keep(GoalProgress)
history.keep(GoalMember)
history.keep(KeyResult, "goal_id")
history.keep(KeyResultProgress)
history.keep(Milestone, "key_result_id")

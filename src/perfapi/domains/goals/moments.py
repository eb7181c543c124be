"""Goals as they are, and as they were: the tables that documents are read from at a moment.

What a goal said, who had it, where it stood and the thresholds of its status are those of the
moment. Who you are to whom is true now: of the past you see what you would see of the goal as it is
and of the goal as it was, so that nobody publishes what was private, or a draft, by making a goal
public later. People, teams and cycles are called what they are called now.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, and_, cast, func, select
from sqlalchemy.orm import aliased

from perfapi.core.access import there_is
from perfapi.core.binds import AS_OF, ORGANIZATION, TODAY
from perfapi.core.history import as_of
from perfapi.domains.organizations.models import Organization

from . import policy
from .models import (
    Goal,
    GoalMember,
    GoalProgress,
    KeyResult,
    KeyResultProgress,
    Milestone,
)

ZONE = select(Organization.time_zone).where(Organization.id == ORGANIZATION).scalar_subquery()


@dataclass(frozen=True, eq=False)
class Moment:
    instant: ColumnElement[datetime]
    day: ColumnElement[date]
    """By the organization's clocks."""
    is_now: bool
    goal: Any = field(init=False)
    progress: Any = field(init=False)
    member: Any = field(init=False)
    key_result: Any = field(init=False)
    standing: Any = field(init=False)
    milestone: Any = field(init=False)
    organization: Any = field(init=False)

    def __post_init__(self) -> None:
        tables = {
            "goal": Goal,
            "progress": GoalProgress,
            "member": GoalMember,
            "key_result": KeyResult,
            "standing": KeyResultProgress,
            "milestone": Milestone,
            "organization": Organization,
        }
        for name, entity in tables.items():
            object.__setattr__(self, name, entity if self.is_now else as_of(entity))

    def another(self, entity: Any, name: str) -> Any:
        """A further one: a parent, a child."""
        return aliased(entity, name=name) if self.is_now else as_of(entity, name=name)

    def may_see(self, goal: Any) -> ColumnElement[bool]:
        """Whether YOU may see, now, this goal of the moment: as it is, and as it was."""
        if self.is_now:
            return policy.may_see(goal)
        today = aliased(Goal)
        is_seen_today = there_is(
            [today],
            today.organization_id == ORGANIZATION,
            today.id == goal.id,
            policy.may_see(today),
        )
        return and_(policy.may_see(goal), is_seen_today)

    def of(self, goal: Any, other: Any, *on: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(other.organization_id == goal.organization_id, *on)


NOW = Moment(func.statement_timestamp(type_=DateTime(timezone=True)), TODAY, is_now=True)
THEN = Moment(AS_OF, cast(func.timezone(ZONE, AS_OF), Date()), is_now=False)

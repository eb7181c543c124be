"""Ids and numbers only: who reads the log reads no goal that its rules hide."""

from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event

from .models import Level, MemberRole, Side


class GoalSet(Event):
    topic: ClassVar[str] = "goals.goal_set"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    owner_id: UUID
    level: Level
    is_draft: bool


class GoalChanged(Event):
    topic: ClassVar[str] = "goals.goal_changed"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    fields: list[str]


class GoalActivated(Event):
    topic: ClassVar[str] = "goals.goal_activated"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalClosed(Event):
    topic: ClassVar[str] = "goals.goal_closed"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalCancelled(Event):
    topic: ClassVar[str] = "goals.goal_cancelled"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalDeleted(Event):
    topic: ClassVar[str] = "goals.goal_deleted"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalReopened(Event):
    topic: ClassVar[str] = "goals.goal_reopened"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalArchived(Event):
    topic: ClassVar[str] = "goals.goal_archived"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalRestored(Event):
    topic: ClassVar[str] = "goals.goal_restored"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalCarried(Event):
    topic: ClassVar[str] = "goals.goal_carried"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    to_id: UUID


class GoalProposed(Event):
    topic: ClassVar[str] = "goals.goal_proposed"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    awaits: Side


class GoalAgreed(Event):
    topic: ClassVar[str] = "goals.goal_agreed"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalChangesRequested(Event):
    topic: ClassVar[str] = "goals.goal_changes_requested"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID


class GoalMemberSet(Event):
    topic: ClassVar[str] = "goals.goal_member_set"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    person_id: UUID
    role: MemberRole


class GoalMemberRemoved(Event):
    topic: ClassVar[str] = "goals.goal_member_removed"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    person_id: UUID


class InitiativeAdded(Event):
    topic: ClassVar[str] = "goals.initiative_added"
    subject: ClassVar[str] = "initiative_id"

    initiative_id: UUID
    goal_id: UUID


class InitiativeChanged(Event):
    topic: ClassVar[str] = "goals.initiative_changed"
    subject: ClassVar[str] = "initiative_id"

    initiative_id: UUID
    goal_id: UUID
    fields: list[str]


class InitiativeCompleted(Event):
    topic: ClassVar[str] = "goals.initiative_completed"
    subject: ClassVar[str] = "initiative_id"

    initiative_id: UUID
    goal_id: UUID


class InitiativeResumed(Event):
    topic: ClassVar[str] = "goals.initiative_resumed"
    subject: ClassVar[str] = "initiative_id"

    initiative_id: UUID
    goal_id: UUID


class InitiativeRemoved(Event):
    topic: ClassVar[str] = "goals.initiative_removed"
    subject: ClassVar[str] = "initiative_id"

    initiative_id: UUID
    goal_id: UUID


class KeyResultAdded(Event):
    topic: ClassVar[str] = "goals.key_result_added"
    subject: ClassVar[str] = "key_result_id"

    key_result_id: UUID
    goal_id: UUID


class KeyResultChanged(Event):
    topic: ClassVar[str] = "goals.key_result_changed"
    subject: ClassVar[str] = "key_result_id"

    key_result_id: UUID
    goal_id: UUID
    fields: list[str]


class KeyResultRemoved(Event):
    topic: ClassVar[str] = "goals.key_result_removed"
    subject: ClassVar[str] = "key_result_id"

    key_result_id: UUID
    goal_id: UUID
    is_archived: bool


class CheckedIn(Event):
    topic: ClassVar[str] = "goals.checked_in"
    subject: ClassVar[str] = "key_result_id"

    check_in_id: UUID
    key_result_id: UUID
    goal_id: UUID


class GoalCycleAdded(Event):
    topic: ClassVar[str] = "goals.cycle_added"
    subject: ClassVar[str] = "goal_cycle_id"

    goal_cycle_id: UUID


class GoalCycleChanged(Event):
    topic: ClassVar[str] = "goals.cycle_changed"
    subject: ClassVar[str] = "goal_cycle_id"

    goal_cycle_id: UUID
    fields: list[str]


class GoalCycleClosed(Event):
    topic: ClassVar[str] = "goals.cycle_closed"
    subject: ClassVar[str] = "goal_cycle_id"

    goal_cycle_id: UUID

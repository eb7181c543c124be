"""Ids and numbers only: who reads the log reads no goal that its rules hide."""

from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event

from .models import Level


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

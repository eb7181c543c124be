from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class GoalViewSaved(Event):
    topic: ClassVar[str] = "goals.view_saved"
    subject: ClassVar[str] = "goal_view_id"

    goal_view_id: UUID
    is_shared: bool


class GoalViewChanged(Event):
    topic: ClassVar[str] = "goals.view_changed"
    subject: ClassVar[str] = "goal_view_id"

    goal_view_id: UUID
    fields: list[str]


class GoalViewDeleted(Event):
    topic: ClassVar[str] = "goals.view_deleted"
    subject: ClassVar[str] = "goal_view_id"

    goal_view_id: UUID

from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class GoalTemplateAdded(Event):
    topic: ClassVar[str] = "goals.template_added"
    subject: ClassVar[str] = "goal_template_id"

    goal_template_id: UUID


class GoalTemplateChanged(Event):
    topic: ClassVar[str] = "goals.template_changed"
    subject: ClassVar[str] = "goal_template_id"

    goal_template_id: UUID
    fields: list[str]


class GoalTemplateRemoved(Event):
    topic: ClassVar[str] = "goals.template_removed"
    subject: ClassVar[str] = "goal_template_id"

    goal_template_id: UUID

from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class GoalCommented(Event):
    topic: ClassVar[str] = "goals.commented"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    comment_id: UUID
    reply_to_id: UUID | None
    mentioned_ids: list[UUID]


class GoalCommentEdited(Event):
    topic: ClassVar[str] = "goals.comment_edited"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    comment_id: UUID
    mentioned_ids: list[UUID]
    """Who is mentioned now and was not before."""


class GoalCommentRemoved(Event):
    topic: ClassVar[str] = "goals.comment_removed"
    subject: ClassVar[str] = "goal_id"

    goal_id: UUID
    comment_id: UUID

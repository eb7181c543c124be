from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class GoalCommentReactionAdded(Event):
    topic: ClassVar[str] = "goals.comment_reaction_added"
    subject: ClassVar[str] = "comment_id"

    comment_id: UUID
    kind: str


class GoalCommentReactionRemoved(Event):
    topic: ClassVar[str] = "goals.comment_reaction_removed"
    subject: ClassVar[str] = "comment_id"

    comment_id: UUID
    kind: str


class CheckInReactionAdded(Event):
    topic: ClassVar[str] = "goals.check_in_reaction_added"
    subject: ClassVar[str] = "check_in_id"

    check_in_id: UUID
    kind: str


class CheckInReactionRemoved(Event):
    topic: ClassVar[str] = "goals.check_in_reaction_removed"
    subject: ClassVar[str] = "check_in_id"

    check_in_id: UUID
    kind: str

from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class FeedbackReactionAdded(Event):
    topic: ClassVar[str] = "feedback.reaction_added"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID
    kind: str


class FeedbackReactionRemoved(Event):
    topic: ClassVar[str] = "feedback.reaction_removed"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID
    kind: str

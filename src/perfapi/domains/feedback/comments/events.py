from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class FeedbackCommented(Event):
    topic: ClassVar[str] = "feedback.commented"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID
    comment_id: UUID


class FeedbackCommentEdited(Event):
    topic: ClassVar[str] = "feedback.comment_edited"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID
    comment_id: UUID


class FeedbackCommentRemoved(Event):
    topic: ClassVar[str] = "feedback.comment_removed"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID
    comment_id: UUID

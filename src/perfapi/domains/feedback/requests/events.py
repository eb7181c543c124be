from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class FeedbackRequested(Event):
    topic: ClassVar[str] = "feedback.requested"
    subject: ClassVar[str] = "feedback_request_id"

    feedback_request_id: UUID


class FeedbackRequestAnswered(Event):
    topic: ClassVar[str] = "feedback.request_answered"
    subject: ClassVar[str] = "feedback_request_id"

    feedback_request_id: UUID


class FeedbackRequestDeclined(Event):
    topic: ClassVar[str] = "feedback.request_declined"
    subject: ClassVar[str] = "feedback_request_id"

    feedback_request_id: UUID


class FeedbackRequestClosed(Event):
    topic: ClassVar[str] = "feedback.request_closed"
    subject: ClassVar[str] = "feedback_request_id"

    feedback_request_id: UUID

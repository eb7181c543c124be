from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class FeedbackReported(Event):
    topic: ClassVar[str] = "feedback.reported"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackTakenOffTheWall(Event):
    topic: ClassVar[str] = "feedback.taken_off_the_wall"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackPutBackOnTheWall(Event):
    topic: ClassVar[str] = "feedback.put_back_on_the_wall"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackReportsDismissed(Event):
    topic: ClassVar[str] = "feedback.reports_dismissed"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID

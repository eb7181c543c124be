"""What the log tells of feedback: that something happened to it, never who gave it to whom.

Whoever may read the log would otherwise learn from it what no rule opens to them. So no event here
carries an actor but those of moderators, and none names a giver or a receiver; who has to know
reads the feedback itself, by its id and the rules.
"""

from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class FeedbackGiven(Event):
    topic: ClassVar[str] = "feedback.given"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackChanged(Event):
    topic: ClassVar[str] = "feedback.changed"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID
    fields: list[str]


class FeedbackWithdrawn(Event):
    topic: ClassVar[str] = "feedback.withdrawn"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackThanked(Event):
    topic: ClassVar[str] = "feedback.thanked"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackAcknowledged(Event):
    topic: ClassVar[str] = "feedback.acknowledged"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackAudienceProposed(Event):
    topic: ClassVar[str] = "feedback.audience_proposed"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackAudienceDeclined(Event):
    topic: ClassVar[str] = "feedback.audience_declined"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackVisibilityChanged(Event):
    topic: ClassVar[str] = "feedback.visibility_changed"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID


class FeedbackMadeAGoal(Event):
    topic: ClassVar[str] = "feedback.made_a_goal"
    subject: ClassVar[str] = "feedback_id"

    feedback_id: UUID

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned


class FeedbackKind(StrEnum):
    PRAISE = "praise"
    ADVICE = "advice"


class FeedbackVisibility(StrEnum):
    """Who reads it besides its giver; see `audiences.py`."""

    PUBLIC = "public"
    TEAM = "team"
    RECIPIENT = "recipient"
    RECIPIENT_AND_MANAGER = "recipient_and_manager"
    MANAGER = "manager"
    REQUESTER = "requester"


class Feedback(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint(
            "(proposed_visibility IS NULL) = (proposed_by_id IS NULL)", name="somebody_proposes"
        ),
        CheckConstraint("hidden_at IS NULL OR visibility = 'public'", name="only_public_is_hidden"),
        Index("ix_feedback_newest", "organization_id", "created_at", "id"),
        Index("ix_feedback_given", "organization_id", "giver_id", "created_at", "id"),
        Index(
            "ix_feedback_proposed",
            "organization_id",
            postgresql_where=text("proposed_visibility IS NOT NULL"),
        ),
        Index(
            "ix_feedback_wall",
            "organization_id",
            "created_at",
            "id",
            postgresql_where=text("visibility = 'public' AND hidden_at IS NULL"),
        ),
    )

    giver_id: Mapped[UUID] = references("people", index=False)
    kind: Mapped[FeedbackKind]
    visibility: Mapped[FeedbackVisibility]
    text: Mapped[str]
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    goal_id: Mapped[UUID | None] = references("goals", on_delete="SET NULL (goal_id)")
    request_id: Mapped[UUID | None] = references("feedback_requests")
    """That it answers."""
    given_on: Mapped[date]
    """By the organization's calendar: a manager reads what was given since they are one."""
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    """Taken off the wall by a moderator; giver and receivers still read it."""
    proposed_visibility: Mapped[FeedbackVisibility | None]
    """Who is to read it instead, once everybody whom it concerns agrees."""
    proposed_by_id: Mapped[UUID | None] = references("people", index=False)
    giver_agreed_at: Mapped[datetime | None]


class FeedbackReceiver(Owned, Base):
    __tablename__ = "feedback_receivers"
    __table_args__ = (
        Index("ix_feedback_receivers_of_person", "organization_id", "person_id"),
        Index(
            "ix_feedback_receivers_waiting",
            "organization_id",
            "person_id",
            postgresql_where=text("acknowledged_at IS NULL"),
        ),
    )

    feedback_id: Mapped[UUID] = references(
        "feedback", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True, index=False)
    thanked_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    """With the visibility that is proposed."""
    goal_id: Mapped[UUID | None] = references("goals", on_delete="SET NULL (goal_id)")
    """The development goal that they made of it."""


class FeedbackValue(Owned, Base):
    """A company value that feedback speaks of."""

    __tablename__ = "feedback_values"

    feedback_id: Mapped[UUID] = references(
        "feedback", primary_key=True, index=False, on_delete="CASCADE"
    )
    value_id: Mapped[UUID] = references("company_values", primary_key=True)


class FeedbackRequest(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "feedback_requests"
    __table_args__ = (
        CheckConstraint("cardinality(questions) BETWEEN 1 AND 5", name="has_questions"),
        Index("ix_feedback_requests_asked", "organization_id", "requester_id", "created_at", "id"),
        Index("ix_feedback_requests_newest", "organization_id", "created_at", "id"),
    )

    requester_id: Mapped[UUID] = references("people", index=False)
    about_id: Mapped[UUID] = references("people")
    questions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    visibility: Mapped[FeedbackVisibility]
    """Of the answers."""
    due_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    """Nobody is waited for any more."""


class FeedbackRespondent(Owned, Base):
    """Who is asked. Waited for until they answer or decline, or the request is closed."""

    __tablename__ = "feedback_respondents"
    __table_args__ = (
        CheckConstraint("declined_at IS NULL OR answered_at IS NULL", name="one_answer"),
        Index("ix_feedback_respondents_of_person", "organization_id", "person_id"),
    )

    request_id: Mapped[UUID] = references(
        "feedback_requests", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True, index=False)
    answered_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    """Why they declined, for the requester alone."""

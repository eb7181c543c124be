from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from perfapi.core.db import Base, Owned, Tenanted, Timestamped
from perfapi.core.keys import references
from perfapi.core.versions import Versioned


class GoalComment(Tenanted, Versioned, Timestamped, Base):
    __tablename__ = "goal_comments"
    __table_args__ = (
        CheckConstraint("(deleted_at IS NULL) = (text IS NOT NULL)", name="deleted_or_text"),
        CheckConstraint("reply_to_id <> id", name="not_its_own_reply"),
        Index("ix_goal_comments_page", "organization_id", "goal_id", "created_at", "id"),
        Index("ix_goal_comments_replies", "organization_id", "reply_to_id", "created_at", "id"),
    )

    goal_id: Mapped[UUID] = references("goals", index=False, on_delete="CASCADE")
    author_id: Mapped[UUID] = references("people")
    reply_to_id: Mapped[UUID | None] = references("goal_comments", index=False)
    text: Mapped[str | None]
    """Null once it was deleted: the words are gone, its place in the conversation stays."""
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class GoalCommentMention(Owned, Base):
    """Whom the text speaks to, beside the text: a name may change, and be somebody else's too."""

    __tablename__ = "goal_comment_mentions"

    comment_id: Mapped[UUID] = references(
        "goal_comments", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True)


class GoalCommentNotice(Owned, Base):
    """A comment that waits for somebody to look. Once they did, the row is gone: nothing is left
    that could tell when, or whether, anybody read anything."""

    __tablename__ = "goal_comment_notices"

    comment_id: Mapped[UUID] = references(
        "goal_comments", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True)

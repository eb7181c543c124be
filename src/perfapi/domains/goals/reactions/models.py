from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Owned
from perfapi.core.keys import references


class ReactionKind(StrEnum):
    THUMBS_UP = "thumbs_up"
    CELEBRATE = "celebrate"
    HEART = "heart"
    EYES = "eyes"
    THANKS = "thanks"


class GoalCommentReaction(Owned, Base):
    __tablename__ = "goal_comment_reactions"

    comment_id: Mapped[UUID] = references(
        "goal_comments", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True)
    kind: Mapped[ReactionKind] = mapped_column(primary_key=True)


class CheckInReaction(Owned, Base):
    __tablename__ = "check_in_reactions"

    check_in_id: Mapped[UUID] = references(
        "check_ins", primary_key=True, index=False, on_delete="CASCADE"
    )
    person_id: Mapped[UUID] = references("people", primary_key=True)
    kind: Mapped[ReactionKind] = mapped_column(primary_key=True)

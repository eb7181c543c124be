from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from perfapi.core.access import Act, load, permissions
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.feedback import policy as feedback
from perfapi.domains.feedback.models import Feedback, FeedbackReceiver
from perfapi.domains.people.models import Person
from perfapi.domains.people.queries import person_ref

from . import policy, schemas
from .models import FeedbackComment, FeedbackNotice

MOST = 200

_COMMENT = documents(
    schemas.FeedbackComment,
    FeedbackComment,
    author=person_ref(FeedbackComment.author_id),
    permissions=permissions(edit=policy.MAY_EDIT, delete=policy.MAY_DELETE),
).where(policy.VISIBLE)

_COMMENTS = Listing(
    schemas.FeedbackCommentPage,
    _COMMENT.where(FeedbackComment.feedback_id == bindparam("feedback_id", type_=Uuid())),
    schemas.FeedbackCommentFilter,
    sorts={"oldest": (FeedbackComment.created_at, FeedbackComment.id)},
)

NEEDS = (
    select(
        literal("feedback_commented").label("kind"),
        literal("feedback").label("resource"),
        Feedback.id.label("id"),
        select(Person.name)
        .where(Person.organization_id == ORGANIZATION, Person.id == Feedback.giver_id)
        .correlate(Feedback)
        .scalar_subquery()
        .label("title"),
        cast(null(), Text).label("detail"),
        FeedbackNotice.since.label("since"),
        cast(null(), Integer).label("count"),
    )
    .select_from(FeedbackNotice)
    .join(
        Feedback,
        and_(
            Feedback.organization_id == FeedbackNotice.organization_id,
            Feedback.id == FeedbackNotice.feedback_id,
        ),
    )
    .where(
        FeedbackNotice.organization_id == ORGANIZATION,
        FeedbackNotice.person_id == YOU,
        feedback.VISIBLE,
    )
)
"""For "Needs you now": somebody answered what you gave or received."""


def comments_on(feedback_id: InstrumentedAttribute[Any]) -> ColumnElement[int]:
    """For the document: how many there are."""
    comment = aliased(FeedbackComment)
    return (
        select(func.count())
        .where(comment.organization_id == ORGANIZATION, comment.feedback_id == feedback_id)
        .correlate_except(comment)
        .scalar_subquery()
    )


async def list_feedback_comments(
    session: AsyncSession, feedback_id: UUID, filters: schemas.FeedbackCommentFilter
) -> Json[schemas.FeedbackCommentPage]:
    await get_feedback(session, feedback_id)
    return await page(session, _COMMENTS, filters, feedback_id=feedback_id)


async def read_feedback_comment(
    session: AsyncSession, comment_id: UUID
) -> Json[schemas.FeedbackComment]:
    return await one(session, _COMMENT, comment_id)


async def feedback_comment_after_change(
    session: AsyncSession, comment_id: UUID
) -> Json[schemas.FeedbackComment]:
    return await outcome(session, _COMMENT, comment_id)


async def get_feedback(
    session: AsyncSession, feedback_id: UUID, *acts: Act, lock: bool = False
) -> Feedback:
    return await load(session, feedback.VISIBLE, feedback_id, *acts, entity=Feedback, lock=lock)


async def get_comment(session: AsyncSession, comment_id: UUID, *acts: Act) -> FeedbackComment:
    return await load(session, policy.VISIBLE, comment_id, *acts, entity=FeedbackComment, lock=True)


async def count_comments(session: AsyncSession, feedback_id: UUID) -> int:
    counted = select(func.count()).where(FeedbackComment.feedback_id == feedback_id)
    return (await session.scalars(counted)).one()


async def people_between(session: AsyncSession, feedback_id: UUID) -> Sequence[UUID]:
    """Giver and receivers."""
    giver = select(Feedback.giver_id).where(Feedback.id == feedback_id)
    receivers = select(FeedbackReceiver.person_id).where(
        FeedbackReceiver.feedback_id == feedback_id
    )
    return [*(await session.scalars(giver)), *(await session.scalars(receivers))]

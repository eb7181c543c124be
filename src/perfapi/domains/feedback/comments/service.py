from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.feedback.audiences import AUDIENCES, Reader
from perfapi.domains.feedback.models import Feedback

from . import policy, queries
from .errors import TooManyFeedbackComments
from .events import FeedbackCommented, FeedbackCommentEdited, FeedbackCommentRemoved
from .models import FeedbackComment, FeedbackNotice
from .schemas import FeedbackCommentCreate, FeedbackCommentUpdate


async def comment_on_feedback(
    session: AsyncSession,
    actor: Actor,
    feedback_id: UUID,
    body: FeedbackCommentCreate,
    *,
    at: datetime | None = None,
) -> UUID:
    """`at` is when it was said, for history that is brought along."""
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_COMMENT, lock=True)
    if await queries.count_comments(session, feedback.id) >= queries.MOST:
        raise TooManyFeedbackComments()
    comment = FeedbackComment(
        id=uuid7(),
        feedback_id=feedback.id,
        author_id=actor.person_id,
        text=body.text,
        created_at=at or utcnow(),
    )
    session.add(comment)
    await session.flush()
    await _give_notice(session, actor, feedback)
    commented = FeedbackCommented(feedback_id=feedback.id, comment_id=comment.id)
    publish(session, commented, by=None)
    return comment.id


async def edit_feedback_comment(
    session: AsyncSession,
    actor: Actor,
    comment_id: UUID,
    body: FeedbackCommentUpdate,
    version: int | None,
) -> None:
    comment = await queries.get_comment(session, comment_id, *policy.MAY_EDIT)
    comment.expect(version)
    text = body.model_dump().get("text", comment.text)
    if text != comment.text:
        comment.text, comment.edited_at = text, utcnow()
        edited = FeedbackCommentEdited(feedback_id=comment.feedback_id, comment_id=comment.id)
        publish(session, edited, by=None)


async def delete_feedback_comment(
    session: AsyncSession, actor: Actor, comment_id: UUID, version: int | None
) -> None:
    comment = await queries.get_comment(session, comment_id, *policy.MAY_DELETE)
    comment.expect(version)
    await session.delete(comment)
    removed = FeedbackCommentRemoved(feedback_id=comment.feedback_id, comment_id=comment.id)
    publish(session, removed, by=None)


async def mark_feedback_seen(session: AsyncSession, actor: Actor, feedback_id: UUID) -> None:
    feedback = await queries.get_feedback(session, feedback_id)
    seen = delete(FeedbackNotice).where(
        FeedbackNotice.feedback_id == feedback.id, FeedbackNotice.person_id == actor.person_id
    )
    await session.execute(seen)


async def _give_notice(session: AsyncSession, actor: Actor, feedback: Feedback) -> None:
    """To those between whom it is, as far as they read it."""
    concerned = {feedback.giver_id}
    if Reader.RECEIVER in AUDIENCES[feedback.visibility]:
        concerned |= set(await queries.people_between(session, feedback.id))
    rows = [
        {
            "organization_id": facts(session)["organization"],
            "feedback_id": feedback.id,
            "person_id": person_id,
        }
        for person_id in sorted(concerned - {actor.person_id})
    ]
    if rows:
        await session.execute(insert(FeedbackNotice).values(rows).on_conflict_do_nothing())

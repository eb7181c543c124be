from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.feedback.errors import FeedbackHidden

from . import queries, schemas, service
from .errors import FeedbackCommentNotYours, TooManyFeedbackComments

router = Router(tags=["feedback"])

Reader = Annotated[Actor, requires("feedback:read")]
Writer = Annotated[Actor, requires("feedback:write")]


@router.get("/feedback/{feedback_id}/comments", responses=problems(NotFound, CursorInvalid))
async def list_feedback_comments(
    session: TenantSession,
    actor: Reader,
    feedback_id: UUID,
    filters: Annotated[schemas.FeedbackCommentFilter, Query()],
) -> Json[schemas.FeedbackCommentPage]:
    """What was said about feedback, the oldest first."""
    return await queries.list_feedback_comments(session, feedback_id, filters)


@router.post(
    "/feedback/{feedback_id}/comments",
    status_code=201,
    responses=problems(NotFound, FeedbackHidden, TooManyFeedbackComments),
)
async def comment_on_feedback(
    session: TenantSession,
    actor: Writer,
    feedback_id: UUID,
    body: Body[schemas.FeedbackCommentCreate],
) -> Json[schemas.FeedbackComment]:
    """Say something about feedback, or ask its giver. Everybody who reads the feedback reads it.

    Giver and receivers find it among what needs them.
    """
    comment_id = await service.comment_on_feedback(session, actor, feedback_id, body)
    answer = await queries.feedback_comment_after_change(session, comment_id)
    return answer.created(f"/v1/feedback-comments/{comment_id}")


@router.put("/feedback/{feedback_id}/seen", status_code=204, responses=problems(NotFound))
async def mark_feedback_seen(session: TenantSession, actor: Writer, feedback_id: UUID) -> None:
    """Say that you have looked: comments here wait for you no more. Nothing is kept of it."""
    await service.mark_feedback_seen(session, actor, feedback_id)


@router.get("/feedback-comments/{feedback_comment_id}", responses=problems(NotFound))
async def get_feedback_comment(
    session: TenantSession, actor: Reader, feedback_comment_id: UUID
) -> Json[schemas.FeedbackComment]:
    """One comment."""
    return await queries.read_feedback_comment(session, feedback_comment_id)


@router.patch(
    "/feedback-comments/{feedback_comment_id}",
    responses=problems(NotFound, FeedbackCommentNotYours, *CHANGE_PROBLEMS),
)
async def edit_feedback_comment(
    session: TenantSession,
    actor: Writer,
    feedback_comment_id: UUID,
    body: Body[schemas.FeedbackCommentUpdate],
    version: ExpectedVersion,
) -> Json[schemas.FeedbackComment]:
    """Word your comment anew. Readers see that it was edited."""
    await service.edit_feedback_comment(session, actor, feedback_comment_id, body, version)
    return await queries.feedback_comment_after_change(session, feedback_comment_id)


@router.delete(
    "/feedback-comments/{feedback_comment_id}",
    status_code=204,
    responses=problems(NotFound, FeedbackCommentNotYours, *CHANGE_PROBLEMS),
)
async def delete_feedback_comment(
    session: TenantSession, actor: Writer, feedback_comment_id: UUID, version: ExpectedVersion
) -> None:
    """Delete your comment."""
    await service.delete_feedback_comment(session, actor, feedback_comment_id, version)

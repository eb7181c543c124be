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
from perfapi.domains.feedback import queries as feedback_queries
from perfapi.domains.feedback import schemas as feedback_schemas

from . import queries, schemas, service
from .errors import (
    NotYoursToAskAbout,
    RequestAnswered,
    RequestClosed,
    RequestNotToYou,
    RequestNotYours,
)

router = Router(prefix="/feedback-requests", tags=["feedback"])

Reader = Annotated[Actor, requires("feedback:read")]
Writer = Annotated[Actor, requires("feedback:write")]


@router.get("", responses=problems(CursorInvalid))
async def list_feedback_requests(
    session: TenantSession,
    actor: Reader,
    filters: Annotated[schemas.FeedbackRequestFilter, Query()],
) -> Json[schemas.FeedbackRequestPage]:
    """Requests by you and to you, the newest first."""
    return await queries.list_feedback_requests(session, filters)


@router.post("", status_code=201, responses=problems(NotYoursToAskAbout))
async def request_feedback(
    session: TenantSession, actor: Writer, body: Body[schemas.FeedbackRequestCreate]
) -> Json[schemas.FeedbackRequest]:
    """Ask colleagues for feedback about yourself, about somebody who reports to you, or for a
    colleague, who then reads the answers alone.

    Those who are asked see the questions, who asks, and who is going to read what they write.
    """
    request_id = await service.request_feedback(session, actor, body)
    answer = await queries.feedback_request_after_change(session, request_id)
    return answer.created(f"/v1/feedback-requests/{request_id}")


@router.get("/{feedback_request_id}", responses=problems(NotFound))
async def get_feedback_request(
    session: TenantSession, actor: Reader, feedback_request_id: UUID
) -> Json[schemas.FeedbackRequest]:
    """One request."""
    return await queries.read_feedback_request(session, feedback_request_id)


@router.post(
    "/{feedback_request_id}/answer",
    status_code=201,
    responses=problems(NotFound, RequestNotToYou, RequestClosed, RequestAnswered),
)
async def answer_feedback_request(
    session: TenantSession,
    actor: Writer,
    feedback_request_id: UUID,
    body: Body[feedback_schemas.FeedbackAnswer],
) -> Json[feedback_schemas.Feedback]:
    """Give the feedback that was asked for. The request says who reads it."""
    feedback_id = await service.answer_request(session, actor, feedback_request_id, body)
    answer = await feedback_queries.feedback_after_change(session, feedback_id)
    return answer.created(f"/v1/feedback/{feedback_id}")


@router.post(
    "/{feedback_request_id}/decline",
    responses=problems(NotFound, RequestNotToYou, RequestClosed, RequestAnswered),
)
async def decline_feedback_request(
    session: TenantSession,
    actor: Writer,
    feedback_request_id: UUID,
    body: Body[schemas.FeedbackDecline],
) -> Json[schemas.FeedbackRequest]:
    """Say that you will not answer, and why. Only whoever asked reads the reason."""
    await service.decline_request(session, actor, feedback_request_id, body)
    return await queries.feedback_request_after_change(session, feedback_request_id)


@router.post(
    "/{feedback_request_id}/close",
    responses=problems(NotFound, RequestNotYours, RequestClosed, *CHANGE_PROBLEMS),
)
async def close_feedback_request(
    session: TenantSession,
    actor: Writer,
    feedback_request_id: UUID,
    version: ExpectedVersion,
) -> Json[schemas.FeedbackRequest]:
    """Wait for no more answers. What was answered stays."""
    await service.close_request(session, actor, feedback_request_id, version)
    return await queries.feedback_request_after_change(session, feedback_request_id)

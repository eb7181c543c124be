from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.domains.feedback.errors import (
    AlreadyReported,
    FeedbackHidden,
    FeedbackIsYours,
    FeedbackNotHidden,
    FeedbackNotPublic,
    OnlyModerators,
)

from . import policy, queries, schemas, service

router = Router(prefix="/feedback/{feedback_id}", tags=["feedback"])

Reader = Annotated[Actor, requires("feedback:read")]
Writer = Annotated[Actor, requires("feedback:write")]


@router.post(
    "/reports",
    status_code=204,
    responses=problems(
        NotFound, FeedbackNotPublic, FeedbackHidden, FeedbackIsYours, AlreadyReported
    ),
)
async def report_feedback(
    session: TenantSession,
    actor: Writer,
    feedback_id: UUID,
    body: Body[schemas.FeedbackReportCreate],
) -> None:
    """Tell the moderators that something public should not be. They do not learn who you are."""
    await service.report_feedback(session, actor, feedback_id, body)


@router.get("/reports", responses=problems(NotFound, OnlyModerators))
async def list_feedback_reports(
    session: TenantSession, actor: Reader, feedback_id: UUID
) -> Json[schemas.FeedbackReports]:
    """Why it was reported. For moderators: HR of the whole organization and administrators."""
    await queries.get_feedback(session, feedback_id, *policy.MAY_READ_REPORTS, lock=False)
    return await queries.read_feedback_reports(session, feedback_id)


@router.delete("/reports", status_code=204, responses=problems(NotFound, OnlyModerators))
async def dismiss_feedback_reports(
    session: TenantSession, actor: Writer, feedback_id: UUID
) -> None:
    """Let it stand: the reports are gone. For moderators."""
    await service.dismiss_reports(session, actor, feedback_id)


@router.post(
    "/hide",
    status_code=204,
    responses=problems(NotFound, OnlyModerators, FeedbackNotPublic, FeedbackHidden),
)
async def hide_feedback(session: TenantSession, actor: Writer, feedback_id: UUID) -> None:
    """Take it off the wall. Giver and receivers still read it, and that it is hidden."""
    await service.hide_feedback(session, actor, feedback_id)


@router.post(
    "/restore", status_code=204, responses=problems(NotFound, OnlyModerators, FeedbackNotHidden)
)
async def restore_feedback(session: TenantSession, actor: Writer, feedback_id: UUID) -> None:
    """Put it back on the wall."""
    await service.restore_feedback(session, actor, feedback_id)

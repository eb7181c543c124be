from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.events import publish
from perfapi.domains.feedback import policy as feedback_policy
from perfapi.domains.feedback.models import Feedback

from . import policy, queries
from .events import (
    FeedbackPutBackOnTheWall,
    FeedbackReported,
    FeedbackReportsDismissed,
    FeedbackTakenOffTheWall,
)
from .models import FeedbackReport
from .schemas import FeedbackReportCreate


async def report_feedback(
    session: AsyncSession, actor: Actor, feedback_id: UUID, body: FeedbackReportCreate
) -> None:
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_REPORT)
    session.add(
        FeedbackReport(feedback_id=feedback.id, person_id=actor.person_id, reason=body.reason)
    )
    publish(session, FeedbackReported(feedback_id=feedback.id), by=None)


async def dismiss_reports(session: AsyncSession, actor: Actor, feedback_id: UUID) -> None:
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_READ_REPORTS)
    await _forget_reports(session, feedback)
    publish(session, FeedbackReportsDismissed(feedback_id=feedback.id), by=actor.person_id)


async def hide_feedback(session: AsyncSession, actor: Actor, feedback_id: UUID) -> None:
    feedback = await queries.get_feedback(session, feedback_id, *feedback_policy.MAY_HIDE)
    feedback.hidden_at = utcnow()
    await _forget_reports(session, feedback)
    publish(session, FeedbackTakenOffTheWall(feedback_id=feedback.id), by=actor.person_id)


async def restore_feedback(session: AsyncSession, actor: Actor, feedback_id: UUID) -> None:
    feedback = await queries.get_feedback(session, feedback_id, *feedback_policy.MAY_RESTORE)
    feedback.hidden_at = None
    publish(session, FeedbackPutBackOnTheWall(feedback_id=feedback.id), by=actor.person_id)


async def _forget_reports(session: AsyncSession, feedback: Feedback) -> None:
    decided = delete(FeedbackReport).where(FeedbackReport.feedback_id == feedback.id)
    await session.execute(decided)

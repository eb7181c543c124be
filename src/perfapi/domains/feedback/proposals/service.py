from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.domains.feedback import audiences, policy
from perfapi.domains.feedback import queries as feedback_queries
from perfapi.domains.feedback import service as feedback_service
from perfapi.domains.feedback.audiences import AUDIENCES, Reader
from perfapi.domains.feedback.errors import ReceiversDoNotReadIt
from perfapi.domains.feedback.events import (
    FeedbackAudienceDeclined,
    FeedbackAudienceProposed,
    FeedbackVisibilityChanged,
)
from perfapi.domains.feedback.models import Feedback, FeedbackVisibility


async def change_visibility(
    session: AsyncSession,
    actor: Actor,
    feedback_id: UUID,
    visibility: FeedbackVisibility,
    version: int | None,
) -> None:
    """At once where the giver narrows it; else it is proposed to those whom it concerns."""
    feedback = await feedback_queries.get_feedback(
        session, feedback_id, *policy.MAY_CHANGE_VISIBILITY
    )
    feedback.expect(version)
    if visibility == feedback.visibility:
        return
    await feedback_service.ensure_choice(session, feedback.kind, visibility)
    if feedback.giver_id == actor.person_id and (
        audiences.is_narrower(feedback.visibility, visibility)
        or audiences.opens_to_receivers_only(feedback.visibility, visibility)
    ):
        await _settle(session, feedback, visibility)
        return
    if Reader.RECEIVER not in AUDIENCES[feedback.visibility]:
        raise ReceiversDoNotReadIt()
    await feedback_service.forget_proposal(session, feedback)
    feedback.proposed_visibility, feedback.proposed_by_id = visibility, actor.person_id
    feedback_service.tell(session, FeedbackAudienceProposed(feedback_id=feedback.id))
    await _agree(session, feedback, actor)


async def agree_to_visibility(
    session: AsyncSession, actor: Actor, feedback_id: UUID, version: int | None
) -> None:
    feedback = await feedback_queries.get_feedback(session, feedback_id, *policy.MAY_AGREE)
    feedback.expect(version)
    await _agree(session, feedback, actor)


async def decline_visibility(
    session: AsyncSession, actor: Actor, feedback_id: UUID, version: int | None
) -> None:
    feedback = await feedback_queries.get_feedback(session, feedback_id, *policy.MAY_DECLINE)
    feedback.expect(version)
    await feedback_service.forget_proposal(session, feedback)
    feedback_service.tell(session, FeedbackAudienceDeclined(feedback_id=feedback.id))


async def _agree(session: AsyncSession, feedback: Feedback, actor: Actor) -> None:
    receivers = await feedback_queries.receivers_of(session, feedback.id)
    if feedback.giver_id == actor.person_id:
        feedback.giver_agreed_at = utcnow()
    for receiver in receivers:
        if receiver.person_id == actor.person_id:
            receiver.agreed_at = utcnow()
    agreed = [feedback.giver_agreed_at, *(receiver.agreed_at for receiver in receivers)]
    if all(agreed) and feedback.proposed_visibility is not None:
        await _settle(session, feedback, feedback.proposed_visibility)


async def _settle(
    session: AsyncSession, feedback: Feedback, visibility: FeedbackVisibility
) -> None:
    feedback.visibility = visibility
    await feedback_service.forget_proposal(session, feedback)
    feedback_service.tell(session, FeedbackVisibilityChanged(feedback_id=feedback.id))

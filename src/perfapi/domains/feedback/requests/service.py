from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.errors import invalid
from perfapi.core.events import Event, publish
from perfapi.core.ids import uuid7
from perfapi.domains.feedback import queries as feedback_queries
from perfapi.domains.feedback import service as feedback
from perfapi.domains.feedback.models import (
    FeedbackKind,
    FeedbackRequest,
    FeedbackRespondent,
    FeedbackVisibility,
)
from perfapi.domains.feedback.schemas import FeedbackAnswer

from . import policy, queries
from .events import (
    FeedbackRequestAnswered,
    FeedbackRequestClosed,
    FeedbackRequestDeclined,
    FeedbackRequested,
)
from .schemas import FeedbackDecline, FeedbackRequestCreate

_ABOUT_YOURSELF = (FeedbackVisibility.RECIPIENT, FeedbackVisibility.RECIPIENT_AND_MANAGER)
_ABOUT_A_REPORT = (*_ABOUT_YOURSELF, FeedbackVisibility.REQUESTER)


async def request_feedback(
    session: AsyncSession,
    actor: Actor,
    body: FeedbackRequestCreate,
    *,
    at: datetime | None = None,
) -> UUID:
    """`at` is when it was asked, for history that is brought along."""
    about_id = body.about_id or actor.person_id
    await _ensure_may_ask(session, actor, about_id, body.visibility)
    if body.visibility is not FeedbackVisibility.REQUESTER:  # which only answers have
        await feedback.ensure_choice(session, FeedbackKind.ADVICE, body.visibility)
    respondents = list(dict.fromkeys(body.respondent_ids))
    working = await feedback_queries.working_here(session, [about_id, *respondents])
    if about_id not in working:
        raise invalid("/about_id", "unknown", "Nobody who works here has this id.")
    for place, person_id in enumerate(respondents):
        pointer = f"/respondent_ids/{place}"
        if person_id not in working:
            raise invalid(pointer, "unknown", "Nobody who works here has this id.")
        if person_id in {about_id, actor.person_id}:
            raise invalid(pointer, "is_concerned", "Ask somebody else than the two of you.")
    if body.due_on is not None and body.due_on < facts(session)["today"]:
        raise invalid("/due_on", "in_the_past", "It has to be answered today or later.")
    request = FeedbackRequest(
        id=uuid7(),
        requester_id=actor.person_id,
        about_id=about_id,
        questions=body.questions,
        visibility=body.visibility,
        due_on=body.due_on,
        created_at=at or utcnow(),
    )
    session.add(request)
    await session.flush()
    session.add_all(
        FeedbackRespondent(request_id=request.id, person_id=person_id) for person_id in respondents
    )
    _tell(session, FeedbackRequested(feedback_request_id=request.id))
    return request.id


async def answer_request(
    session: AsyncSession,
    actor: Actor,
    request_id: UUID,
    body: FeedbackAnswer,
    *,
    at: datetime | None = None,
) -> UUID:
    request = await queries.get_request(session, request_id, *policy.MAY_ANSWER)
    respondent = await queries.get_respondent(session, request.id, actor.person_id)
    respondent.answered_at = at or utcnow()
    _tell(session, FeedbackRequestAnswered(feedback_request_id=request.id))
    return await feedback.answer_with_feedback(session, actor, request, body, at=at)


async def decline_request(
    session: AsyncSession, actor: Actor, request_id: UUID, body: FeedbackDecline
) -> None:
    request = await queries.get_request(session, request_id, *policy.MAY_DECLINE)
    respondent = await queries.get_respondent(session, request.id, actor.person_id)
    respondent.declined_at, respondent.reason = utcnow(), body.reason
    _tell(session, FeedbackRequestDeclined(feedback_request_id=request.id))


async def close_request(
    session: AsyncSession, actor: Actor, request_id: UUID, version: int | None
) -> None:
    request = await queries.get_request(session, request_id, *policy.MAY_CLOSE)
    request.expect(version)
    request.closed_at = utcnow()
    _tell(session, FeedbackRequestClosed(feedback_request_id=request.id))


async def leave_requests(session: AsyncSession, person_id: UUID) -> None:
    """Of somebody who left: nobody waits for their answers, nor for answers to what they asked."""
    for respondent in await queries.waiting_for(session, person_id):
        respondent.declined_at = utcnow()
    for request in await queries.open_requests_of(session, person_id):
        request.closed_at = utcnow()
        _tell(session, FeedbackRequestClosed(feedback_request_id=request.id))


async def _ensure_may_ask(
    session: AsyncSession, actor: Actor, about_id: UUID, visibility: FeedbackVisibility
) -> None:
    if visibility not in _ABOUT_A_REPORT:
        raise invalid("/visibility", "not_a_choice", "Answers cannot be given so.")
    if about_id == actor.person_id:
        if visibility not in _ABOUT_YOURSELF:
            raise invalid("/visibility", "not_a_choice", "You are the receiver of the answers.")
    elif visibility is not FeedbackVisibility.RECIPIENT:
        await access.ensure(session, policy.ASK_ABOUT, about=about_id)


def _tell(session: AsyncSession, event: Event) -> None:
    """Without an actor: see `feedback.events`."""
    publish(session, event, by=None)

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.errors import invalid
from perfapi.core.events import Event, publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals import queries as goals
from perfapi.domains.goals import service as goals_service
from perfapi.domains.goals.models import GoalState, Level, Purpose
from perfapi.domains.goals.models import Visibility as GoalVisibility
from perfapi.domains.goals.schemas import GoalCreate
from perfapi.domains.organizations import queries as organizations

from . import customs, policy, queries
from .events import (
    FeedbackAcknowledged,
    FeedbackChanged,
    FeedbackGiven,
    FeedbackMadeAGoal,
    FeedbackThanked,
    FeedbackWithdrawn,
)
from .models import (
    Feedback,
    FeedbackKind,
    FeedbackReceiver,
    FeedbackRequest,
    FeedbackValue,
    FeedbackVisibility,
)
from .schemas import DevelopmentGoal, FeedbackAnswer, FeedbackCreate, FeedbackUpdate
from .settings.queries import get_feedback_settings


async def give_feedback(
    session: AsyncSession, actor: Actor, body: FeedbackCreate, *, at: datetime | None = None
) -> UUID:
    """`at` is when it was given, for history that is brought along."""
    receivers = list(dict.fromkeys(body.receiver_ids))
    await _ensure_receivers(session, actor, receivers)
    values = list(dict.fromkeys(body.value_ids))
    await _ensure_offered(session, values)
    await _ensure_goal(session, body.goal_id)
    feedback = Feedback(
        giver_id=actor.person_id,
        kind=body.kind,
        visibility=await _visibility(session, body.kind, body.visibility),
        text=body.text,
        skills=list(dict.fromkeys(body.skills)),
        goal_id=body.goal_id,
    )
    return await _give(session, feedback, receivers, values, at or utcnow())


async def answer_with_feedback(
    session: AsyncSession,
    actor: Actor,
    request: FeedbackRequest,
    body: FeedbackAnswer,
    *,
    at: datetime | None = None,
) -> UUID:
    """About whom and for whom the request says; its respondent was told before writing."""
    values = list(dict.fromkeys(body.value_ids))
    await _ensure_offered(session, values)
    feedback = Feedback(
        giver_id=actor.person_id,
        request_id=request.id,
        kind=body.kind,
        visibility=request.visibility,
        text=body.text,
        skills=list(dict.fromkeys(body.skills)),
    )
    return await _give(session, feedback, [request.about_id], values, at or utcnow())


async def _give(
    session: AsyncSession,
    feedback: Feedback,
    receivers: Sequence[UUID],
    values: Sequence[UUID],
    at: datetime,
) -> UUID:
    feedback.id, feedback.created_at = uuid7(), at
    feedback.given_on = await organizations.day_of(session, at)
    session.add(feedback)
    await session.flush()
    session.add_all(
        FeedbackReceiver(feedback_id=feedback.id, person_id=person_id) for person_id in receivers
    )
    session.add_all(FeedbackValue(feedback_id=feedback.id, value_id=value) for value in values)
    tell(session, FeedbackGiven(feedback_id=feedback.id))
    return feedback.id


async def change_feedback(
    session: AsyncSession,
    actor: Actor,
    feedback_id: UUID,
    body: FeedbackUpdate,
    version: int | None,
) -> None:
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_EDIT)
    feedback.expect(version)
    sent = body.model_dump()
    changed = []
    if "value_ids" in sent and await _retag(session, feedback.id, sent.pop("value_ids")):
        changed.append("values")
    if "skills" in sent:
        sent["skills"] = list(dict.fromkeys(sent["skills"]))
    if sent.get("goal_id", feedback.goal_id) != feedback.goal_id:
        await _ensure_goal(session, sent["goal_id"])
    for field, value in sent.items():
        if getattr(feedback, field) != value:
            setattr(feedback, field, value)
            changed.append(field)
    if "text" in changed:
        await forget_proposal(session, feedback)
    if changed:
        feedback.edited_at = utcnow()
        tell(session, FeedbackChanged(feedback_id=feedback.id, fields=sorted(changed)))


async def withdraw_feedback(
    session: AsyncSession, actor: Actor, feedback_id: UUID, version: int | None
) -> None:
    """Its words and all that was said about it are gone; goals that were made of it stay."""
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_WITHDRAW)
    feedback.expect(version)
    await session.delete(feedback)
    tell(session, FeedbackWithdrawn(feedback_id=feedback.id))


async def thank_for_feedback(
    session: AsyncSession, actor: Actor, feedback_id: UUID, *, at: datetime | None = None
) -> None:
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_THANK)
    receiver = await _receiver(session, feedback, actor)
    receiver.thanked_at = at or utcnow()
    receiver.acknowledged_at = receiver.acknowledged_at or receiver.thanked_at
    tell(session, FeedbackThanked(feedback_id=feedback.id))


async def acknowledge_feedback(
    session: AsyncSession, actor: Actor, feedback_id: UUID, *, at: datetime | None = None
) -> None:
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_ACKNOWLEDGE)
    receiver = await _receiver(session, feedback, actor)
    receiver.acknowledged_at = at or utcnow()
    tell(session, FeedbackAcknowledged(feedback_id=feedback.id))


async def make_goal_of_feedback(
    session: AsyncSession, actor: Actor, feedback_id: UUID, body: DevelopmentGoal
) -> UUID:
    """A draft that nobody else sees: what was said in confidence does not leave by a goal."""
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_MAKE_A_GOAL)
    receiver = await _receiver(session, feedback, actor)
    receiver.goal_id = await goals_service.set_goal(
        session,
        actor,
        GoalCreate(
            title=body.title,
            level=Level.PERSON,
            purpose=Purpose.DEVELOPMENT,
            visibility=GoalVisibility.PRIVATE,
            state=GoalState.DRAFT,
            key_results=[],
        ),
    )
    receiver.acknowledged_at = receiver.acknowledged_at or utcnow()
    tell(session, FeedbackMadeAGoal(feedback_id=feedback.id))
    return receiver.goal_id


async def _ensure_receivers(session: AsyncSession, actor: Actor, receivers: Sequence[UUID]) -> None:
    working = await queries.working_here(session, receivers)
    for place, person_id in enumerate(receivers):
        if person_id == actor.person_id:
            detail = "Feedback is for others; notes about yourself belong into your journal."
            raise invalid(f"/receiver_ids/{place}", "to_oneself", detail)
        if person_id not in working:
            detail = "Nobody who works here has this id."
            raise invalid(f"/receiver_ids/{place}", "unknown", detail)


async def _visibility(
    session: AsyncSession, kind: FeedbackKind, asked: FeedbackVisibility | None
) -> FeedbackVisibility:
    if asked is None:
        return customs.usual(await get_feedback_settings(session), kind)
    await ensure_choice(session, kind, asked)
    return asked


async def ensure_choice(
    session: AsyncSession, kind: FeedbackKind, visibility: FeedbackVisibility
) -> None:
    if visibility not in customs.offered(await get_feedback_settings(session), kind):
        detail = f"{kind.value.capitalize()} is not given so in this organization."
        raise invalid("/visibility", "not_offered", detail)


async def _ensure_offered(session: AsyncSession, values: Collection[UUID]) -> None:
    offered = await queries.offered_values(session, values) if values else set()
    for place, value in enumerate(values):
        if value not in offered:
            raise invalid(f"/value_ids/{place}", "unknown", "No value that is offered has this id.")


async def _ensure_goal(session: AsyncSession, goal_id: UUID | None) -> None:
    if goal_id is not None and not await goals.sees_goal(session, goal_id):
        raise invalid("/goal_id", "unknown", "You see no goal with this id.")


async def _retag(session: AsyncSession, feedback_id: UUID, wanted: Sequence[UUID]) -> bool:
    """Whether that changes anything. A value that is no longer offered may stay."""
    tags = {tag.value_id: tag for tag in await queries.values_of(session, feedback_id)}
    added = [value for value in dict.fromkeys(wanted) if value not in tags]
    gone = tags.keys() - set(wanted)
    await _ensure_offered(session, added)
    for value in gone:
        await session.delete(tags[value])
    session.add_all(FeedbackValue(feedback_id=feedback_id, value_id=value) for value in added)
    return bool(added or gone)


async def forget_proposal(session: AsyncSession, feedback: Feedback) -> None:
    """Also what was agreed to: of other words, or of another audience, it says nothing."""
    feedback.proposed_visibility = feedback.proposed_by_id = feedback.giver_agreed_at = None
    for receiver in await queries.receivers_of(session, feedback.id):
        receiver.agreed_at = None


async def _receiver(session: AsyncSession, feedback: Feedback, actor: Actor) -> FeedbackReceiver:
    found = await queries.receivers_of(session, feedback.id)
    return next(receiver for receiver in found if receiver.person_id == actor.person_id)


def tell(session: AsyncSession, event: Event) -> None:
    """Without an actor: the log is no way to learn who wrote to whom."""
    publish(session, event, by=None)

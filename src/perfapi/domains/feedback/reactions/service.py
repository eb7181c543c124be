from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.core.events import publish
from perfapi.domains.feedback import policy

from . import queries
from .events import FeedbackReactionAdded, FeedbackReactionRemoved
from .models import FeedbackReaction, FeedbackReactionKind


async def react_to_feedback(
    session: AsyncSession, actor: Actor, feedback_id: UUID, kind: FeedbackReactionKind
) -> None:
    """Whoever reacted so already has done so: sent twice, or twice at once, it counts once."""
    feedback = await queries.get_feedback(session, feedback_id, *policy.MAY_REACT)
    row = {
        "organization_id": facts(session)["organization"],
        "feedback_id": feedback.id,
        "person_id": actor.person_id,
        "kind": kind,
    }
    adding = insert(FeedbackReaction).values(row).on_conflict_do_nothing()
    if (await session.execute(adding.returning(FeedbackReaction.kind))).one_or_none() is not None:
        publish(session, FeedbackReactionAdded(feedback_id=feedback.id, kind=kind), by=None)


async def take_back_reaction(
    session: AsyncSession, actor: Actor, feedback_id: UUID, kind: FeedbackReactionKind
) -> None:
    feedback = await queries.get_feedback(session, feedback_id)
    removing = delete(FeedbackReaction).where(
        FeedbackReaction.feedback_id == feedback.id,
        FeedbackReaction.person_id == actor.person_id,
        FeedbackReaction.kind == kind,
    )
    gone = await session.execute(removing.returning(FeedbackReaction.kind))
    if gone.one_or_none() is not None:
        publish(session, FeedbackReactionRemoved(feedback_id=feedback.id, kind=kind), by=None)

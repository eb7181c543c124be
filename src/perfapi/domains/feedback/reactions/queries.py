from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from perfapi.core.access import Act, load
from perfapi.domains.feedback import policy
from perfapi.domains.feedback.models import Feedback
from perfapi.domains.goals.reactions.queries import counted

from .models import FeedbackReaction


def reactions_to(feedback_id: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """For the document: how many react how, and whether YOU are one of them."""
    reaction = aliased(FeedbackReaction)
    return counted(reaction, reaction.feedback_id == feedback_id)


async def get_feedback(session: AsyncSession, feedback_id: UUID, *acts: Act) -> Feedback:
    return await load(session, policy.VISIBLE, feedback_id, *acts, entity=Feedback)

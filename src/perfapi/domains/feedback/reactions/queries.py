from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from perfapi.core.access import Act, load
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.feedback import policy
from perfapi.domains.feedback.models import Feedback

from .models import FeedbackReaction


def reactions_to(feedback_id: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """For the document: how many react how, and whether YOU are one of them."""
    reaction = aliased(FeedbackReaction)
    kinds = (
        select(
            cast(reaction.kind, Text).label("kind"),
            func.count().label("count"),
            func.bool_or(reaction.person_id == YOU).label("is_mine"),
        )
        .where(reaction.organization_id == ORGANIZATION, reaction.feedback_id == feedback_id)
        .group_by(reaction.kind)
        .correlate_except(reaction)
        .subquery()
    )
    pairs = [part for name in ("kind", "count", "is_mine") for part in (name, kinds.c[name])]
    listed = func.json_agg(aggregate_order_by(func.json_build_object(*pairs), kinds.c.kind))
    return select(func.coalesce(listed, func.json_build_array())).scalar_subquery()


async def get_feedback(session: AsyncSession, feedback_id: UUID, *acts: Act) -> Feedback:
    return await load(session, policy.VISIBLE, feedback_id, *acts, entity=Feedback)

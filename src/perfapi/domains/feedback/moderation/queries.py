from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, bindparam, cast, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import Act, load
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.db import own_rows
from perfapi.core.documents import children
from perfapi.domains.feedback import policy as feedback
from perfapi.domains.feedback.models import Feedback
from perfapi.domains.people.models import Person

from . import schemas
from .models import FeedbackReport

_REPORTS = own_rows(
    select(
        cast(
            func.json_build_object(
                "items",
                children(
                    schemas.FeedbackReport,
                    FeedbackReport,
                    FeedbackReport.organization_id == ORGANIZATION,
                    FeedbackReport.feedback_id == bindparam("feedback_id", type_=Uuid()),
                    order=(FeedbackReport.reported_at, FeedbackReport.person_id),
                ),
            ),
            Text,
        )
    )
)

NEEDS = (
    select(
        literal("feedback_reported").label("kind"),
        literal("feedback").label("resource"),
        Feedback.id.label("id"),
        select(Person.name)
        .where(Person.organization_id == ORGANIZATION, Person.id == Feedback.giver_id)
        .correlate(Feedback)
        .scalar_subquery()
        .label("title"),
        cast(null(), Text).label("detail"),
        func.min(FeedbackReport.reported_at).label("since"),
        cast(func.count(), Integer).label("count"),
    )
    .join_from(
        Feedback,
        FeedbackReport,
        (FeedbackReport.organization_id == Feedback.organization_id)
        & (FeedbackReport.feedback_id == Feedback.id),
    )
    .where(
        Feedback.organization_id == ORGANIZATION,
        Feedback.hidden_at.is_(None),
        feedback.you_moderate(),
    )
    .group_by(Feedback.organization_id, Feedback.id)
)
"""For "Needs you now" of moderators: what was reported and nobody has decided about."""


async def get_feedback(
    session: AsyncSession, feedback_id: UUID, *acts: Act, lock: bool = True
) -> Feedback:
    return await load(session, feedback.VISIBLE, feedback_id, *acts, entity=Feedback, lock=lock)


async def read_feedback_reports(
    session: AsyncSession, feedback_id: UUID
) -> Json[schemas.FeedbackReports]:
    document = await session.execute(_REPORTS, {"feedback_id": feedback_id})
    return Json(document.scalar_one())

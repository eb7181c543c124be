from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.feedback.comments.models import FeedbackComment
from perfapi.domains.feedback.models import (
    Feedback,
    FeedbackKind,
    FeedbackReceiver,
    FeedbackRequest,
    FeedbackRespondent,
    FeedbackValue,
    FeedbackVisibility,
)
from perfapi.domains.feedback.values.models import CompanyValue
from perfapi.domains.people.models import Person
from tests.factories.goals import today_of


async def a_feedback(
    session: AsyncSession,
    by: Person,
    *to: Person,
    visibility: FeedbackVisibility = FeedbackVisibility.RECIPIENT,
    kind: FeedbackKind = FeedbackKind.ADVICE,
    values: tuple[CompanyValue, ...] = (),
    given_on: date | None = None,
    **fields: Any,
) -> Feedback:
    feedback = Feedback(
        id=uuid7(),
        giver_id=by.id,
        kind=kind,
        visibility=visibility,
        text=fields.pop("text", "In Monday's review you asked first."),
        given_on=given_on or today_of(session),
        **fields,
    )
    session.add(feedback)
    await session.flush()
    session.add_all(FeedbackReceiver(feedback_id=feedback.id, person_id=one.id) for one in to)
    session.add_all(FeedbackValue(feedback_id=feedback.id, value_id=one.id) for one in values)
    await session.flush()
    return feedback


async def a_praise(session: AsyncSession, by: Person, *to: Person, **fields: Any) -> Feedback:
    given = {"visibility": FeedbackVisibility.PUBLIC, "kind": FeedbackKind.PRAISE} | fields
    return await a_feedback(session, by, *to, **given)


async def a_request(
    session: AsyncSession, by: Person, *asked: Person, about: Person | None = None, **fields: Any
) -> FeedbackRequest:
    given = {
        "questions": ["What went well?"],
        "visibility": FeedbackVisibility.RECIPIENT,
    } | fields
    request = FeedbackRequest(id=uuid7(), requester_id=by.id, about_id=(about or by).id, **given)
    session.add(request)
    await session.flush()
    session.add_all(FeedbackRespondent(request_id=request.id, person_id=one.id) for one in asked)
    await session.flush()
    return request


async def a_value(session: AsyncSession, name: str = "Own it", **fields: Any) -> CompanyValue:
    value = CompanyValue(id=uuid7(), name=name, **fields)
    session.add(value)
    await session.flush()
    return value


async def a_feedback_comment(
    session: AsyncSession, feedback: Feedback, *, by: Person, text: str = "When was that?"
) -> FeedbackComment:
    comment = FeedbackComment(id=uuid7(), feedback_id=feedback.id, author_id=by.id, text=text)
    session.add(comment)
    await session.flush()
    return comment

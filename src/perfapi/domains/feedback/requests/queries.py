from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Integer, and_, cast, literal, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, load, permissions
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.documents import children, documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.feedback import policy as feedback
from perfapi.domains.feedback.models import Feedback, FeedbackRequest, FeedbackRespondent
from perfapi.domains.people.models import Person
from perfapi.domains.people.queries import person_ref

from . import policy, schemas

_asked, _person = aliased(FeedbackRespondent), aliased(Person)

_ANSWER = (
    select(Feedback.id)
    .where(
        Feedback.organization_id == _asked.organization_id,
        Feedback.request_id == _asked.request_id,
        Feedback.giver_id == _asked.person_id,
        feedback.VISIBLE,
    )
    .correlate_except(Feedback)
    .scalar_subquery()
)

_RESPONDENTS = children(
    schemas.Respondent,
    _asked,
    _asked.organization_id == FeedbackRequest.organization_id,
    _asked.request_id == FeedbackRequest.id,
    # Who else was asked is for whoever asked.
    or_(FeedbackRequest.requester_id == YOU, _asked.person_id == YOU),
    order=(
        select(_person.name)
        .where(_person.organization_id == _asked.organization_id, _person.id == _asked.person_id)
        .correlate(_asked)
        .scalar_subquery(),
        _asked.person_id,
    ),
    person=person_ref(_asked.person_id),
    feedback_id=_ANSWER,
)

_REQUEST = documents(
    schemas.FeedbackRequest,
    FeedbackRequest,
    requester=person_ref(FeedbackRequest.requester_id),
    about=person_ref(FeedbackRequest.about_id),
    respondents=_RESPONDENTS,
    waits_for_you=and_(FeedbackRequest.closed_at.is_(None), policy.WAITS_FOR_YOU),
    permissions=permissions(
        answer=policy.MAY_ANSWER, decline=policy.MAY_DECLINE, close=policy.MAY_CLOSE
    ),
).where(policy.VISIBLE)

_BOXES = {
    None: None,
    schemas.RequestBox.WAITING: and_(FeedbackRequest.closed_at.is_(None), policy.WAITS_FOR_YOU),
    schemas.RequestBox.ASKED: FeedbackRequest.requester_id == YOU,
}
_LISTS = {
    box: Listing(
        schemas.FeedbackRequestPage,
        _REQUEST if condition is None else _REQUEST.where(condition),
        schemas.FeedbackRequestConditions,
        sorts={"newest": (FeedbackRequest.created_at.desc(), FeedbackRequest.id.desc())},
    )
    for box, condition in _BOXES.items()
}

NEEDS = (
    select(
        literal("feedback_asked").label("kind"),
        literal("feedback-requests").label("resource"),
        FeedbackRequest.id.label("id"),
        select(Person.name)
        .where(Person.organization_id == ORGANIZATION, Person.id == FeedbackRequest.about_id)
        .correlate(FeedbackRequest)
        .scalar_subquery()
        .label("title"),
        select(Person.name)
        .where(Person.organization_id == ORGANIZATION, Person.id == FeedbackRequest.requester_id)
        .correlate(FeedbackRequest)
        .scalar_subquery()
        .label("detail"),
        FeedbackRequest.created_at.label("since"),
        cast(null(), Integer).label("count"),
    )
    .select_from(FeedbackRequest)
    .where(
        FeedbackRequest.organization_id == ORGANIZATION,
        FeedbackRequest.closed_at.is_(None),
        policy.WAITS_FOR_YOU,
    )
)
"""For "Needs you now": somebody asked you for feedback."""


async def list_feedback_requests(
    session: AsyncSession, filters: schemas.FeedbackRequestFilter
) -> Json[schemas.FeedbackRequestPage]:
    conditions = schemas.FeedbackRequestConditions(**filters.model_dump(exclude={"box"}))
    return await page(session, _LISTS[filters.box], conditions)


async def read_feedback_request(
    session: AsyncSession, request_id: UUID
) -> Json[schemas.FeedbackRequest]:
    return await one(session, _REQUEST, request_id)


async def feedback_request_after_change(
    session: AsyncSession, request_id: UUID
) -> Json[schemas.FeedbackRequest]:
    return await outcome(session, _REQUEST, request_id)


async def get_request(session: AsyncSession, request_id: UUID, *acts: Act) -> FeedbackRequest:
    return await load(session, policy.VISIBLE, request_id, *acts, entity=FeedbackRequest, lock=True)


async def get_respondent(
    session: AsyncSession, request_id: UUID, person_id: UUID
) -> FeedbackRespondent:
    found = select(FeedbackRespondent).where(
        FeedbackRespondent.request_id == request_id, FeedbackRespondent.person_id == person_id
    )
    return (await session.scalars(found)).one()


async def waiting_for(session: AsyncSession, person_id: UUID) -> Sequence[FeedbackRespondent]:
    found = select(FeedbackRespondent).where(
        FeedbackRespondent.person_id == person_id,
        FeedbackRespondent.answered_at.is_(None),
        FeedbackRespondent.declined_at.is_(None),
    )
    return (await session.scalars(found.with_for_update())).all()


async def open_requests_of(session: AsyncSession, person_id: UUID) -> Sequence[FeedbackRequest]:
    """By them or about them."""
    found = select(FeedbackRequest).where(
        or_(FeedbackRequest.requester_id == person_id, FeedbackRequest.about_id == person_id),
        FeedbackRequest.closed_at.is_(None),
    )
    return (await session.scalars(found.with_for_update())).all()

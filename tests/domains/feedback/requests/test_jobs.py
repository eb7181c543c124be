"""What becomes of requests when somebody leaves."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.feedback.models import FeedbackRequest, FeedbackRespondent
from perfapi.domains.feedback.requests.jobs import wait_no_more_for_leaver
from perfapi.domains.people.events import PersonLeft
from tests.domains.feedback.company import Company
from tests.factories.feedback import a_request
from tests.factories.goals import today_of


async def test_nobody_waits_for_a_leaver_nor_about_one(
    session: AsyncSession, company: Company
) -> None:
    to_them = await a_request(session, company.receiver, company.peer, company.mate)
    by_them = await a_request(session, company.peer, company.mate)
    about_them = await a_request(session, company.manager, company.mate, about=company.peer)
    others = await a_request(session, company.receiver, company.mate)
    left = PersonLeft(person_id=company.peer.id, left_on=today_of(session), manager_id=None)

    for _ in range(2):  # a delivery may come twice
        await wait_no_more_for_leaver(session, left, uuid7())
        await session.flush()

    closed = select(FeedbackRequest.id).where(FeedbackRequest.closed_at.is_not(None))
    assert set(await session.scalars(closed)) == {by_them.id, about_them.id}
    declined = select(FeedbackRespondent.request_id, FeedbackRespondent.person_id).where(
        FeedbackRespondent.declined_at.is_not(None)
    )
    assert [tuple(row) for row in await session.execute(declined)] == [
        (to_them.id, company.peer.id)
    ]
    assert others.closed_at is None

"""Who reads what: the table is told by hand, from the design and not from the rules."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import explain
from perfapi.core.clock import utcnow
from perfapi.domains.feedback import policy
from perfapi.domains.feedback.models import FeedbackVisibility
from perfapi.domains.organizations.queries import get_organization
from perfapi.domains.people.lines.chains import rebuild_chains
from perfapi.domains.people.models import ReportingLine
from tests.factories.feedback import a_feedback, a_praise, a_request
from tests.factories.goals import today_of
from tests.factories.people import a_line, a_person, enter_as

from .company import Company, days_ago

EVERYBODY = {
    *("giver", "givers_manager", "givers_team", "receiver", "manager", "skip", "former", "dotted"),
    *("below", "mate", "lead", "peer", "stranger", "hr", "scoped_hr", "admin"),
}
READERS = {
    FeedbackVisibility.PUBLIC: EVERYBODY,
    FeedbackVisibility.TEAM: {"giver", "receiver", "mate", "lead"},
    FeedbackVisibility.RECIPIENT: {"giver", "receiver"},
    FeedbackVisibility.RECIPIENT_AND_MANAGER: {"giver", "receiver", "manager"},
    FeedbackVisibility.MANAGER: {"giver", "manager"},
    FeedbackVisibility.REQUESTER: {"giver"},
}


class TestVisible:
    @pytest.mark.parametrize("visibility", FeedbackVisibility)
    async def test_is_what_the_table_says(
        self, session: AsyncSession, company: Company, visibility: FeedbackVisibility
    ) -> None:
        feedback = await a_feedback(session, company.giver, company.receiver, visibility=visibility)

        seeing = await company.who_sees(session, policy.VISIBLE, feedback)

        assert seeing == READERS[visibility]
        assert company.people.keys() == EVERYBODY

    async def test_of_an_answer_includes_whoever_asked(
        self, session: AsyncSession, company: Company
    ) -> None:
        request = await a_request(session, company.skip, company.giver, about=company.receiver)
        feedback = await a_feedback(
            session,
            company.giver,
            company.receiver,
            visibility=FeedbackVisibility.REQUESTER,
            request_id=request.id,
        )
        assert await company.who_sees(session, policy.VISIBLE, feedback) == {"giver", "skip"}

    async def test_of_an_answer_for_somebody_else_leaves_whoever_asked_out(
        self, session: AsyncSession, company: Company
    ) -> None:
        request = await a_request(session, company.skip, company.giver, about=company.receiver)
        feedback = await a_feedback(session, company.giver, company.receiver, request_id=request.id)
        assert await company.who_sees(session, policy.VISIBLE, feedback) == {"giver", "receiver"}

    async def test_what_was_hidden_is_left_to_those_concerned_and_moderators(
        self, session: AsyncSession, company: Company
    ) -> None:
        praise = await a_praise(session, company.giver, company.receiver, hidden_at=utcnow())

        seeing = await company.who_sees(session, policy.VISIBLE, praise)

        assert seeing == {"giver", "receiver", "hr", "admin"}

    async def test_to_several_is_for_the_managers_of_each(
        self, session: AsyncSession, company: Company
    ) -> None:
        feedback = await a_feedback(
            session,
            company.stranger,
            company.receiver,
            company.giver,
            visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER,
        )
        seeing = await company.who_sees(session, policy.VISIBLE, feedback)
        assert seeing == {"stranger", "receiver", "giver", "manager", "givers_manager"}


class TestANewManager:
    """Of the receiver since a week, in place of the one before."""

    @pytest.fixture
    async def new(self, session: AsyncSession, company: Company) -> str:
        since = days_ago(session, 7)
        line = (
            await session.scalars(
                select(ReportingLine).where(
                    ReportingLine.person_id == company.receiver.id,
                    ReportingLine.manager_id == company.manager.id,
                )
            )
        ).one()
        line.valid_to = since
        await session.flush()
        company.people["new"] = await a_person(session, "Nia New")
        await a_line(session, person=company.receiver, manager=company.new, since=since)
        return "new"

    @pytest.mark.parametrize(("days", "readers"), [(8, set()), (7, {"new"}), (0, {"new"})])
    async def test_reads_what_was_given_since_they_are_one(
        self, session: AsyncSession, company: Company, new: str, days: int, readers: set[str]
    ) -> None:
        feedback = await a_feedback(
            session,
            company.giver,
            company.receiver,
            visibility=FeedbackVisibility.MANAGER,
            given_on=days_ago(session, days),
        )
        seeing = await company.who_sees(session, policy.VISIBLE, feedback)
        assert seeing == {"giver", *readers}

    async def test_reads_older_feedback_where_the_organization_says_so(
        self, session: AsyncSession, company: Company, new: str
    ) -> None:
        organization = await get_organization(session)
        organization.settings = {"feedback": {"new_managers_read_older": True}}
        feedback = await a_feedback(
            session,
            company.giver,
            company.receiver,
            visibility=FeedbackVisibility.MANAGER,
            given_on=days_ago(session, 100),
        )
        assert await company.who_sees(session, policy.VISIBLE, feedback) == {"giver", "new"}

    async def test_is_none_before_the_first_day(
        self, session: AsyncSession, company: Company
    ) -> None:
        tomorrow = today_of(session) + timedelta(days=1)
        planned = await a_person(session, "Pia Planned")
        other = await a_person(session, "Ola Other")
        await a_line(session, person=other, manager=planned, since=tomorrow)
        await rebuild_chains(session)
        feedback = await a_feedback(
            session, company.giver, other, visibility=FeedbackVisibility.MANAGER
        )
        await enter_as(session, planned)
        assert await explain(session, policy.VISIBLE, feedback.id) == []

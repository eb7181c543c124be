import logging
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.deliveries import SCHEDULES
from perfapi.core.operations import KINDS, Operation
from perfapi.domains.goals import jobs
from perfapi.domains.goals.models import Driver, GoalState
from perfapi.domains.goals.queries import NEEDS
from tests.domains.goals.reckoning import WorkInHand, recomputed
from tests.factories.goals import a_check_in, a_cycle, a_goal, a_key_result, noon, today_of
from tests.factories.people import a_person, an_admin, enter_as


class TestRecomputeGoalsEveryNight:
    async def test_asks_for_the_operation(self, session: AsyncSession) -> None:
        hour, job = SCHEDULES["goals.recompute_goals_every_night"]

        await job(session, today_of(session))

        asked = (await session.scalars(select(Operation))).one()
        assert (hour, asked.kind, asked.requested_by) == (2, "recompute_goals", None)


class TestRecomputeGoals:
    async def test_goes_in_batches_and_tells_how_far_it_is(
        self,
        session: AsyncSession,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(jobs, "BATCH", 2)
        ada = await a_person(session)
        company = await a_goal(session, ada, driver=Driver.GOALS)
        for _ in range(3):
            await a_key_result(session, await a_goal(session, ada, under=company))
        await session.execute(text("UPDATE key_result_progress SET progress = 1"))
        work = WorkInHand(session)

        with caplog.at_level(logging.INFO, jobs.__name__):
            result = await KINDS["recompute_goals"](work)
            again = await recomputed(session)

        assert result == {"goals": 4, "key_results": 3, "drift": 3}
        assert again == {"goals": 4, "key_results": 3, "drift": 0}
        assert work.told == [(2, 7), (3, 7), (5, 7), (6, 7), (7, 7)]
        told = [(record.levelname, record.__dict__["drift"]) for record in caplog.records]
        assert told == [("ERROR", 3), ("INFO", 0)]


class TestNeeds:
    async def test_are_your_active_goals_without_a_check_in_for_two_weeks(
        self, session: AsyncSession
    ) -> None:
        ada, bob = await a_person(session), await a_person(session, "Bob")
        cycle = await a_cycle(session, "Q4")
        today = today_of(session)
        quiet = await a_goal(session, ada, "Quiet", cycle_id=cycle.id)
        fresh = await a_goal(session, ada, "Fresh")
        for goal, days in ((quiet, 14), (fresh, 13)):
            key_result = await a_key_result(session, goal)
            day = noon(today - timedelta(days=days))
            await a_check_in(session, key_result, "1", by=ada, checked_in_at=day)
        await a_goal(session, ada, "Never measured")
        await a_goal(session, ada, "New", began=13)
        await a_goal(session, ada, "Draft", state=GoalState.DRAFT)
        await a_goal(session, ada, "Closed", state=GoalState.CLOSED)
        await a_goal(session, ada, "Moved by others", driver=Driver.GOALS)
        await a_goal(session, bob, "Of somebody else")
        await an_admin(session)
        await enter_as(session, ada)

        found = {row.title: row for row in await session.execute(NEEDS)}

        assert found.keys() == {"Quiet", "Never measured"}
        row = found["Quiet"]
        assert (row.kind, row.resource, row.id) == ("goal_check_in_due", "goals", quiet.id)
        assert (row.detail, row._mapping["count"]) == ("Q4", 1)
        assert row.since == noon(today - timedelta(days=14))
        assert found["Never measured"].detail is None

"""The facts are always what the tables say, once the log was heard; the recompute proves it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import Sessions, in_organization
from perfapi.core.deliveries import SCHEDULES, sequence
from perfapi.core.events import LoggedEvent, publish
from perfapi.core.history import happens_at
from perfapi.core.ids import uuid7
from perfapi.core.operations import Operation
from perfapi.core.projections import PROJECTIONS, Fact, catch_up
from perfapi.domains.analytics import jobs, service  # noqa: F401 -- brings its projection along
from perfapi.domains.analytics.measures import COLUMNS, facts_of_goals
from perfapi.domains.analytics.models import GoalFact
from perfapi.domains.goals.events import GoalChanged
from perfapi.domains.goals.models import Driver
from perfapi.domains.goals.moments import NOW
from perfapi.domains.goals.schemas import GoalUpdate
from perfapi.domains.goals.service import update_goal
from perfapi.domains.people.schemas import PersonUpdate
from perfapi.domains.people.service import update_person
from tests.domains.analytics.setting import Halden
from tests.domains.goals.forest import Forest, Step, stories
from tests.factories.goals import a_check_in, a_goal, a_key_result, acting_as, today_of
from tests.factories.organizations import an_organization
from tests.factories.people import an_admin


async def kept(session: AsyncSession) -> set[tuple[Any, ...]]:
    rows = await session.execute(select(*(getattr(GoalFact, name) for name in COLUMNS)))
    return {tuple(row) for row in rows}


async def true(session: AsyncSession) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in await session.execute(facts_of_goals(NOW))}


class Log:
    """The log as the projection hears it: in order, some of it later."""

    def __init__(self, session: AsyncSession) -> None:
        self.session, self.heard = session, set[UUID]()

    async def hear(self, most: int | None = None) -> None:
        await self.session.flush()
        found = await self.session.scalars(select(LoggedEvent).order_by(LoggedEvent.id))
        news = [one for one in found if one.id not in self.heard][:most]
        self.heard |= {one.id for one in news}
        await service.follow(
            self.session,
            [Fact(0, one.id, one.topic, one.payload, one.occurred_at) for one in news],
        )


class TestFollowGoals:
    @settings(
        max_examples=10,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(stories(4, 16), st.lists(st.integers(0, 4), min_size=1, max_size=8))
    async def test_arrives_where_the_tables_are_whatever_happened_and_however_late_it_hears(
        self, session: AsyncSession, story: list[Step], hears: list[int]
    ) -> None:
        await an_organization(session, "Forest")
        forest = Forest(session, await acting_as(session, await an_admin(session)))
        log = Log(session)
        for place, step in enumerate(story):
            await happens_at(session, utcnow())  # as in transactions of their own
            await forest.take(step)
            await log.hear(hears[place % len(hears)])
        await log.hear()
        assert await kept(session) == await true(session)

    async def test_hears_that_a_goal_left_while_another_event_had_already_read_it_there(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        """Moved below one and on below another, before either move was heard."""
        admin = await acting_as(session, halden.admin)
        tops = [await a_goal(session, halden.admin, driver=Driver.GOALS) for _ in range(2)]
        moved = await a_goal(session, halden.admin)
        await a_check_in(session, await a_key_result(session, moved), "70", by=halden.admin)
        log = Log(session)

        async def change(goal_id: UUID, **fields: Any) -> None:
            await happens_at(session, utcnow())
            await update_goal(session, admin, goal_id, GoalUpdate(**fields), None)
            await session.flush()

        await service.recompute(session)
        await change(moved.id, parent_id=tops[0].id)
        # It is read for another reason, before the move is heard.
        await service.follow(session, _facts(tops[0].id))
        await change(moved.id, parent_id=tops[1].id)
        await log.hear()

        assert await kept(session) == await true(session)

    async def test_follows_an_owner_to_another_department(
        self, session: AsyncSession, halden: Halden
    ) -> None:
        await halden.goal(session, halden.people[0])
        await service.recompute(session)
        log, admin = Log(session), await acting_as(session, halden.admin)
        body = PersonUpdate(department_id=halden.sales.id)
        await update_person(session, admin, halden.people[0].id, body, None)
        await log.hear()

        assert {row[COLUMNS.index("department_id")] for row in await kept(session)} == {
            halden.sales.id
        }


def _facts(goal_id: UUID) -> Sequence[Fact]:
    return [Fact(0, uuid7(), "goals.goal_changed", {"goal_id": str(goal_id)}, utcnow())]


class TestRecompute:
    async def test_finds_nothing_to_put_right_but_what_somebody_broke(
        self, real_sessions: Sessions
    ) -> None:
        """Where the log says more than the facts have heard, that is no drift."""
        async with real_sessions.begin() as session:
            organization = await an_organization(session)
            admin = await an_admin(session)
            goals = [await a_goal(session, admin) for _ in range(3)]
            publish(session, *(_changed(goal.id) for goal in goals), by=None)
        unheard = await _recomputed(real_sessions, organization)
        await sequence(real_sessions)
        while await catch_up(real_sessions):
            pass
        heard = await _recomputed(real_sessions, organization)
        async with in_organization(real_sessions, organization) as session:
            spoil = text("UPDATE goal_facts SET progress = 0.3 WHERE goal_id <> :goal")
            await session.execute(spoil, {"goal": goals[0].id})
        broken = await _recomputed(real_sessions, organization)
        mended = await _recomputed(real_sessions, organization)

        assert unheard == heard == mended == {"goals": 3, "drift": 0}
        assert broken == {"goals": 3, "drift": 2}

    async def test_has_a_projection_of_that_name(self) -> None:
        assert service.PROJECTION in PROJECTIONS

    async def test_is_asked_for_every_night(self, session: AsyncSession) -> None:
        hour, job = SCHEDULES["analytics.recompute_analytics_every_night"]

        await job(session, today_of(session))

        asked = (await session.scalars(select(Operation))).one()
        assert (hour, asked.kind, asked.requested_by) == (3, "recompute_analytics", None)


def _changed(goal_id: UUID) -> GoalChanged:
    return GoalChanged(goal_id=goal_id, fields=[])


async def _recomputed(sessions: Sessions, organization: UUID) -> dict[str, Any]:
    async with in_organization(sessions, organization) as session:
        return await service.recompute(session)

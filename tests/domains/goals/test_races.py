"""What happens at the same time, with transactions that really commit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import Sessions, in_organization
from perfapi.core.errors import Invalid, Problem
from perfapi.domains.goals import rollup, service
from perfapi.domains.goals.check_ins.schemas import CheckInCreate
from perfapi.domains.goals.check_ins.service import check_in
from perfapi.domains.goals.errors import AlignmentBusy, AlignmentCircular, GoalNotActive
from perfapi.domains.goals.models import Driver, Goal, KeyResult
from perfapi.domains.goals.schemas import GoalClosing, GoalUpdate
from tests.domains.goals.reckoning import reckon, recompute_beside, stored
from tests.factories.goals import a_goal, a_key_result
from tests.factories.organizations import an_organization
from tests.factories.people import an_admin


class Company:
    """A company goal over two departments over four teams, each team with a key result."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.teams: list[Goal] = []
        self.key_results: list[KeyResult] = []

    async def found(self) -> None:
        async with self.sessions.begin() as session:
            organization = await an_organization(session)
            admin = await an_admin(session)
            self.actor = Actor(organization, admin.id, uuid4(), frozenset())
            self.top = await a_goal(session, admin, "Company", driver=Driver.GOALS)
            self.departments = [
                await a_goal(session, admin, name, under=self.top, driver=Driver.BOTH)
                for name in ("Engineering", "Sales")
            ]
            for number in range(4):
                above = self.departments[number % 2]
                weight = Decimal(number + 1)
                team = await a_goal(session, admin, f"Team {number}", under=above, weight=weight)
                self.teams.append(team)
                self.key_results.append(await a_key_result(session, team, target="7"))

    async def do(self, act: Callable[[AsyncSession], Awaitable[object]]) -> Problem | None:
        """As a request does: in a transaction of its own; tells how it was refused."""
        try:
            async with in_organization(
                self.sessions, self.actor.organization_id, you=self.actor.person_id
            ) as session:
                await act(session)
        except Problem as problem:
            return problem
        return None

    async def meanwhile(
        self,
        first: Callable[[AsyncSession], Awaitable[object]],
        second: Awaitable[Problem | None],
    ) -> Problem | None:
        """`second` begins when `first` is done but not committed, and has to wait for it."""
        async with in_organization(
            self.sessions, self.actor.organization_id, you=self.actor.person_id
        ) as session:
            await first(session)
            await session.flush()
            waiting = asyncio.ensure_future(second)
            done, _ = await asyncio.wait([waiting], timeout=0.3)
            assert not done
        return await waiting

    @asynccontextmanager
    async def holding_alignment(self) -> AsyncIterator[None]:
        """As a bulk run does, for as long as it takes."""
        async with in_organization(
            self.sessions, self.actor.organization_id, you=self.actor.person_id
        ) as session:
            await rollup.hold_alignment(session)
            yield

    def check_in(self, key_result: UUID, value: int) -> Awaitable[Problem | None]:
        body = CheckInCreate(value=Decimal(value))
        return self.do(lambda session: check_in(session, self.actor, key_result, body))

    def move(self, goal: Goal, under: Goal | None) -> Awaitable[Problem | None]:
        body = GoalUpdate(parent_id=under.id if under else None)
        return self.do(
            lambda session: service.update_goal(session, self.actor, goal.id, body, None)
        )

    async def recompute(self) -> None:
        await recompute_beside(self.sessions, self.actor.organization_id)

    async def is_exact(self) -> bool:
        organization = self.actor.organization_id
        async with in_organization(self.sessions, organization) as session:
            is_exact = await stored(session) == await reckon(session)
            is_exact = is_exact and await _history_is_whole(session)
        return is_exact and (await recompute_beside(self.sessions, organization))["drift"] == 0

    async def has_a_circle(self) -> bool:
        """By walking up from every goal: whoever is met twice on one way stands in a circle."""
        async with in_organization(self.sessions, self.actor.organization_id) as session:
            above = {goal: parent for goal, parent in await session.execute(_PARENTS)}
        for goal in above:
            met: set[UUID] = set()
            here: UUID | None = goal
            while here is not None:
                if here in met:
                    return True
                met.add(here)
                here = above[here]
        return False


_PARENTS = select(Goal.id, Goal.parent_id)
_GAPS = text("""
    SELECT count(*) FROM (
        SELECT until, lead(since) OVER (PARTITION BY goal_id ORDER BY since) AS following
        FROM goal_progress_history
    ) version WHERE until IS DISTINCT FROM following
""")
_HELD = text("""
    SELECT count(*) FROM goal_progress p LEFT JOIN goal_progress_history h
        ON h.organization_id = p.organization_id AND h.goal_id = p.goal_id AND h.until IS NULL
    WHERE (h.progress, h.checked_in_at) IS DISTINCT FROM (p.progress, p.checked_in_at)
""")


async def _history_is_whole(session: AsyncSession) -> bool:
    """Versions follow each other without a gap, and the one that holds is what is stored."""
    return [await session.scalar(asked) for asked in (_GAPS, _HELD)] == [0, 0]


@pytest.fixture
async def company(real_sessions: Sessions) -> Company:
    company = Company(real_sessions)
    await company.found()
    return company


class TestCheckInsAtOnce:
    async def test_on_siblings_below_one_company_goal_lose_nothing(self, company: Company) -> None:
        acts = [
            company.check_in(key_result.id, value)
            for value in range(1, 6)
            for key_result in company.key_results
        ]

        refused = [problem for problem in await asyncio.gather(*acts) if problem]

        assert len(acts) == 20
        assert refused == []
        assert await company.is_exact()

    async def test_on_one_key_result_leave_it_where_the_last_one_put_it(
        self, company: Company
    ) -> None:
        key_result = company.key_results[0]

        await asyncio.gather(*(company.check_in(key_result.id, value) for value in range(12)))

        assert await company.is_exact()

    async def test_while_goals_move_and_everything_is_recomputed(self, company: Company) -> None:
        one, other = company.departments
        acts = [company.check_in(k.id, value) for value in range(3) for k in company.key_results]
        acts += [company.move(team, other) for team in company.teams]
        acts += [company.move(team, one) for team in reversed(company.teams)]
        acts += [company.move(other, one), company.move(other, company.top), company.recompute()]

        refused = [problem for problem in await asyncio.gather(*acts) if problem]

        assert refused == []
        assert await company.is_exact()


class TestMovesAtOnce:
    async def test_a_check_in_waits_for_a_move_above_it(self, company: Company) -> None:
        one, other = company.departments
        below_other = company.key_results[1]
        body = GoalUpdate(parent_id=one.id)

        refused = await company.meanwhile(
            lambda session: service.update_goal(session, company.actor, other.id, body, None),
            company.check_in(below_other.id, 5),
        )

        assert refused is None
        assert await company.is_exact()

    async def test_a_move_waits_for_another_and_sees_the_circle(self, company: Company) -> None:
        one, other = company.departments
        body = GoalUpdate(parent_id=other.id)

        refused = await company.meanwhile(
            lambda session: service.update_goal(session, company.actor, one.id, body, None),
            company.move(other, one),
        )

        assert isinstance(refused, AlignmentCircular)

    async def test_a_recompute_waits_for_a_check_in(self, company: Company) -> None:
        body = CheckInCreate(value=Decimal(5))

        await company.meanwhile(
            lambda session: check_in(session, company.actor, company.key_results[0].id, body),
            company.recompute(),
        )

        assert await company.is_exact()

    async def test_of_two_that_together_close_a_circle_one_is_refused(
        self, company: Company
    ) -> None:
        one, other = company.departments

        answers = await asyncio.gather(company.move(one, other), company.move(other, one))

        assert [type(answer) for answer in answers if answer] == [AlignmentCircular]
        assert await company.is_exact()


class TestWhileABulkRunIsOpen:
    async def test_a_check_in_is_answered_though_a_move_waits(self, company: Company) -> None:
        """The bulk run holds the alignment for as long as it takes; whoever moves a goal waits for
        it, and nobody waits for whoever waits."""
        one, other = company.departments
        async with company.holding_alignment():
            moving = asyncio.ensure_future(company.move(other, one))
            await asyncio.sleep(0.1)
            answers = await asyncio.wait_for(
                asyncio.gather(*(company.check_in(result.id, 5) for result in company.key_results)),
                timeout=2,
            )
            assert not moving.done()

        assert answers == [None] * 4
        assert await moving is None
        assert await company.is_exact()

    async def test_a_move_that_waited_long_enough_is_told_to_try_again(
        self, company: Company, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rollup.freeze_alignment, "__kwdefaults__", {"tries": 2})
        one, other = company.departments

        async with company.holding_alignment():
            refused = await company.move(other, one)

        assert isinstance(refused, AlignmentBusy)
        assert (refused.status, refused.headers["Retry-After"]) == (409, "1")
        assert await company.move(other, one) is None
        assert await company.is_exact()


class TestAnyMovesAtOnce:
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 7)), min_size=2, max_size=8))
    async def test_never_close_a_circle(
        self, company: Company, moves: list[tuple[int, int]]
    ) -> None:
        await self._hold(company, moves)

    @pytest.mark.whole
    @settings(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 7)), min_size=2, max_size=12))
    async def test_never_close_one_however_often(
        self, company: Company, moves: list[tuple[int, int]]
    ) -> None:
        await self._hold(company, moves)

    async def _hold(self, company: Company, moves: list[tuple[int, int]]) -> None:
        goals = [company.top, *company.departments, *company.teams]
        places = [*goals, None]
        acts = [company.move(goals[goal], places[under]) for goal, under in moves]

        refused = {type(answer) for answer in await asyncio.gather(*acts) if answer}

        assert refused <= {AlignmentCircular, AlignmentBusy, Invalid}
        assert not await company.has_a_circle()
        assert await company.is_exact()


class TestCloseWhileCheckingIn:
    async def test_nobody_checks_in_on_a_goal_that_was_closed(self, company: Company) -> None:
        team, key_result = company.teams[0], company.key_results[0]
        close = company.do(
            lambda session: service.close_goal(
                session, company.actor, team.id, GoalClosing(note="Done.")
            )
        )
        before = [company.check_in(key_result.id, value) for value in range(4)]
        after = [company.check_in(key_result.id, value) for value in range(4)]

        answers = await asyncio.gather(*before, close, *after)

        assert {type(answer) for answer in answers if answer} <= {GoalNotActive}
        assert await company.is_exact()
        assert isinstance(await company.check_in(key_result.id, 1), GoalNotActive)

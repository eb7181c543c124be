"""Stored progress is always what a reckoning from scratch says, whatever happened before."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Driver
from tests.domains.goals.forest import Forest, Step, stories
from tests.domains.goals.reckoning import (
    ratio,
    reckon,
    reckon_milestones,
    recomputed,
    stored,
    stored_milestones,
)
from tests.factories.goals import a_goal, a_key_result, acting_as
from tests.factories.organizations import an_organization
from tests.factories.people import an_admin

numbers = st.decimals(-(10**15) + 1, 10**15 - 1, places=6, allow_nan=False)


class TestRatio:
    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(numerator=numbers, denominator=numbers.filter(bool))
    async def test_is_exact_and_half_even_to_twelve_places(
        self, session: AsyncSession, numerator: Decimal, denominator: Decimal
    ) -> None:
        assert await _ratio(session, numerator, denominator) == ratio(numerator, denominator)

    @pytest.mark.parametrize(
        ("numerator", "denominator", "expected"),
        [
            # Ties: the thirteenth place is a five and nothing follows.
            ("0.0000000000005", "1", "0"),
            ("0.0000000000015", "1", "0.000000000002"),
            ("0.0000000000025", "1", "0.000000000002"),
            ("-0.0000000000015", "1", "-0.000000000002"),
            ("5", "8000000000000", "0.000000000001"),
            ("1", "3", "0.333333333333"),
            ("2", "-3", "-0.666666666667"),
            # Division cut off at some place would take this for a tie.
            ("0.00000000000050000000000000000000000000000001", "1", "0.000000000001"),
        ],
    )
    async def test_sees_a_tie_only_where_there_is_one(
        self, session: AsyncSession, numerator: str, denominator: str, expected: str
    ) -> None:
        found = await _ratio(session, Decimal(numerator), Decimal(denominator))
        assert found == Decimal(expected)

    async def test_of_nothing_by_nothing_is_null(self, session: AsyncSession) -> None:
        assert await _ratio(session, Decimal(0), Decimal(0)) is None


async def _ratio(session: AsyncSession, numerator: Decimal, denominator: Decimal) -> Decimal | None:
    asked = text("SELECT ratio_half_even(:numerator, :denominator)")
    given = {"numerator": numerator, "denominator": denominator}
    found: Decimal | None = (await session.execute(asked, given)).scalar_one()
    return found


async def _holds(session: AsyncSession, story: list[Step]) -> None:
    await an_organization(session, "Forest")
    forest = Forest(session, await acting_as(session, await an_admin(session)))
    for step in story:
        await forest.take(step)
        assert await stored(session) == await reckon(session), step
        assert await stored_milestones(session) == await reckon_milestones(session), step
    assert (await recomputed(session))["drift"] == 0


class TestEveryStep:
    @settings(
        max_examples=20,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(stories(4, 16))
    async def test_leaves_exactly_what_a_reckoning_from_scratch_says(
        self, session: AsyncSession, story: list[Step]
    ) -> None:
        await _holds(session, story)

    # In turns: what all stories of a turn leave behind makes each next one slower.
    @pytest.mark.whole
    @pytest.mark.parametrize("turn", range(10))
    @settings(
        max_examples=20,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(story=stories(20, 60))
    async def test_leaves_it_after_long_stories_too(
        self, session: AsyncSession, story: list[Step], turn: int
    ) -> None:
        await _holds(session, story)


class TestRecompute:
    async def test_counts_and_repairs_what_somebody_broke_behind_our_back(
        self, session: AsyncSession
    ) -> None:
        alex = await an_admin(session)
        company = await a_goal(session, alex, driver=Driver.GOALS)
        team = await a_goal(session, alex, under=company)
        key_result = await a_key_result(session, team)
        await acting_as(session, alex)
        await session.execute(text("UPDATE key_result_progress SET progress = 0.5"))
        await session.execute(text("UPDATE goal_progress SET progress = NULL"))

        found = await recomputed(session)
        again = await recomputed(session)

        assert found == {"goals": 2, "key_results": 1, "drift": 3}
        assert again["drift"] == 0
        assert await stored(session) == await reckon(session)
        assert key_result.id in (await stored(session))[1]


async def test_its_plans_are_kept(session: AsyncSession) -> None:
    """Whoever replaces one of these functions says so again: the setting goes with the old one."""
    kept = text(
        "SELECT proname FROM pg_proc "
        "WHERE proconfig @> ARRAY['plan_cache_mode=force_generic_plan'] ORDER BY proname"
    )
    found = list(await session.scalars(kept))
    assert found == ["roll_up", "settle_goals", "settle_key_results"]

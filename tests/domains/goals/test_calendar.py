"""What follows from the calendar: expected progress, status, staleness."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Driver, Goal, GoalState
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_goal, a_key_result, noon, today_of
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def _shown(client: Client, goal: Goal) -> dict[str, Any]:
    response = await client.get(f"/goals/{goal.id}")
    assert response.status_code == 200, response.text
    shown: dict[str, Any] = response.json()
    return shown


class TestExpected:
    @pytest.mark.parametrize(
        ("began", "lasts", "expected"),
        [
            (50, 100, "0.5"),
            (30, 90, "0.333333333333"),
            (0, 90, "0"),
            (90, 90, "1"),
            (200, 90, "1"),
            (-10, 90, "0"),
            (0, 0, "1"),
            (-1, 0, "0"),
        ],
    )
    async def test_is_the_share_of_the_time_that_has_passed(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        began: int,
        lasts: int,
        expected: str,
    ) -> None:
        goal = await a_goal(session, ada, began=began, lasts=lasts)

        assert (await _shown(as_person(ada), goal))["expected"] == expected


class TestStatus:
    @pytest.mark.parametrize(
        ("began", "lasts", "value", "status"),
        [
            # e = 0.5: on track from 0.45, at risk from 0.3.
            (50, 100, "100", "on_track"),
            (50, 100, "45", "on_track"),
            (50, 100, "44.999999", "at_risk"),
            (50, 100, "30", "at_risk"),
            (50, 100, "29.999999", "off_track"),
            # e = 2/3 is never exact as a decimal, but 0.6 is exactly 0.9 of it.
            (60, 90, "60", "on_track"),
            (60, 90, "40", "at_risk"),
            (0, 90, "0", "on_track"),
        ],
    )
    async def test_compares_progress_with_what_is_expected(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        began: int,
        lasts: int,
        value: str,
        status: str,
    ) -> None:
        goal = await a_goal(session, ada, began=began, lasts=lasts)
        await a_check_in(session, await a_key_result(session, goal), value, by=ada)

        assert (await _shown(as_person(ada), goal))["status"] == status

    async def test_follows_the_thresholds_of_the_organization(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        alex = await an_admin(session)
        goal = await a_goal(session, ada)
        await a_check_in(session, await a_key_result(session, goal), "40", by=ada)
        seen = [(await _shown(as_person(ada), goal))["status"]]

        for thresholds in (
            {"on_track_from": "0.8"},
            {"on_track_from": "0.95", "at_risk_from": "0.85"},
        ):
            await as_person(alex).patch("/goal-settings", json=thresholds)
            seen.append((await _shown(as_person(ada), goal))["status"])

        assert seen == ["at_risk", "on_track", "off_track"]

    async def test_is_null_without_progress(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)

        shown = await _shown(as_person(ada), goal)

        assert (shown["progress"], shown["status"], shown["expected"]) == (None, None, "0.5")

    @pytest.mark.parametrize("state", [GoalState.DRAFT, GoalState.CLOSED, GoalState.CANCELLED])
    async def test_and_all_that_follows_the_calendar_speaks_of_active_goals_only(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, state: GoalState
    ) -> None:
        goal = await a_goal(session, ada, state=state)
        await a_key_result(session, goal)

        shown = await _shown(as_person(ada), goal)

        assert (shown["status"], shown["expected"], shown["is_stale"]) == (None, None, False)


class TestStale:
    @pytest.mark.parametrize(
        ("rhythm", "days", "is_stale"),
        [(7, 13, False), (7, 14, True), (30, 59, False), (30, 60, True)],
    )
    async def test_is_a_goal_without_a_check_in_for_twice_its_rhythm(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        rhythm: int,
        days: int,
        is_stale: bool,
    ) -> None:
        goal = await a_goal(session, ada, began=80, check_in_every_days=rhythm)
        key_result = await a_key_result(session, goal)
        day = today_of(session) - timedelta(days=days)
        await a_check_in(session, key_result, "1", by=ada, checked_in_at=noon(day))

        assert (await _shown(as_person(ada), goal))["is_stale"] is is_stale

    @pytest.mark.parametrize(
        ("began", "activated", "is_stale"),
        [(14, 40, True), (13, 40, False), (40, 14, True), (40, 13, False), (-5, 30, False)],
    )
    async def test_counts_from_its_activation_or_its_start_before_the_first_check_in(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        began: int,
        activated: int,
        is_stale: bool,
    ) -> None:
        day = today_of(session) - timedelta(days=activated)
        goal = await a_goal(session, ada, began=began, activated_at=noon(day))
        await a_key_result(session, goal)

        assert (await _shown(as_person(ada), goal))["is_stale"] is is_stale

    async def test_is_no_goal_that_only_others_move(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        moved = await a_goal(session, ada, driver=Driver.GOALS)
        measured_too = await a_goal(session, ada, driver=Driver.GOALS)
        await a_key_result(session, measured_too)

        assert (await _shown(as_person(ada), moved))["is_stale"] is False
        assert (await _shown(as_person(ada), measured_too))["is_stale"] is True

    async def test_counts_days_where_the_organization_is(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        """At noon UTC it is tomorrow already on Kiritimati (UTC+14)."""
        await an_organization(session, "Kiribati", time_zone="Pacific/Kiritimati")
        tane = await a_person(session, "Tane")
        goal = await a_goal(session, tane, began=80)
        key_result = await a_key_result(session, goal)
        day = today_of(session) - timedelta(days=14)
        at = noon(day)  # 02:00 of the following day there: thirteen days ago

        await a_check_in(session, key_result, "1", by=tane, checked_in_at=at)

        assert (await _shown(as_person(tane), goal))["is_stale"] is False

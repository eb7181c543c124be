"""How long a value was kept within its band, with examples that were worked out by hand."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Goal
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_band, a_check_in, a_goal, a_key_result, end, noon
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def goal(session: AsyncSession, ada: Person) -> Goal:
    return await a_goal(session, ada)


MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


class TestPeriodScore:
    @pytest.mark.parametrize(
        ("check_ins", "begins", "asked", "score"),
        [
            # Hours since Monday. Inside the whole time, outside the whole time.
            ([(0, "97")], 0, 10, "1"),
            ([(0, "90")], 0, 10, "0"),
            # A step function: 6 of 10 hours; a value holds until the next one.
            ([(0, "97"), (6, "90")], 0, 10, "0.6"),
            ([(0, "90"), (6, "97")], 0, 10, "0.4"),
            ([(0, "97"), (2, "90"), (5, "95")], 0, 11, "0.727272727273"),
            # Nearly inside is outside, whatever the tolerance says.
            ([(0, "94.9"), (5, "95")], 0, 10, "0.5"),
            # Before the first check-in nothing is known: 4 hours, not 10.
            ([(6, "97"), (9, "90")], 0, 10, "0.75"),
            # One before the goal's start holds from there: 2 of 6 hours.
            ([(-5, "97"), (6, "90")], 4, 10, "0.333333333333"),
            # Those after the instant are not known yet.
            ([(0, "97"), (6, "90")], 0, 4, "1"),
            # No time, no score.
            ([], 0, 10, None),
            ([(10, "97")], 0, 10, None),
            ([(0, "97")], 20, 10, None),
            # Two at once: the later one holds.
            ([(0, "97"), (5, "97"), (5, "90")], 0, 10, "0.5"),
        ],
    )
    async def test_is_the_share_of_the_time_inside_the_band(
        self,
        session: AsyncSession,
        ada: Person,
        goal: Goal,
        check_ins: Sequence[tuple[int, str]],
        begins: int,
        asked: int,
        score: str | None,
    ) -> None:
        band = await a_band(session, goal, lower="95", upper="99", tolerance="4")
        for hour, value in check_ins:
            at = MONDAY + timedelta(hours=hour)
            await a_check_in(session, band, value, by=ada, checked_in_at=at)

        found = await session.execute(
            text("SELECT period_score(:organization, :id, 95, 99, :begins, :asked)"),
            {
                "organization": band.organization_id,
                "id": band.id,
                "begins": MONDAY + timedelta(hours=begins),
                "asked": MONDAY + timedelta(hours=asked),
            },
        )

        assert found.scalar_one() == (None if score is None else Decimal(score))

    async def test_is_shown_as_of_now_and_of_bands_only(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, began=20)
        band = await a_band(session, goal, upper="10")
        other = await a_key_result(session, goal)
        await a_check_in(session, band, "20", by=ada, checked_in_at=noon(goal.starts_on))
        await a_check_in(session, band, "5", by=ada)
        client = as_person(ada)

        shown = (await client.get(f"/key-results/{band.id}")).json()
        in_goal = (await client.get(f"/goals/{goal.id}")).json()["key_results"]

        assert shown["progress"] == "1"
        assert Decimal(0) < Decimal(shown["period_score"]) < Decimal("0.001")
        scores = {each["id"]: each["period_score"] for each in in_goal}
        assert (scores[str(other.id)], scores[str(band.id)] is None) == (None, False)

    async def test_of_a_goal_that_has_ended_stands_still(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, began=20)
        band = await a_band(session, goal, upper="10")
        start = noon(goal.starts_on)
        await a_check_in(session, band, "5", by=ada, checked_in_at=start)
        await a_check_in(session, band, "20", by=ada, checked_in_at=start + timedelta(days=3))
        await end(session, goal, at=start + timedelta(days=4))

        shown = (await as_person(ada).get(f"/key-results/{band.id}")).json()

        assert shown["period_score"] == "0.75"

    async def test_begins_with_the_first_day_by_the_clocks_of_the_organization(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        await session.execute(text("UPDATE organizations SET time_zone = 'Pacific/Kiritimati'"))
        goal = await a_goal(session, ada, began=20)
        midnight = noon(goal.starts_on) - timedelta(hours=12)
        band = await a_band(session, goal, upper="10")
        at = midnight - timedelta(days=9)
        await a_check_in(session, band, "5", by=ada, checked_in_at=at)
        # There, it is midnight fourteen hours earlier: 14 of 28 hours inside.
        await a_check_in(session, band, "20", by=ada, checked_in_at=midnight)
        await end(session, goal, at=midnight + timedelta(hours=14))

        shown = (await as_person(ada).get(f"/key-results/{band.id}")).json()

        assert shown["period_score"] == "0.5"

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Driver, Goal, GoalState, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_goal, a_key_result
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def _provenance(client: Client, goal: Goal) -> dict[str, Any]:
    response = await client.get(f"/goals/{goal.id}/provenance")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


class TestGetGoalProvenance:
    async def test_down_to_the_check_ins_by_weight(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        """Company: (3 x 0.5 + 1 x 0.25) / 4 = 0.4375; team: (2 x 0.6 + 1 x 0.3) / 3 = 0.5."""
        company = await a_goal(session, ada, "Company", driver=Driver.BOTH)
        team = await a_goal(session, ada, "Team", under=company, weight=Decimal(3))
        renewals = await a_key_result(session, team, "Renewals", weight=Decimal(2))
        calls = await a_key_result(session, team, "Calls", target="50", position=1)
        orders = await a_key_result(session, company, "Orders", target="40")
        await a_check_in(session, renewals, "10", by=ada)
        last = await a_check_in(session, renewals, "60", by=ada)
        await a_check_in(session, calls, "15", by=ada)
        await a_check_in(session, orders, "10", by=ada)

        found = await _provenance(as_person(ada), company)

        assert found["is_complete"] is True
        top, below = found["goals"]
        assert (top["title"], top["steps"], top["progress"]) == ("Company", 0, "0.4375")
        assert top["total_weight"] == "4"
        assert [(part["title"], part["adds"]) for part in top["key_results"]] == [
            ("Orders", "0.0625")
        ]
        assert [(part["title"], part["adds"]) for part in top["goals"]] == [("Team", "0.375")]
        assert top["goals"][0]["owner"]["name"] == "Ada"
        assert (below["title"], below["steps"], below["progress"]) == ("Team", 1, "0.5")
        assert [(part["title"], part["weight"], part["adds"]) for part in below["key_results"]] == [
            ("Renewals", "2", "0.4"),
            ("Calls", "1", "0.1"),
        ]
        assert below["goals"] == []
        behind = below["key_results"][0]["check_in"]
        assert (behind["id"], behind["value"]) == (str(last.id), "60")
        assert behind["author"]["name"] == "Ada"

    async def test_what_does_not_count_adds_nothing_and_is_no_part_of_the_whole(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, driver=Driver.GOALS)
        await a_key_result(session, goal, "Not its driver")
        weightless = await a_goal(session, ada, "Weightless", under=goal, weight=Decimal(0))
        await a_key_result(session, weightless)
        await a_goal(session, ada, "Nothing yet", under=goal, weight=Decimal(5))
        for state in (GoalState.DRAFT, GoalState.CANCELLED):
            await a_goal(session, ada, state.value, under=goal, state=state)

        top, *_ = (await _provenance(as_person(ada), goal))["goals"]

        assert (top["progress"], top["total_weight"], top["key_results"]) == (None, "0", [])
        assert [(part["title"], part["progress"], part["adds"]) for part in top["goals"]] == [
            ("Nothing yet", None, None),
            ("Weightless", "0", None),
        ]

    async def test_what_you_cannot_see_has_a_weight_and_ends_the_way_down(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        olivia = await a_person(session, "Olivia")
        company = await a_goal(session, olivia, driver=Driver.GOALS)
        secret = await a_goal(
            session,
            olivia,
            "Secret",
            under=company,
            visibility=Visibility.PRIVATE,
            weight=Decimal(3),
            driver=Driver.GOALS,
        )
        beyond = await a_goal(session, olivia, "Beyond", under=secret)
        await a_check_in(session, await a_key_result(session, beyond), "100", by=olivia)

        response = await as_person(ada).get(f"/goals/{company.id}/provenance")

        (top,) = response.json()["goals"]
        assert (top["progress"], top["total_weight"], top["goals"]) == ("1", "3", [])
        assert top["hidden_goals"] == [{"weight": "3"}]
        for leak in ("Secret", "Beyond", str(secret.id), str(beyond.id)):
            assert leak not in response.text

    async def test_what_is_hidden_or_unknown_is_not_found(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        olivia = await a_person(session, "Olivia")
        hidden = await a_goal(session, olivia, visibility=Visibility.PRIVATE)
        for goal_id in (hidden.id, uuid4()):
            response = await as_person(ada).get(f"/goals/{goal_id}/provenance")
            assert response.status_code == 404

    async def test_the_parts_make_the_whole(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for number in range(3):
            key_result = await a_key_result(
                session, goal, f"Third {number}", weight=Decimal(number + 1), position=number
            )
            await a_check_in(session, key_result, str(10 + 20 * number), by=ada)
        (top,) = (await _provenance(as_person(ada), goal))["goals"]
        added = sum(Decimal(part["adds"]) for part in top["key_results"])
        assert abs(added - Decimal(top["progress"])) <= 2 * Decimal("1e-12")

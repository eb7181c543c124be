"""A status that somebody decided, until it is cleared."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Driver, Goal, GoalState, GoalStatus
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_goal, a_key_result
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def _half(session: AsyncSession, ada: Person, **fields: Any) -> Goal:
    """On track: half of it is done after half of its time."""
    goal = await a_goal(session, ada, **fields)
    await a_check_in(session, await a_key_result(session, goal), "50", by=ada)
    return goal


def _status(shown: dict[str, Any]) -> tuple[str | None, str]:
    return shown["status"], shown["status_source"]


class TestManualStatus:
    async def test_stands_until_it_is_cleared(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await _half(session, ada)
        client, path = as_person(ada), f"/goals/{goal.id}"
        seen = [(await client.get(path)).json()]

        for status in ("at_risk", "off_track", None):
            response = await client.patch(path, json={"manual_status": status})
            assert response.status_code == 200, response.text
            seen.append(response.json())

        assert [_status(shown) for shown in seen] == [
            ("on_track", "derived"),
            ("at_risk", "manual"),
            ("off_track", "manual"),
            ("on_track", "derived"),
        ]
        assert [shown["progress"] for shown in seen] == ["0.5"] * 4
        assert [shown["manual_status"] for shown in seen] == [None, "at_risk", "off_track", None]

    async def test_is_not_moved_by_a_check_in(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await _half(session, ada, manual_status=GoalStatus.AT_RISK)
        await a_check_in(session, await a_key_result(session, goal), "100", by=ada)

        assert _status((await as_person(ada).get(f"/goals/{goal.id}")).json()) == (
            "at_risk",
            "manual",
        )

    async def test_can_be_told_of_what_measures_nothing(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, manual_status=GoalStatus.ON_TRACK)

        shown = (await as_person(ada).get(f"/goals/{goal.id}")).json()

        assert (shown["progress"], *_status(shown)) == (None, "on_track", "manual")

    @pytest.mark.parametrize("state", [GoalState.DRAFT, GoalState.CLOSED, GoalState.CANCELLED])
    async def test_is_shown_of_active_goals_only(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, state: GoalState
    ) -> None:
        goal = await a_goal(session, ada, manual_status=GoalStatus.ON_TRACK, state=state)

        shown = (await as_person(ada).get(f"/goals/{goal.id}")).json()

        assert (shown["status"], shown["manual_status"]) == (None, "on_track")

    async def test_is_obeyed_by_lists_filters_trees_and_the_goal_above(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        top = await a_goal(session, ada, "Top", driver=Driver.GOALS)
        await _half(session, ada, title="Judged", under=top, manual_status=GoalStatus.OFF_TRACK)
        await _half(session, ada, title="Derived", under=top)
        client = as_person(ada)

        listed = (await client.get(f"/goals?parent_id={top.id}")).json()["items"]
        found = {
            status: [
                each["title"]
                for each in (await client.get(f"/goals?status={status}")).json()["items"]
            ]
            for status in ("on_track", "off_track")
        }
        nodes = (await client.get("/goals/tree")).json()["nodes"]
        children = (await client.get(f"/goals/{top.id}")).json()["children"]

        said = {"Judged": ("off_track", "manual"), "Derived": ("on_track", "derived")}
        assert {each["title"]: _status(each) for each in listed} == said
        assert {each["title"]: _status(each) for each in nodes if each["title"] != "Top"} == said
        assert {each["title"]: _status(each) for each in children} == said
        assert found == {"on_track": ["Derived", "Top"], "off_track": ["Judged"]}

    async def test_is_said_by_those_who_answer_for_the_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        boss = await a_person(session, "Boss")
        bob = await a_person(session, "Bob", manager=boss)
        goal = await _half(session, bob)
        sent = {"manual_status": "at_risk"}

        answers = {
            person.name: (await as_person(person).patch(f"/goals/{goal.id}", json=sent)).status_code
            for person in (ada, bob, boss)
        }

        assert answers == {"Ada": 403, "Bob": 200, "Boss": 200}

    @pytest.mark.parametrize("status", ["active", "", 1])
    async def test_is_one_of_three(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, status: Any
    ) -> None:
        goal = await a_goal(session, ada)

        response = await as_person(ada).patch(f"/goals/{goal.id}", json={"manual_status": status})

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/manual_status"

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.domains.goals.models import GoalState, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_goal, a_key_result, a_member
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def titles(client: Client, **query: Any) -> list[str]:
    response = await client.get("/key-results", params=query)
    assert response.status_code == 200, response.text
    return [item["title"] for item in response.json()["items"]]


class TestFindKeyResults:
    async def test_names_the_goal_and_where_it_stands(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, "Loved")
        key_result = await a_key_result(session, goal, "NPS", unit="points")
        await a_check_in(session, key_result, "25", by=ada)
        (found,) = (await as_person(ada).get("/key-results")).json()["items"]
        assert found["checked_in_at"] is not None
        assert {**found, "checked_in_at": None} == {
            "id": str(key_result.id),
            "title": "NPS",
            "kind": "number",
            "unit": "points",
            "goal": {"id": str(goal.id), "title": "Loved", "state": "active"},
            "progress": "0.25",
            "checked_in_at": None,
        }

    async def test_is_found_by_its_words_and_by_those_of_its_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        loved = await a_goal(session, ada, "Loved by customers")
        for title in ("B", "A%"):
            await a_key_result(session, loved, title)
        await a_key_result(session, await a_goal(session, ada, "Lean"), "Customers lost")
        client = as_person(ada)
        assert await titles(client) == ["A%", "B", "Customers lost"]
        assert await titles(client, q="CUSTOMERS") == ["A%", "B", "Customers lost"]
        assert await titles(client, q="a%") == ["A%"]
        assert await titles(client, q="lost") == ["Customers lost"]
        first = (await client.get("/key-results", params={"limit": 2})).json()
        assert await titles(client, cursor=first["next_cursor"]) == ["Customers lost"]

    async def test_of_goals_that_somebody_has_part_in(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bea = await a_person(session, "Bea")
        own, shared = await a_goal(session, bea), await a_goal(session, ada)
        await a_member(session, shared, bea)
        done = await a_goal(session, bea, state=GoalState.CLOSED)
        for goal, title in ((own, "Own"), (shared, "Shared"), (done, "Done")):
            await a_key_result(session, goal, title)
        await a_key_result(session, await a_goal(session, ada), "Foreign")
        client = as_person(bea)
        assert await titles(client, person_id=str(bea.id)) == ["Done", "Own", "Shared"]
        assert await titles(client, person_id=str(bea.id), state="active") == ["Own", "Shared"]

    async def test_holds_what_you_see_and_what_is_in_use(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        hidden = await a_goal(session, ada, visibility=Visibility.PRIVATE)
        await a_key_result(session, hidden, "Hidden")
        goal = await a_goal(session, ada)
        await a_key_result(session, goal, "Gone", archived_at=utcnow())
        await a_key_result(session, await a_goal(session, ada, state=GoalState.ARCHIVED), "Old")
        await a_key_result(session, goal, "Shown")
        assert await titles(as_person(ada)) == ["Hidden", "Shown"]
        assert await titles(as_person(await a_person(session, "Peer"))) == ["Shown"]

    @pytest.mark.parametrize("query", [{"state": "x"}, {"q": ""}, {"person_id": "x"}, {"x": "1"}])
    async def test_wrong_filters_are_422(
        self, as_person: AsPerson, ada: Person, query: dict[str, str]
    ) -> None:
        assert (await as_person(ada).get("/key-results", params=query)).status_code == 422

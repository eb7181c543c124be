from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Text, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import GoalState, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_cycle, a_goal, a_key_result
from tests.factories.organizations import an_organization
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]

TITLE = "Every customer renews their contract"


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def alike(client: Client, title: str) -> list[dict[str, Any]]:
    response = await client.get("/goals/similar", params={"title": title})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


async def titles(client: Client, title: str = TITLE) -> list[str]:
    return [goal["title"] for goal in await alike(client, title)]


class TestFindGoalsLike:
    async def test_finds_other_words_for_the_same_the_most_alike_first(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        cycle = await a_cycle(session)
        await a_goal(session, ada, "Hire ten engineers")
        await a_goal(session, ada, "Customers renew their contracts", cycle_id=cycle.id)
        await a_goal(session, ada, TITLE.upper())

        found = await alike(as_person(ada), TITLE)

        assert [goal["title"] for goal in found] == [
            TITLE.upper(),
            "Customers renew their contracts",
        ]
        assert found[0]["similarity"] == "1"
        assert 0.3 < float(found[1]["similarity"]) < 1
        assert (found[1]["owner"]["name"], found[1]["cycle"]["name"]) == ("Ada", "This quarter")
        assert (found[1]["state"], found[0]["cycle"]) == ("active", None)

    async def test_finds_what_others_measure(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, "Loved")
        await a_key_result(session, goal, "Net promoter score of customers")
        await a_key_result(session, goal, "Revenue of the year", archived_at=utcnow())
        assert await titles(as_person(ada), "Net promoter score") == ["Loved"]
        assert await titles(as_person(ada), "Revenue of the year") == []

    async def test_names_no_goal_that_you_do_not_see(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        hidden = await a_goal(session, ada, TITLE, visibility=Visibility.PRIVATE)
        await a_key_result(session, hidden, TITLE)
        await a_goal(session, ada, TITLE, state=GoalState.DRAFT)
        assert await titles(as_person(await a_person(session, "Peer"))) == []
        assert len(await titles(as_person(ada))) == 2

    async def test_names_no_goal_of_another_organization(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        client = as_person(ada)
        await a_goal(session, ada, TITLE)
        await an_organization(session, "Other")
        other = await a_person(session, "Olga")
        await a_goal(session, other, TITLE + "!")
        # The function that looks past the row-level security keeps to it all the same.
        alike = func.goals_like(TITLE, cast([TITLE], ARRAY(Text())))
        assert (await session.scalar(select(func.count()).select_from(alike))) == 1
        assert await titles(as_person(other)) == [TITLE + "!"]
        assert await titles(client) == [TITLE]

    async def test_leaves_out_what_was_given_up_or_put_away(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        for state in GoalState:
            await a_goal(session, ada, f"{TITLE} {state}", state=state)
        found = await alike(as_person(ada), TITLE)
        assert {goal["state"] for goal in found} == {"draft", "active", "closed"}

    async def test_names_five_at_most(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        for number in range(7):
            await a_goal(session, ada, f"{TITLE} {number}")
        assert len(await titles(as_person(ada))) == 5

    @pytest.mark.parametrize("query", [{}, {"title": ""}, {"title": "x" * 201}, {"q": "x"}])
    async def test_wrong_questions_are_422(
        self, as_person: AsPerson, ada: Person, query: dict[str, str]
    ) -> None:
        assert (await as_person(ada).get("/goals/similar", params=query)).status_code == 422


class TestGetSimilarGoals:
    async def test_finds_goals_by_their_title_or_by_what_they_measure(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, TITLE)
        await a_key_result(session, goal, "Renewal rate in percent")
        said = await a_goal(session, ada, "Customers renew their contracts")
        measured = await a_goal(session, ada, "Grow without waste")
        await a_key_result(session, measured, "Renewal rate, in percent")
        await a_goal(session, ada, "Hire ten engineers")

        answer = await as_person(ada).get(f"/goals/{goal.id}/similar")

        assert answer.status_code == 200
        found = {item["id"] for item in answer.json()["items"]}
        assert found == {str(said.id), str(measured.id)}

    async def test_leaves_out_what_it_belongs_to(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        before = await a_goal(session, ada, TITLE, state=GoalState.CLOSED)
        parent = await a_goal(session, ada, TITLE)
        goal = await a_goal(session, ada, TITLE, under=parent, carried_from_id=before.id)
        await a_goal(session, ada, TITLE, under=goal)
        await a_goal(session, ada, TITLE, carried_from_id=goal.id)
        sibling = await a_goal(session, ada, TITLE, under=parent)
        answer = await as_person(ada).get(f"/goals/{goal.id}/similar")
        assert [item["id"] for item in answer.json()["items"]] == [str(sibling.id)]

    async def test_of_a_goal_that_you_do_not_see_is_404(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        hidden = await a_goal(session, ada, TITLE, visibility=Visibility.PRIVATE)
        peer = as_person(await a_person(session, "Peer"))
        assert (await peer.get(f"/goals/{hidden.id}/similar")).status_code == 404
        assert (await peer.get(f"/goals/{uuid7()}/similar")).status_code == 404

"""Goals around yours that you cannot see."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

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


async def _shown(client: Client, goal: Goal) -> dict[str, Any]:
    response = await client.get(f"/goals/{goal.id}")
    assert response.status_code == 200, response.text
    shown: dict[str, Any] = response.json()
    return shown


class TestWhatYouCannotSee:
    """It counts, and it is told as one that you cannot see, with its weight, never its title."""

    async def test_counts_among_the_children_with_its_weight(
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
        )
        await a_check_in(session, await a_key_result(session, secret), "100", by=olivia)
        seen = await a_goal(session, ada, "Seen", under=company)
        await a_key_result(session, seen)
        for state in (GoalState.DRAFT, GoalState.CANCELLED):  # these do not count
            await a_goal(session, olivia, under=company, visibility=Visibility.PRIVATE, state=state)

        response = await as_person(ada).get(f"/goals/{company.id}")
        tree = await as_person(ada).get("/goals/tree")

        shown = response.json()
        assert shown["progress"] == "0.75"
        assert [child["title"] for child in shown["children"]] == ["Seen"]
        assert shown["hidden_children"] == [{"weight": "3"}]
        assert (shown["hidden_child_count"], shown["child_count"]) == (1, 1)
        nodes = {node["id"]: node for node in tree.json()["nodes"]}
        assert nodes.keys() == {str(company.id), str(seen.id)}
        assert nodes[str(company.id)]["hidden_child_count"] == 1
        for leak in ("Secret", str(secret.id)):
            assert leak not in response.text + tree.text

    async def test_above_is_told_as_a_hidden_parent_and_nothing_beyond_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        olivia = await a_person(session, "Olivia")
        company = await a_goal(session, olivia, "Company")
        secret = await a_goal(
            session, olivia, "Secret", under=company, visibility=Visibility.PRIVATE
        )
        team = await a_goal(session, ada, "Team", under=secret)
        mine = await a_goal(session, ada, "Mine", under=team)
        client = as_person(ada)

        answers = [
            await client.get(f"/goals/{team.id}"),
            await client.get(f"/goals/{mine.id}"),
            await client.get("/goals", params={"q": "Team"}),
            await client.get("/goals/tree"),
            await client.get("/goals", params={"parent_id": str(secret.id)}),
        ]

        above, below, listed, tree, children = (answer.json() for answer in answers)
        assert (above["parent"], above["has_hidden_parent"], above["ancestors"]) == (None, True, [])
        assert [goal["title"] for goal in below["ancestors"]] == ["Team"]
        assert listed["items"][0]["has_hidden_parent"] is True
        node = next(node for node in tree["nodes"] if node["id"] == str(team.id))
        assert (node["parent_id"], node["has_hidden_parent"]) == (None, True)
        assert children["items"] == []
        for answer in answers:
            assert "Secret" not in answer.text
            assert str(secret.id) not in answer.text

    async def test_ancestors_come_top_first(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        top = await a_goal(session, ada, "Top", driver=Driver.GOALS)
        middle = await a_goal(session, ada, "Middle", under=top)
        leaf = await a_goal(session, ada, "Leaf", under=middle)
        await a_check_in(session, await a_key_result(session, middle), "10", by=ada)

        above = (await _shown(as_person(ada), leaf))["ancestors"]

        assert [(goal["title"], goal["progress"]) for goal in above] == [
            ("Top", "0.1"),
            ("Middle", "0.1"),
        ]

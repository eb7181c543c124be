from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import Driver, GoalState
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_cycle, a_goal, a_key_result
from tests.factories.people import a_department, a_person, a_team

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada", job_title="Engineer")


async def _tree(client: Client, **query: str) -> dict[str, Any]:
    response = await client.get("/goals/tree", params=query)
    assert response.status_code == 200, response.text
    tree: dict[str, Any] = response.json()
    return tree


class TestReadGoalTree:
    async def test_shows_each_goal_with_its_measures_and_its_parent(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        cycle = await a_cycle(session)
        department, team = await a_department(session), await a_team(session)
        company = await a_goal(
            session, ada, "Company", level="company", driver=Driver.GOALS, cycle_id=cycle.id
        )
        unit = await a_goal(
            session,
            ada,
            "Unit",
            level="department",
            department_id=department.id,
            under=company,
            cycle_id=cycle.id,
            weight=Decimal("1.5"),
        )
        squad = await a_goal(
            session,
            ada,
            "Squad",
            level="team",
            team_id=team.id,
            under=unit,
            cycle_id=cycle.id,
        )
        second = await a_key_result(session, unit, "Second", position=1)
        first = await a_key_result(session, unit, "First", position=0, start="10", target="5")
        archived = await a_key_result(session, unit, "Archived", position=2)
        archived.archived_at = cycle.created_at
        await a_check_in(session, first, "7.5", by=ada)

        tree = await _tree(as_person(ada), cycle_id=str(cycle.id))

        assert tree["cycle"]["name"] == "This quarter"
        assert tree["is_complete"] is True
        assert [node["title"] for node in tree["nodes"]] == ["Company", "Unit", "Squad"]
        top, middle, leaf = tree["nodes"]
        assert (top["parent_id"], top["department"], top["team"]) == (None, None, None)
        assert (middle["parent_id"], middle["department"]["name"]) == (
            str(company.id),
            "Engineering",
        )
        assert (leaf["parent_id"], leaf["team"]["name"]) == (str(unit.id), "Rockets")
        assert leaf["id"] == str(squad.id)
        assert middle["owner"] == {"id": str(ada.id), "name": "Ada", "job_title": "Engineer"}
        assert (middle["weight"], middle["progress"], middle["status"]) == (
            "1.5",
            "0.25",
            "off_track",
        )
        assert middle["key_results"] == [
            {
                "id": str(first.id),
                "title": "First",
                "kind": "number",
                "unit": None,
                "start": "10",
                "target": "5",
                "lower": None,
                "upper": None,
                "milestones": None,
                "current": "7.5",
                "progress": "0.5",
            },
            {
                "id": str(second.id),
                "title": "Second",
                "kind": "number",
                "unit": None,
                "start": "0",
                "target": "100",
                "lower": None,
                "upper": None,
                "milestones": None,
                "current": "0",
                "progress": "0",
            },
        ]

    async def test_says_of_each_goal_what_its_own_document_says(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        company = await a_goal(session, ada, driver=Driver.BOTH, began=30, lasts=90)
        for state in (GoalState.ACTIVE, GoalState.CLOSED, GoalState.DRAFT):
            goal = await a_goal(session, ada, under=company, state=state)
            await a_check_in(session, await a_key_result(session, goal), "31", by=ada)
        client = as_person(ada)

        for node in (await _tree(client))["nodes"]:
            goal = (await client.get(f"/goals/{node['id']}")).json()
            shared = node.keys() & goal.keys() - {"key_results"}
            assert {name: node[name] for name in shared} == {name: goal[name] for name in shared}
            assert len(node["key_results"]) == goal["key_result_count"]

    async def test_holds_the_cycle_asked_for_without_what_was_cancelled(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        past, now = await a_cycle(session, "Past", began=135), await a_cycle(session, "Now")
        await a_goal(session, ada, "Then", cycle_id=past.id)
        await a_goal(session, ada, "Today", cycle_id=now.id)
        await a_goal(session, ada, "Always")
        await a_goal(session, ada, "Given up", cycle_id=now.id, state=GoalState.CANCELLED)
        client = as_person(ada)

        trees = {
            "Past": await _tree(client, cycle_id=str(past.id)),
            "Now": await _tree(client, cycle_id=str(now.id)),
        }
        current = await _tree(client)

        titles = {name: [node["title"] for node in tree["nodes"]] for name, tree in trees.items()}
        assert titles == {"Past": ["Then"], "Now": ["Today"]}
        assert current["cycle"]["name"] == "Now"
        assert [node["title"] for node in current["nodes"]] == ["Always", "Today"]

    async def test_without_any_cycle_holds_the_goals_of_none(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        await a_goal(session, ada, "Always")

        tree = await _tree(as_person(ada))

        assert (tree["cycle"], [node["title"] for node in tree["nodes"]]) == (None, ["Always"])

    async def test_of_an_unknown_cycle_is_not_there(self, as_person: AsPerson, ada: Person) -> None:
        response = await as_person(ada).get("/goals/tree", params={"cycle_id": str(uuid7())})

        assert (response.status_code, response.json()["code"]) == (404, "not_found")

    async def test_is_one_statement_however_many_goals_there_are(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        shared_engine: AsyncEngine,
        ada: Person,
    ) -> None:
        top = await a_goal(session, ada)
        client = as_person(ada)
        await _tree(client)

        async def statements() -> int:
            ran: list[str] = []

            def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
                ran.append(statement)

            event.listen(shared_engine.sync_engine, "before_cursor_execute", note)
            try:
                await _tree(client)
            finally:
                event.remove(shared_engine.sync_engine, "before_cursor_execute", note)
            return sum("json_build_object" in statement for statement in ran)

        few = await statements()
        for _ in range(5):
            await a_key_result(session, await a_goal(session, ada, under=top))
        many = await statements()

        assert (few, many) == (1, 1)

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import Driver, GoalState, Visibility
from perfapi.domains.people.models import Person, Status
from tests.clients import Client
from tests.factories.goals import a_cycle, a_goal, today_of
from tests.factories.people import a_person, an_admin

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada", job_title="Engineer")


async def _topics(session: AsyncSession) -> list[str]:
    found = select(LoggedEvent.topic).where(LoggedEvent.topic.startswith("goals."))
    return list(await session.scalars(found.order_by(LoggedEvent.id)))


def _problem(response: Any) -> tuple[int, str, str | None]:
    [error] = response.json()["errors"]
    return response.status_code, error.get("pointer") or error.get("parameter"), error["code"]


class TestSetGoal:
    async def test_needs_a_title_and_a_level_and_knows_the_rest(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        today = today_of(session)

        response = await as_person(ada).post("/goals", json={"title": "Grow", "level": "person"})

        assert response.status_code == 201, response.text
        goal = response.json()
        assert response.headers["location"] == f"/v1/goals/{goal['id']}"
        assert goal["owner"] == {"id": str(ada.id), "name": "Ada", "job_title": "Engineer"}
        assert goal["starts_on"] == str(today)
        assert goal["due_on"] == str(today + timedelta(days=89))
        expected = {
            "description": "",
            "visibility": "public",
            "weight": "1",
            "driver": "key_results",
            "state": "active",
            "check_in_every_days": 7,
            "progress": None,
            "cycle": None,
            "parent": None,
            "department": None,
            "team": None,
            "key_results": [],
        }
        assert {name: goal[name] for name in expected} == expected
        assert await _topics(session) == ["goals.goal_set"]

    async def test_takes_its_days_from_its_cycle(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        cycle = await a_cycle(session, began=10, days=60)
        sent = {"title": "Grow", "level": "person", "cycle_id": str(cycle.id)}

        goal = (await as_person(ada).post("/goals", json=sent)).json()

        assert (goal["starts_on"], goal["due_on"]) == (str(cycle.starts_on), str(cycle.ends_on))
        assert goal["cycle"]["name"] == "This quarter"

    async def test_brings_its_key_results_along(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        sent = {
            "title": "Grow",
            "level": "person",
            "key_results": [
                {"title": "NPS", "start": "41", "target": "60", "unit": "points"},
                {"title": "Churn", "kind": "percent", "start": 9.5, "target": 4, "weight": "2"},
            ],
        }

        goal = (await as_person(ada).post("/goals", json=sent)).json()

        shown = [
            (k["title"], k["kind"], k["unit"], k["start"], k["target"], k["weight"], k["position"])
            for k in goal["key_results"]
        ]
        assert shown == [
            ("NPS", "number", "points", "41", "60", "1", 0),
            ("Churn", "percent", None, "9.5", "4", "2", 1),
        ]
        assert (goal["progress"], goal["key_result_count"]) == ("0", 2)
        assert await _topics(session) == ["goals.key_result_added"] * 2 + ["goals.goal_set"]

    async def test_below_another_counts_there_at_once(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        above = await a_goal(session, ada, driver=Driver.GOALS)
        sent = {
            "title": "Grow",
            "level": "person",
            "parent_id": str(above.id),
            "key_results": [{"title": "NPS", "target": "60"}],
        }

        goal = (await as_person(ada).post("/goals", json=sent)).json()
        parent = (await as_person(ada).get(f"/goals/{above.id}")).json()

        assert goal["parent"] == {"id": str(above.id), "title": above.title}
        assert (parent["progress"], parent["children"][0]["id"]) == ("0", goal["id"])

    async def test_sent_again_with_its_key_is_set_once(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        client, headers = as_person(ada), {"Idempotency-Key": "one-goal"}
        sent = {"title": "Grow", "level": "person"}

        first = await client.post("/goals", json=sent, headers=headers)
        again = await client.post("/goals", json=sent, headers=headers)
        other = await client.post("/goals", json=sent | {"title": "Shrink"}, headers=headers)

        assert (again.json(), again.headers["idempotent-replayed"]) == (first.json(), "true")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
        assert len((await client.get("/goals")).json()["items"]) == 1

    async def test_for_somebody_else_that_you_will_not_see_answers_without_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        alex = await an_admin(session)
        sent = {
            "title": "Grow",
            "level": "person",
            "owner_id": str(ada.id),
            "visibility": "manager_chain",
        }

        response = await as_person(alex).post("/goals", json=sent)

        assert (response.status_code, response.content) == (204, b"")
        location = response.headers["location"].removeprefix("/v1")
        assert (await as_person(ada).get(location)).json()["title"] == "Grow"

    @pytest.mark.parametrize(
        "slot", ["owner_id", "department_id", "team_id", "cycle_id", "parent_id"]
    )
    async def test_refuses_what_is_unknown_foreign_or_out_of_sight_alike(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, slot: str
    ) -> None:
        bob = await a_person(session, "Bob", status=Status.LEFT, left_on=date(2024, 1, 31))
        hidden = await a_goal(session, bob, visibility=Visibility.PRIVATE)
        level = {"department_id": "department", "team_id": "team"}.get(slot, "person")
        sent = {"title": "Grow", "level": level}
        ids = {"owner_id": [bob.id], "parent_id": [hidden.id]}.get(slot, [])

        answers = [
            await as_person(ada).post("/goals", json=sent | {slot: str(unseen)})
            for unseen in (uuid7(), *ids)
        ]

        assert {_problem(answer) for answer in answers} == {(422, f"/{slot}", "not_found")}

    async def test_refuses_an_owner_who_has_left_and_a_cycle_that_is_closed(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        bob = await a_person(session, "Bob", status=Status.LEFT, left_on=date(2024, 1, 31))
        cycle = await a_cycle(session)
        client = as_person(alex)
        await client.post(f"/goal-cycles/{cycle.id}/close")
        ended = await a_goal(session, alex, state=GoalState.CLOSED)
        refused = {
            "owner_id": (bob.id, "owner_has_left"),
            "cycle_id": (cycle.id, "cycle_closed"),
            "parent_id": (ended.id, "goal_ended"),
        }

        for slot, (value, code) in refused.items():
            sent = {"title": "Grow", "level": "person", slot: str(value)}
            assert _problem(await client.post("/goals", json=sent)) == (422, f"/{slot}", code)

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"title": ""}, "/title", "string_too_short"),
            ({"title": "A\nB"}, "/title", "character_forbidden"),
            ({"title": "x" * 201}, "/title", "string_too_long"),
            ({"description": "A\x00B"}, "/description", "character_forbidden"),
            ({"level": "galaxy"}, "/level", "enum"),
            ({"level": "department"}, "/department_id", "missing"),
            ({"level": "team"}, "/team_id", "missing"),
            ({"department_id": str(uuid7())}, "/department_id", "unexpected"),
            ({"team_id": str(uuid7())}, "/team_id", "unexpected"),
            ({"owner_id": "me"}, "/owner_id", "uuid_parsing"),
            ({"weight": "-1"}, "/weight", "decimal_invalid"),
            ({"weight": -1}, "/weight", "decimal_out_of_range"),
            ({"weight": 1e300}, "/weight", "decimal_out_of_range"),
            ({"weight": "0.1234567"}, "/weight", "decimal_invalid"),
            ({"weight": "1e3"}, "/weight", "decimal_invalid"),
            ({"weight": True}, "/weight", "decimal_type"),
            ({"state": "closed"}, "/state", "literal_error"),
            ({"check_in_every_days": 0}, "/check_in_every_days", "greater_than_equal"),
            ({"check_in_every_days": "7"}, "/check_in_every_days", "int_type"),
            ({"starts_on": "2026-02-30"}, "/starts_on", "date_parsing"),
            (
                {"starts_on": "2026-03-02", "due_on": "2026-03-01"},
                "/due_on",
                "due_before_it_starts",
            ),
            ({"starts_on": "9999-12-01"}, "/starts_on", "date_out_of_range"),
            ({"progress": "1"}, "/progress", "extra_forbidden"),
            (
                {"key_results": [{"title": "A", "start": "1", "target": "1"}]},
                "/key_results/0/target",
                "target_is_start",
            ),
            (
                {"key_results": [{"title": "A", "kind": "percent", "unit": "m", "target": "1"}]},
                "/key_results/0/unit",
                "not_of_this_kind",
            ),
            ({"key_results": [{"title": "A", "target": "1"}] * 21}, "/key_results", "too_long"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self, as_person: AsPerson, ada: Person, body: dict[str, Any], pointer: str, code: str
    ) -> None:
        sent = {"title": "Grow", "level": "person"} | body

        response = await as_person(ada).post("/goals", json=sent)

        assert _problem(response) == (422, pointer, code)

    async def test_nobody_makes_a_goal_private_in_anothers_name(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        boss = await a_person(session, "Boss")
        bob = await a_person(session, "Bob", manager=boss)
        sent = {"title": "Grow", "level": "person", "visibility": "private"}

        refused = await as_person(boss).post("/goals", json=sent | {"owner_id": str(bob.id)})
        own = await as_person(bob).post("/goals", json=sent)

        assert _problem(refused) == (422, "/visibility", "owner_decides")
        assert own.status_code == 201

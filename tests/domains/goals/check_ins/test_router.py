from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.check_ins.schemas import CheckInCreate
from perfapi.domains.goals.check_ins.service import check_in
from perfapi.domains.goals.models import Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_goal, a_key_result, acting_as
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


class TestCheckIn:
    async def test_says_what_it_measures_how_confident_and_why(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        boss = await a_person(session, "Boss")
        bob = await a_person(session, "Bob", manager=boss)
        key_result = await a_key_result(session, await a_goal(session, bob))
        sent = {"value": "62.5", "confidence": 7, "comment": "Two renewals signed."}
        client, path = as_person(boss), f"/key-results/{key_result.id}"

        response = await client.post(f"{path}/check-ins", json=sent)

        assert response.status_code == 201, response.text
        entry = response.json()
        assert {name: entry[name] for name in sent} == sent
        assert (entry["author"]["name"], entry["key_result_id"]) == ("Boss", str(key_result.id))
        shown = (await client.get(path)).json()
        assert (shown["current"], shown["confidence"]) == ("62.5", 7)
        assert shown["checked_in_at"] == entry["checked_in_at"]
        event = (await session.scalars(select(LoggedEvent))).one()
        assert (event.topic, event.actor_id) == ("goals.checked_in", boss.id)
        assert event.payload is not None
        assert "Two renewals" not in str(event.payload)

    async def test_counts_once_however_often_it_is_sent(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        key_result = await a_key_result(session, await a_goal(session, ada))
        client, path = as_person(ada), f"/key-results/{key_result.id}/check-ins"

        answers = [
            await client.post(path, json={"value": "5"}, headers={"Idempotency-Key": "monday"})
            for _ in range(2)
        ]

        assert answers[0].json() == answers[1].json()
        assert answers[1].headers["idempotent-replayed"] == "true"
        assert len((await client.get(path)).json()["items"]) == 1

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({}, "/value", "missing"),
            ({"value": None}, "/value", "missing"),
            ({"value": [1]}, "/value", "decimal_invalid"),
            ({"value": "5", "confidence": 11}, "/confidence", "less_than_equal"),
            ({"value": "5", "confidence": -1}, "/confidence", "greater_than_equal"),
            ({"value": "5", "confidence": "7"}, "/confidence", "int_type"),
            ({"value": "5", "comment": "A\x00"}, "/comment", "character_forbidden"),
            ({"value": "5", "comment": "x" * 10_001}, "/comment", "string_too_long"),
            ({"value": "5", "checked_in_at": "2020-01-01"}, "/checked_in_at", "extra_forbidden"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        body: dict[str, Any],
        pointer: str,
        code: str,
    ) -> None:
        key_result = await a_key_result(session, await a_goal(session, ada))

        response = await as_person(ada).post(f"/key-results/{key_result.id}/check-ins", json=body)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)

    async def test_brought_along_from_the_past_moves_nothing_that_is_newer(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        key_result = await a_key_result(session, await a_goal(session, ada))
        await a_check_in(session, key_result, "50", by=ada)
        actor = await acting_as(session, ada)
        past = datetime(2020, 5, 1, tzinfo=UTC)

        await check_in(
            session, actor, key_result.id, CheckInCreate.model_validate({"value": 10}), at=past
        )

        client = as_person(ada)
        history = (await client.get(f"/key-results/{key_result.id}/check-ins")).json()["items"]
        shown = (await client.get(f"/key-results/{key_result.id}")).json()
        assert [entry["value"] for entry in history] == ["50", "10"]
        assert history[1]["checked_in_at"].startswith("2020-05-01")
        assert shown["current"] == "50"


class TestListCheckIns:
    async def test_comes_with_the_newest_first_page_by_page(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        one = await a_key_result(session, goal, "One")
        other = await a_key_result(session, goal, "Other")
        for value, key_result in (("1", one), ("2", other), ("3", one)):
            await a_check_in(session, key_result, value, by=ada)
        client = as_person(ada)

        async def values(path: str) -> list[str]:
            found: list[str] = []
            more = ""
            while True:
                page = (await client.get(f"{path}?limit=1{more}")).json()
                found += [entry["value"] for entry in page["items"]]
                if page["next_cursor"] is None:
                    return found
                more = f"&cursor={page['next_cursor']}"

        assert await values(f"/key-results/{one.id}/check-ins") == ["3", "1"]
        assert await values(f"/goals/{goal.id}/check-ins") == ["3", "2", "1"]

    async def test_of_a_goal_tells_which_key_result_each_is_about(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal, "Renewals")
        await a_check_in(session, key_result, "1", by=ada)

        [entry] = (await as_person(ada).get(f"/goals/{goal.id}/check-ins")).json()["items"]

        assert entry["key_result"] == {
            "id": str(key_result.id),
            "title": "Renewals",
            "kind": "number",
            "unit": None,
        }

    async def test_of_what_is_out_of_sight_is_not_there(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        private = await a_goal(session, bob, visibility=Visibility.PRIVATE)
        key_result = await a_key_result(session, private)
        await a_check_in(session, key_result, "1", by=bob)
        client = as_person(ada)

        found = [
            (await client.get(f"/{kind}/{row_id}/check-ins")).status_code
            for kind, known in (("goals", private.id), ("key-results", key_result.id))
            for row_id in (known, uuid7())
        ]

        assert found == [404] * 4

    async def test_refuses_the_cursor_of_another_list(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        one, other = await a_key_result(session, goal), await a_key_result(session, goal)
        for _ in range(2):
            await a_check_in(session, one, "1", by=ada)
        client = as_person(ada)
        page = (await client.get(f"/key-results/{one.id}/check-ins?limit=1")).json()

        response = await client.get(
            f"/key-results/{other.id}/check-ins?limit=1&cursor={page['next_cursor']}"
        )

        assert (response.status_code, response.json()["code"]) == (400, "cursor_invalid")

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_goal, a_key_result, an_initiative
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


class TestAddKeyResult:
    async def test_stands_behind_the_others_at_0(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        client, path = as_person(ada), f"/goals/{goal.id}/key-results"

        first = await client.post(path, json={"title": "NPS", "start": "41", "target": "60"})
        second = await client.post(path, json={"title": "Churn", "target": "4.5", "start": "9"})

        shown = first.json()
        expected = {
            "goal_id": str(goal.id),
            "kind": "number",
            "unit": None,
            "start": "41",
            "target": "60",
            "current": "41",
            "raw_progress": "0",
            "progress": "0",
            "weight": "1",
            "confidence": None,
            "checked_in_at": None,
            "archived_at": None,
            "permissions": ["edit", "check_in", "remove"],
        }
        assert {name: shown[name] for name in expected} == expected
        assert first.headers["location"] == f"/v1/key-results/{shown['id']}"
        assert (shown["position"], second.json()["position"]) == (0, 1)
        assert (await client.get(f"/goals/{goal.id}")).json()["progress"] == "0"

    async def test_is_added_once_however_often_it_is_sent(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        client, path = as_person(ada), f"/goals/{goal.id}/key-results"

        for _ in range(2):
            sent = {"json": {"title": "NPS", "target": "60"}}
            await client.post(path, **sent, headers={"Idempotency-Key": "nps"})

        assert len((await client.get(path)).json()["items"]) == 1

    async def test_makes_fifty_at_most(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for position in range(50):
            last = await a_key_result(session, goal, position=position)
        client, path = as_person(ada), f"/goals/{goal.id}/key-results"
        sent = {"title": "One more", "target": "1"}

        refused = await client.post(path, json=sent)
        await client.delete(f"/key-results/{last.id}")
        added = await client.post(path, json=sent)

        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_key_results")
        assert (added.status_code, added.json()["position"]) == (201, 49)

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"target": None}, "/target", "missing"),
            ({"target": "lots"}, "/target", "decimal_invalid"),
            ({"target": "1000000000000000"}, "/target", "decimal_invalid"),
            ({"target": 10**15}, "/target", "decimal_out_of_range"),
            ({"target": "NaN"}, "/target", "decimal_invalid"),
            ({"target": "٣"}, "/target", "decimal_invalid"),
            ({"kind": "feeling"}, "/kind", "enum"),
            ({"unit": ""}, "/unit", "string_too_short"),
            ({"unit": "x" * 41}, "/unit", "too_long"),
            ({"current": "5"}, "/current", "extra_forbidden"),
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
        goal = await a_goal(session, ada)
        sent = {"title": "NPS", "target": "60"} | body

        response = await as_person(ada).post(f"/goals/{goal.id}/key-results", json=sent)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)

    async def test_takes_the_largest_numbers_there_are(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        most = "999999999999999"
        sent = {"title": "Large", "start": f"-{most}", "target": f"-{most[:-1]}8.999999"}
        client = as_person(ada)

        added = (await client.post(f"/goals/{goal.id}/key-results", json=sent)).json()
        checked_in = await client.post(
            f"/key-results/{added['id']}/check-ins", json={"value": most}
        )

        assert checked_in.status_code == 201, checked_in.text
        assert checked_in.json()["progress"] == "1"


class TestListKeyResults:
    async def test_shows_those_in_use_in_their_order_or_the_archived_ones(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for title, position in (("Second", 1), ("First", 0), ("Gone", 2)):
            gone = await a_key_result(session, goal, title, position=position)
        await a_key_result(session, await a_goal(session, ada), "Of another goal")
        await a_check_in(session, gone, "1", by=ada)
        client, path = as_person(ada), f"/goals/{goal.id}/key-results"
        await client.delete(f"/key-results/{gone.id}")

        in_use = (await client.get(path)).json()["items"]
        archived = (await client.get(f"{path}?archived=true")).json()["items"]

        assert [shown["title"] for shown in in_use] == ["First", "Second"]
        assert [(shown["title"], shown["permissions"]) for shown in archived] == [("Gone", [])]

    async def test_of_a_goal_out_of_sight_is_not_there(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        private = await a_goal(session, bob, visibility=Visibility.PRIVATE)
        key_result = await a_key_result(session, private)

        paths = [
            f"/goals/{private.id}/key-results",
            f"/goals/{uuid7()}/key-results",
            f"/key-results/{key_result.id}",
            f"/key-results/{uuid7()}",
        ]

        assert {(await as_person(ada).get(path)).status_code for path in paths} == {404}


class TestUpdateKeyResult:
    async def test_changes_what_is_sent_and_moves_the_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        half = await a_key_result(session, goal)
        await a_key_result(session, goal)
        await a_check_in(session, half, "50", by=ada)
        client = as_person(ada)

        changed = await client.patch(
            f"/key-results/{half.id}", json={"title": "Half", "weight": "3", "position": 7}
        )

        shown = changed.json()
        assert (shown["title"], shown["weight"], shown["position"]) == ("Half", "3", 7)
        assert (await client.get(f"/goals/{goal.id}")).json()["progress"] == "0.375"
        event = (await session.scalars(select(LoggedEvent))).one()
        assert event.payload is not None
        assert event.payload["fields"] == ["title", "weight", "position"]

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"start": "100"}, "/start", "target_is_start"),
            ({"target": "0"}, "/target", "target_is_start"),
            ({"start": "5", "target": "5"}, "/target", "target_is_start"),
            ({"kind": "percent", "unit": "points"}, "/unit", "not_of_this_kind"),
            ({"position": -1}, "/position", "greater_than_equal"),
            ({"goal_id": str(uuid7())}, "/goal_id", "extra_forbidden"),
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
        key_result = await a_key_result(session, await a_goal(session, ada), unit="points")

        response = await as_person(ada).patch(f"/key-results/{key_result.id}", json=body)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)

    async def test_insists_on_the_version_that_was_read(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        key_result = await a_key_result(session, await a_goal(session, ada))
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        tag = (await client.get(path)).headers["etag"]

        missing = await client.request("PATCH", path, json={"title": "New"})
        first = await client.patch(path, json={"title": "New"}, headers={"If-Match": tag})
        stale = await client.patch(path, json={"title": "Newer"}, headers={"If-Match": tag})

        assert [r.status_code for r in (missing, first, stale)] == [428, 200, 412]


class TestRemoveKeyResult:
    async def test_is_deleted_if_nobody_ever_checked_in(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal)
        client, path = as_person(ada), f"/key-results/{key_result.id}"

        removed = await client.delete(path)

        assert (removed.status_code, (await client.get(path)).status_code) == (204, 404)
        shown = (await client.get(f"/goals/{goal.id}")).json()
        assert (shown["progress"], shown["key_result_count"]) == (None, 0)

    async def test_is_archived_once_there_are_check_ins_and_then_stays_as_it_is(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal)
        await a_check_in(session, key_result, "50", by=ada)
        client, path = as_person(ada), f"/key-results/{key_result.id}"

        removed = await client.delete(path)
        shown = (await client.get(path)).json()
        refused = [
            await client.delete(path),
            await client.patch(path, json={"title": "New"}),
            await client.post(f"{path}/check-ins", json={"value": "60"}),
        ]
        history = (await client.get(f"/goals/{goal.id}/check-ins")).json()["items"]

        assert removed.status_code == 204
        assert (shown["archived_at"] is None, shown["permissions"]) == (False, [])
        assert {(r.status_code, r.json()["code"]) for r in refused} == {
            (409, "key_result_archived")
        }
        assert [entry["value"] for entry in history] == ["50"]

    async def test_takes_no_initiative_along(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal)
        call = await an_initiative(session, goal, ada, key_result_id=key_result.id)
        client = as_person(ada)

        removed = await client.delete(f"/key-results/{key_result.id}")

        assert removed.status_code == 204
        assert (await client.get(f"/initiatives/{call.id}")).status_code == 200
        shown = (await client.get(f"/key-results/{key_result.id}")).json()
        assert shown["archived_at"] is not None

    async def test_insists_on_the_version_that_was_read(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        key_result = await a_key_result(session, await a_goal(session, ada))
        client, path = as_person(ada), f"/key-results/{key_result.id}"

        missing = await client.request("DELETE", path)
        stale = await client.delete(path, headers={"If-Match": '"2-00"'})

        assert (missing.status_code, stale.status_code) == (428, 412)

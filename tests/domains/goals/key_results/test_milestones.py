"""The list of milestones of a key result, and check-ins that name them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import Goal, KeyResult
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.reckoning import recomputed
from tests.factories.goals import a_goal, a_milestone_key_result
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]
Body = dict[str, Any]

STEP = {"title": "Contract"}


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def goal(session: AsyncSession, ada: Person) -> Goal:
    return await a_goal(session, ada)


class TestMilestones:
    async def test_are_put_in_the_order_in_which_they_are_sent(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1", b="1", c="1")
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        tag = (await client.get(path)).headers["etag"]
        kept = [
            {"id": str(steps["c"].id), "title": "C", "due_on": "2026-05-01"},
            {"title": "new"},
            {"id": str(steps["a"].id), "title": "a", "weight": "5"},
        ]

        changed = await client.patch(path, json={"milestones": kept}, headers={"If-Match": tag})
        stale = await client.patch(path, json={"milestones": kept}, headers={"If-Match": tag})

        assert changed.status_code == 200, changed.text
        shown = changed.json()["milestones"]
        told = [(step["title"], step["weight"], step["due_on"]) for step in shown]
        assert told == [("C", "1", "2026-05-01"), ("new", "1", None), ("a", "5", None)]
        assert (shown[0]["id"], shown[2]["id"]) == (kept[0]["id"], kept[2]["id"])
        assert stale.status_code == 412

    async def test_that_are_the_same_change_nothing(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1", b="1")
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        same = [{"id": str(step.id), "title": title} for title, step in steps.items()]
        before = (await client.get(path)).json()

        after = (await client.patch(path, json={"milestones": same})).json()

        assert after == before
        assert list(await session.scalars(select(LoggedEvent))) == []

    async def test_that_history_names_are_taken_out_and_stay_in_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1", b="1", c="1")
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        a, b, c = (str(step.id) for step in steps.values())
        await client.post(f"{path}/check-ins", json={"done_milestone_ids": [a, b]})

        stay = [{"id": b, "title": "b"}, {"id": c, "title": "c"}]
        changed = await client.patch(path, json={"milestones": stay})
        [entry] = (await client.get(f"{path}/check-ins")).json()["items"]
        back = await client.patch(
            path, json={"milestones": [{"id": a, "title": "a"}, {"id": b, "title": "b"}]}
        )

        assert changed.status_code == 200, changed.text
        assert [step["id"] for step in changed.json()["milestones"]] == [b, c]
        assert changed.json()["progress"] == "0.5"
        assert [step["id"] for step in entry["done_milestones"]] == [a, b]
        assert back.status_code == 422
        assert (await recomputed(session))["drift"] == 0

    @pytest.mark.parametrize("which", ["unknown", "of another key result", "twice"])
    async def test_that_are_not_its_own_are_unknown(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal, which: str
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1")
        _, others = await a_milestone_key_result(session, goal, x="1")
        mine = {"id": str(steps["a"].id), "title": "a"}
        wrong = {
            "unknown": {"id": str(uuid7()), "title": "?"},
            "of another key result": {"id": str(others["x"].id), "title": "x"},
            "twice": mine,
        }[which]
        client, path = as_person(ada), f"/key-results/{key_result.id}"

        response = await client.patch(path, json={"milestones": [mine, wrong]})

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/milestones/1/id", "not_found")

    @pytest.mark.parametrize(
        ("milestones", "code"), [([], "missing"), ([STEP | {"weight": "0"}], "weightless")]
    )
    async def test_never_all_disappear(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        goal: Goal,
        milestones: list[Body],
        code: str,
    ) -> None:
        key_result, _ = await a_milestone_key_result(session, goal, a="1")

        response = await as_person(ada).patch(
            f"/key-results/{key_result.id}", json={"milestones": milestones}
        )

        assert response.status_code == 422
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/milestones", code)

    async def test_go_with_a_key_result_that_nobody_checked_in_on(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, _ = await a_milestone_key_result(session, goal, a="1")
        client = as_person(ada)

        removed = await client.delete(f"/key-results/{key_result.id}")

        assert removed.status_code == 204
        assert list(await session.scalars(select(KeyResult))) == []

    async def test_are_counted_in_the_tree(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1", b="1", c="1")
        client = as_person(ada)
        done = [str(steps["b"].id)]
        await client.post(
            f"/key-results/{key_result.id}/check-ins", json={"done_milestone_ids": done}
        )

        [node] = (await client.get("/goals/tree")).json()["nodes"]

        [shown] = node["key_results"]
        assert (shown["kind"], shown["milestones"]) == ("milestones", {"done": 1, "total": 3})


class TestCheckIn:
    async def test_on_milestones_names_its_own(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1")
        _, others = await a_milestone_key_result(session, goal, x="1")
        mine, other = str(steps["a"].id), str(others["x"].id)
        client, path = as_person(ada), f"/key-results/{key_result.id}/check-ins"
        bodies: list[tuple[Body, str, str]] = [
            ({}, "/done_milestone_ids", "missing"),
            ({"done_milestone_ids": None}, "/done_milestone_ids", "missing"),
            ({"done_milestone_ids": [mine, other]}, "/done_milestone_ids/1", "not_found"),
            ({"done_milestone_ids": [str(uuid7())]}, "/done_milestone_ids/0", "not_found"),
            ({"done_milestone_ids": ["?"]}, "/done_milestone_ids/0", "uuid_parsing"),
            ({"done_milestone_ids": [mine] * 51}, "/done_milestone_ids", "too_long"),
            ({"done_milestone_ids": [mine], "value": "1"}, "/value", "not_of_this_kind"),
        ]

        for body, pointer, code in bodies:
            response = await client.post(path, json=body)
            assert response.status_code == 422, (body, response.text)
            [error] = response.json()["errors"]
            assert (error["pointer"], error["code"]) == (pointer, code), body

    @pytest.mark.parametrize("kind", ["number", "binary", "manual", "maintain"])
    async def test_on_other_kinds_names_none(
        self, as_person: AsPerson, ada: Person, goal: Goal, kind: str
    ) -> None:
        client = as_person(ada)
        told = {"number": {"target": "60"}, "maintain": {"lower": "95"}}.get(kind, {})
        shown = await client.post(
            f"/goals/{goal.id}/key-results", json={"title": "One", "kind": kind} | told
        )
        path = f"/key-results/{shown.json()['id']}/check-ins"

        response = await client.post(path, json={"value": "1", "done_milestone_ids": []})

        assert response.status_code == 422
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/done_milestone_ids", "not_of_this_kind")

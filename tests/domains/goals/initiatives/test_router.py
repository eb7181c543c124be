from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.goals.initiatives.service import MOST
from perfapi.domains.goals.models import GoalState
from perfapi.domains.people.models import Person, Status
from tests.clients import Client
from tests.factories.goals import a_goal, a_key_result, a_member, an_initiative
from tests.factories.people import LONG_AGO, a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada Owner")


class TestAddInitiative:
    async def test_belongs_to_the_goal_or_to_one_of_its_key_results_and_never_counts(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal)
        bob = await a_person(session, "Bob")
        client, path = as_person(ada), f"/goals/{goal.id}/initiatives"
        body = {"title": "Call", "owner_id": str(bob.id), "key_result_id": str(key_result.id)}

        plain = await client.post(path, json={"title": " Think "})
        full = await client.post(path, json=body | {"due_on": "2026-12-31"})
        await client.post(f"/initiatives/{plain.json()['id']}/complete")
        listed = (await client.get(path)).json()["items"]
        undone = (await client.get(path, params={"is_done": "false"})).json()["items"]

        assert plain.headers["location"] == f"/v1/initiatives/{plain.json()['id']}"
        assert [(one["title"], one["owner"]["name"]) for one in listed] == [
            ("Think", "Ada Owner"),
            ("Call", "Bob"),
        ]
        assert full.json()["key_result"]["title"] == key_result.title
        assert [one["title"] for one in undone] == ["Call"]
        assert (await client.get(f"/goals/{goal.id}")).json()["progress"] == "0"

    async def test_refuses_what_makes_no_sense(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal, other = await a_goal(session, ada), await a_goal(session, ada)
        foreign = await a_key_result(session, other)
        gone = await a_person(session, "Gone", status=Status.LEFT, left_on=LONG_AGO)
        client, path = as_person(ada), f"/goals/{goal.id}/initiatives"
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"key_result_id": str(foreign.id)}, "/key_result_id"),
            ({"owner_id": str(gone.id)}, "/owner_id"),
            ({"owner_id": str(uuid7())}, "/owner_id"),
            ({"title": "x" * 201}, "/title"),
            ({"title": "a\x00"}, "/title"),
            ({"due_on": "soon"}, "/due_on"),
            ({"done_at": None}, "/done_at"),
        ]

        for change, pointer in wrong:
            answer = await client.post(path, json={"title": "Call"} | change)
            assert answer.status_code == 422, change
            assert answer.json()["errors"][0]["pointer"] == pointer

    async def test_stops_at_the_most(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for _ in range(MOST):
            await an_initiative(session, goal, ada)

        answer = await as_person(ada).post(f"/goals/{goal.id}/initiatives", json={"title": "Call"})

        assert (answer.status_code, answer.json()["code"]) == (409, "too_many_initiatives")


# By hand: the owner of the goal, the one who does it, a contributor, anybody.
MAY: dict[str, set[str]] = {
    "owner": {"edit", "complete", "remove"},
    "doer": {"complete"},
    "contributor": {"complete"},
    "anybody": set(),
}


class TestInitiatives:
    async def test_are_changed_by_who_edits_and_done_by_who_works_on_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        people = {"owner": ada} | {
            name: await a_person(session, name) for name in ("doer", "contributor", "anybody")
        }
        goal = await a_goal(session, ada)
        await a_member(session, goal, people["contributor"])
        for name, person in people.items():
            one = await an_initiative(session, goal, people["doer"])
            client, path = as_person(person), f"/initiatives/{one.id}"

            shown = set((await client.get(path)).json()["permissions"])
            done = await client.post(f"{path}/complete")
            edited = await client.patch(path, json={"title": "Better"})
            removed = await client.delete(path)

            assert shown == MAY[name], name
            assert (done.status_code == 200) == ("complete" in MAY[name]), name
            assert (edited.status_code == 200) == ("edit" in MAY[name]), name
            assert (removed.status_code == 204) == ("remove" in MAY[name]), name

    async def test_are_ticked_once_and_resumed(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        one = await an_initiative(session, await a_goal(session, ada), ada)
        client, path = as_person(ada), f"/initiatives/{one.id}"

        answers = [
            await client.post(f"{path}/{act}")
            for act in ("resume", "complete", "complete", "resume")
        ]

        assert [answer.status_code for answer in answers] == [409, 200, 409, 200]
        assert answers[1].json()["permissions"] == ["edit", "resume", "remove"]
        assert answers[3].json()["done_at"] is None

    async def test_rest_when_the_goal_has_ended(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, state=GoalState.CLOSED)
        one = await an_initiative(session, goal, ada)
        client, path = as_person(ada), f"/initiatives/{one.id}"

        answers = [
            await client.post(f"{path}/complete"),
            await client.patch(path, json={"title": "Late"}),
            await client.delete(path),
            await client.post(f"/goals/{goal.id}/initiatives", json={"title": "Late"}),
        ]

        assert {answer.json()["code"] for answer in answers} == {"goal_ended"}
        assert (await client.get(path)).json()["permissions"] == []

    async def test_insist_on_the_version_that_was_read(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        one = await an_initiative(session, await a_goal(session, ada), ada)
        client, path = as_person(ada), f"/initiatives/{one.id}"
        stale = {"If-Match": '"7-0123456789abcdef"'}

        changed = await client.patch(path, json={"title": "Other"}, headers=stale)
        removed = await client.delete(path, headers=stale)
        cleared = await client.patch(path, json={"due_on": None})

        assert [a.status_code for a in (changed, removed, cleared)] == [412, 412, 200]

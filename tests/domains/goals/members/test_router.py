from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.members.service import MOST
from perfapi.domains.goals.models import GoalState, MemberRole, Visibility
from perfapi.domains.people.models import Person, Status
from tests.clients import Client
from tests.factories.goals import a_goal, a_member
from tests.factories.people import LONG_AGO, a_person, an_admin

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada Owner")


def _people(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(member["person"]["name"], member["role"]) for member in document["members"]]


class TestSetGoalMember:
    async def test_adds_changes_and_says_nothing_twice(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        bob, cem = await a_person(session, "Bob"), await a_person(session, "Cem")
        client, path = as_person(ada), f"/goals/{goal.id}"

        for person, body in ((bob, {}), (cem, {"role": "contributor"}), (cem, {"role": "owner"})):
            for _ in range(2):
                added = await client.put(f"{path}/members/{person.id}", json=body)
                assert added.status_code == 204
        shown = (await client.get(path)).json()

        assert _people(shown) == [("Cem", "owner"), ("Bob", "contributor")]
        assert shown["version"] == 1
        topics = list(await session.scalars(select(LoggedEvent.topic)))
        assert topics == ["goals.goal_member_set"] * 3

    async def test_refuses_whom_it_cannot_add(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal, ended = await a_goal(session, ada), await a_goal(session, ada, state=GoalState.CLOSED)
        gone = await a_person(session, "Gone", status=Status.LEFT, left_on=LONG_AGO)
        bob = await a_person(session, "Bob")
        client = as_person(ada)
        admin = as_person(await an_admin(session))

        async def answer(goal_id: object, person_id: object, **body: str) -> tuple[int, str]:
            found = await client.put(f"/goals/{goal_id}/members/{person_id}", json=body)
            return found.status_code, found.json()["code"]

        assert await answer(goal.id, ada.id) == (409, "owner_is_no_member")
        left = await admin.put(f"/goals/{goal.id}/members/{gone.id}", json={})
        assert (left.status_code, left.json()["code"]) == (409, "person_has_left")
        assert await answer(goal.id, gone.id) == (404, "not_found"), "leavers are not for all eyes"
        assert await answer(goal.id, uuid7()) == (404, "not_found")
        assert await answer(uuid7(), bob.id) == (404, "not_found")
        assert await answer(ended.id, bob.id) == (409, "goal_ended")
        assert await answer(goal.id, bob.id, role="champion") == (422, "invalid")
        assert await answer(goal.id, "bob") == (422, "invalid")

    async def test_stops_at_the_most(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for number in range(MOST):
            await a_member(session, goal, await a_person(session, f"Person {number:02}"))
        late = await a_person(session, "Late")
        client = as_person(ada)

        refused = await client.put(f"/goals/{goal.id}/members/{late.id}", json={})

        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_members")
        assert len((await client.get(f"/goals/{goal.id}")).json()["members"]) == MOST


class TestRemoveGoalMember:
    async def test_is_for_who_edits_and_for_oneself(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, visibility=Visibility.PRIVATE)
        bob, cem = await a_person(session, "Bob"), await a_person(session, "Cem")
        for person in (bob, cem):
            await a_member(session, goal, person)
        client, path = as_person(bob), f"/goals/{goal.id}"

        refused = await client.delete(f"{path}/members/{cem.id}")
        left = await client.delete(f"{path}/members/{bob.id}")
        gone = await client.get(path)
        removed = await as_person(ada).delete(f"{path}/members/{cem.id}")
        twice = await as_person(ada).delete(f"{path}/members/{cem.id}")

        assert refused.json()["code"] == "goal_not_yours"
        assert [a.status_code for a in (left, gone, removed, twice)] == [204, 404, 204, 404]

    async def test_works_after_the_goal_has_ended_for_who_leaves(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, state=GoalState.CLOSED)
        bob = await a_person(session, "Bob")
        await a_member(session, goal, bob, MemberRole.OWNER)

        answer = await as_person(ada).delete(f"/goals/{goal.id}/members/{bob.id}")
        left = await as_person(bob).delete(f"/goals/{goal.id}/members/{bob.id}")

        assert (answer.json()["code"], left.status_code) == ("goal_ended", 204)


class TestYourGoals:
    async def test_are_those_you_own_or_have_a_part_in(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        mine = await a_goal(session, bob, "Mine")
        shared, helped = await a_goal(session, ada, "Shared"), await a_goal(session, ada, "Helped")
        await a_goal(session, ada, "Hers")
        await a_member(session, shared, bob, MemberRole.OWNER)
        await a_member(session, helped, bob)
        client = as_person(bob)

        async def titles(**params: Any) -> list[str]:
            found = (await client.get("/goals", params=params)).json()["items"]
            return [goal["title"] for goal in found]

        assert await titles(person_id=str(bob.id)) == ["Helped", "Mine", "Shared"]
        assert await titles(owner_id=str(bob.id)) == ["Mine"]
        assert await titles(person_id=str(uuid7())) == []
        nodes = (await client.get("/goals/tree")).json()["nodes"]
        assert {node["title"] for node in nodes if node["is_yours"]} == {"Helped", "Mine", "Shared"}
        assert mine.title == "Mine"


class TestFormerOwner:
    async def test_stays_as_a_contributor_and_comes_back_as_what_they_were(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        bob = await a_person(session, "Bob")
        await a_member(session, goal, bob, MemberRole.OWNER)
        client = as_person(await an_admin(session))

        given = (await client.patch(f"/goals/{goal.id}", json={"owner_id": str(bob.id)})).json()
        back = (await client.patch(f"/goals/{goal.id}", json={"owner_id": str(ada.id)})).json()

        assert _people(given) == [("Ada Owner", "contributor")]
        assert given["members"][0]["was_owner"]
        assert _people(back) == [("Bob", "contributor")]

    async def test_who_handed_it_on_themself_may_be_let_go(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        """Taking a goal over and giving it back plants nobody on it."""
        goal = await a_goal(session, ada)
        admin = await an_admin(session)
        taker, path = as_person(admin), f"/goals/{goal.id}"
        await taker.patch(path, json={"owner_id": str(admin.id)})
        await taker.patch(path, json={"owner_id": str(ada.id)})

        answer = await as_person(ada).delete(f"{path}/members/{admin.id}")

        assert answer.status_code in {200, 204}, answer.text
        assert _people((await as_person(ada).get(path)).json()) == []

    @pytest.mark.parametrize("why", ["draft", "left"])
    async def test_is_let_go(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, why: str
    ) -> None:
        state = GoalState.DRAFT if why == "draft" else GoalState.ACTIVE
        goal = await a_goal(session, ada, state=state)
        bob = await a_person(session, "Bob", manager=ada)
        client = as_person(ada)
        if why == "left":
            ada.status, ada.left_on = Status.LEFT, LONG_AGO
            await session.flush()
            client = as_person(await an_admin(session))

        given = await client.patch(f"/goals/{goal.id}", json={"owner_id": str(bob.id)})

        assert _people(given.json()) == []

    async def test_is_taken_off_once_they_have_left(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        gone = await a_person(session, "Gone", status=Status.LEFT, left_on=LONG_AGO)
        goal = await a_goal(session, ada)
        await a_member(session, goal, gone, was_owner=True)

        removed = await as_person(ada).delete(f"/goals/{goal.id}/members/{gone.id}")

        assert removed.status_code == 204

    async def test_needs_a_place(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for number in range(MOST):
            await a_member(session, goal, await a_person(session, f"Person {number}"))
        bob = await a_person(session, "Bob")
        client = as_person(await an_admin(session))

        refused = await client.patch(f"/goals/{goal.id}", json={"owner_id": str(bob.id)})

        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_members")

    @pytest.mark.parametrize("state", ["draft", "active"])
    async def test_goes_along_when_the_goal_is_carried_over(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, state: str
    ) -> None:
        goal = await a_goal(session, ada)
        bob, cem = await a_person(session, "Bob"), await a_person(session, "Cem")
        await a_member(session, goal, bob, was_owner=True)
        body = {"state": state, "owner_id": str(cem.id)}

        client = as_person(await an_admin(session))
        carried = (await client.post(f"/goals/{goal.id}/carry-over", json=body)).json()

        kept = {one["person"]["name"]: one["was_owner"] for one in carried["members"]}
        assert kept == {"Ada Owner": True, "Bob": True}

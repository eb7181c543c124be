from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.goals.models import MemberRole
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.reckoning import reckon, recomputed, stored
from tests.factories.goals import (
    a_goal,
    a_key_result,
    a_member,
)
from tests.factories.people import a_person, an_admin

AsPerson = Callable[[Person], Client]

LOOKING_BACK = {
    "went_well": "We talked every week.",
    "went_badly": "We began late.",
    "next_time": "Begin in the first week.",
}


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    boss = await a_person(session, "Bea Boss")
    return await a_person(session, "Ada Owner", manager=boss)


async def _ids(client: Client, path: str, **params: Any) -> set[str]:
    return {one["id"] for one in (await client.get(path, params=params)).json()["items"]}


async def _nodes(client: Client) -> set[str]:
    return {one["id"] for one in (await client.get("/goals/tree")).json()["nodes"]}


async def _is_exact(session: AsyncSession) -> bool:
    is_exact = await stored(session) == await reckon(session)
    return is_exact and (await recomputed(session))["drift"] == 0


class TestAgreement:
    async def test_is_told_step_by_step(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        boss = await a_person(session, "Max Manager")
        owner = await a_person(session, "Olga Owner", manager=boss)
        goal = await a_goal(session, owner)
        key_result = await a_key_result(session, goal)
        mine, theirs, path = as_person(owner), as_person(boss), f"/goals/{goal.id}"

        first = await mine.post(f"{path}/propose", json={"comment": "What about this?"})
        asked = (await theirs.get("/needs")).json()["items"]
        answer = {"comment": "Bolder.", "step_id": first.json()["last_step_id"]}
        await theirs.post(f"{path}/request-changes", json=answer)
        second = await mine.post(f"{path}/propose", json={})
        answer = {"step_id": second.json()["last_step_id"]}
        agreed = (await theirs.post(f"{path}/agree", json=answer)).json()
        await mine.patch(f"{path}", json={"weight": "2", "description": "Other words."})
        kept = (await mine.get(path)).json()
        await theirs.patch(f"/key-results/{key_result.id}", json={"target": "90"})
        changed = (await mine.get(path)).json()
        needs = [one["kind"] for one in (await mine.get("/needs")).json()["items"]]
        calm = (await theirs.get("/needs")).json()["items"]

        assert [(one["kind"], one["id"], one["detail"]) for one in asked] == [
            ("goal_to_agree", str(goal.id), "Olga Owner")
        ]
        assert (agreed["agreement"], agreed["awaits"]) == ("agreed", None)
        assert kept["agreement"] == "agreed"
        assert (changed["agreement"], changed["awaits"]) == ("proposed", "owner")
        assert "goal_to_agree" in needs
        assert calm == []
        steps = (await mine.get(f"{path}/negotiations")).json()["items"]
        assert [(one["step"], one["comment"], one["by"]["name"]) for one in steps] == [
            ("changed", None, "Max Manager"),
            ("agreed", None, "Max Manager"),
            ("proposed", None, "Olga Owner"),
            ("changes_requested", "Bolder.", "Max Manager"),
            ("proposed", "What about this?", "Olga Owner"),
        ]

    @pytest.mark.parametrize(
        ("change", "agreement"),
        [
            ({"title": "Other"}, "proposed"),
            ({"due_on": "2099-01-01"}, "proposed"),
            ({"starts_on": "2020-01-01"}, "proposed"),
            ({"description": "Other"}, "agreed"),
            ({"check_in_every_days": 30}, "agreed"),
            ({"title": "Every customer renews"}, "agreed"),
            ({"ambition": "aspirational"}, "proposed"),
            ({"driver": "goals"}, "proposed"),
            ({"visibility": "private"}, "none"),
        ],
    )
    async def test_holds_as_long_as_what_was_agreed_stays(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        change: dict[str, str],
        agreement: str,
    ) -> None:
        goal = await a_goal(session, ada, agreement="agreed")

        changed = await as_person(ada).patch(f"/goals/{goal.id}", json=change)

        assert changed.json()["agreement"] == agreement

    async def test_ends_with_another_owner(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, agreement="agreed")
        bob = await a_person(session, "Bob")
        await a_member(session, goal, bob, MemberRole.OWNER)
        admin = await an_admin(session)

        changed = await as_person(admin).patch(f"/goals/{goal.id}", json={"owner_id": str(bob.id)})

        members = [one["person"]["name"] for one in changed.json()["members"]]
        assert (changed.json()["agreement"], members) == ("none", ["Ada Owner"])

    @pytest.mark.parametrize(
        "act",
        [
            ("add", None),
            ("change", {"title": "Other"}),
            ("change", {"start": "1"}),
            ("change", {"target": "90"}),
            ("change", {"unit": "customers"}),
            ("change", {"weight": "2"}),
            ("change", {"kind": "binary"}),
            ("remove", None),
            ("move", {"position": 3}),
        ],
    )
    async def test_is_asked_anew_if_key_results_change(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, act: tuple[str, Any]
    ) -> None:
        goal = await a_goal(session, ada, agreement="agreed")
        key_result = await a_key_result(session, goal)
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        name, body = act

        if name == "add":
            await client.post(f"/goals/{goal.id}/key-results", json={"title": "R", "target": 5})
        elif name == "remove":
            await client.delete(path)
        else:
            await client.patch(path, json=body)
        found = (await client.get(f"/goals/{goal.id}")).json()

        expected = ("agreed", None) if name == "move" else ("proposed", "manager")
        assert (found["agreement"], found["awaits"]) == expected

    async def test_is_of_what_was_read(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        boss = await a_person(session, "Max Manager")
        owner = await a_person(session, "Olga Owner", manager=boss)
        goal = await a_goal(session, owner)
        key_result = await a_key_result(session, goal)
        mine, theirs, path = as_person(owner), as_person(boss), f"/goals/{goal.id}"
        read = (await mine.post(f"{path}/propose", json={})).json()["last_step_id"]
        await mine.patch(f"/key-results/{key_result.id}", json={"target": "10"})

        agreed = await theirs.post(f"{path}/agree", json={"step_id": read})
        sent_back = await theirs.post(
            f"{path}/request-changes", json={"comment": "Bolder.", "step_id": read}
        )
        again = (await theirs.get(path)).json()
        answered = await theirs.post(f"{path}/agree", json={"step_id": again["last_step_id"]})

        for refused in (agreed, sent_back):
            assert (refused.status_code, refused.json()["code"]) == (409, "goal_proposal_changed")
        assert (again["agreement"], again["awaits"]) == ("proposed", "manager")
        assert answered.json()["agreement"] == "agreed"

    async def test_is_asked_for_once_however_often_one_side_edits(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        client, path = as_person(ada), f"/goals/{goal.id}"
        await client.post(f"{path}/propose", json={})
        for title in ("One", "Two"):
            await client.patch(path, json={"title": title})

        asked = select(func.count()).where(
            LoggedEvent.topic == "goals.goal_proposed", LoggedEvent.subject_id == goal.id
        )
        steps = (await client.get(f"{path}/negotiations")).json()["items"]
        assert [one["step"] for one in steps] == ["changed", "changed", "proposed"]
        assert await session.scalar(asked) == 1

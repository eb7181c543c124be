from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import (
    Ambition,
    Driver,
    Goal,
    GoalState,
    Visibility,
)
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.reckoning import reckon, recomputed, stored
from tests.factories.goals import (
    a_check_in,
    a_goal,
    a_key_result,
)
from tests.factories.people import a_person

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


class TestClosings:
    async def test_stay_when_the_goal_is_reopened_and_closed_again(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal)
        await a_check_in(session, key_result, "40", by=ada)
        client, path = as_person(ada), f"/goals/{goal.id}"
        first = {"note": "Nearly.", "score": "0.4", "retrospective": LOOKING_BACK}

        closed = (await client.post(f"{path}/close", json=first)).json()
        reopened = (await client.post(f"{path}/reopen")).json()
        again = (await client.post(f"{path}/close", json={"note": "There.", "score": 1})).json()

        assert (closed["state"], closed["retrospective"]) == ("closed", LOOKING_BACK)
        assert (reopened["state"], reopened["ended_at"]) == ("active", None)
        kept = ("closing_note", "retrospective", "final_score", "progress", "key_results")
        assert {name: reopened[name] for name in kept if name != "key_results"} == {
            name: closed[name] for name in kept if name != "key_results"
        }
        assert reopened["key_results"][0]["current"] == "40"
        assert (again["closing_note"], again["final_score"]) == ("There.", "1")
        assert set(again["retrospective"].values()) == {None}
        history = (await client.get(f"{path}/closings")).json()["items"]
        assert [(one["note"], one["score"], one["closed_by"]["name"]) for one in history] == [
            ("There.", "1", "Ada Owner"),
            ("Nearly.", "0.4", "Ada Owner"),
        ]
        assert history[1]["retrospective"] == LOOKING_BACK
        check_ins = (await client.get(f"{path}/check-ins")).json()["items"]
        assert [one["value"] for one in check_ins] == ["40"]

    async def test_of_a_cancelled_draft_let_it_begin_when_it_is_reopened(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        draft = await a_goal(session, ada, state=GoalState.DRAFT)
        client, path = as_person(ada), f"/goals/{draft.id}"
        await client.post(f"{path}/cancel", json={"note": "Not now."})

        reopened = (await client.post(f"{path}/reopen")).json()

        assert (reopened["state"], reopened["closing_note"]) == ("active", "Not now.")
        assert reopened["activated_at"] is not None

    @pytest.mark.parametrize(
        ("ambition", "score", "is_success"),
        [
            (Ambition.ASPIRATIONAL, "0.7", True),
            (Ambition.ASPIRATIONAL, "0.6999", False),
            (Ambition.COMMITTED, "0.9999", False),
            (Ambition.COMMITTED, "1", True),
            (Ambition.COMMITTED, None, None),
        ],
    )
    async def test_are_a_success_as_the_ambition_says(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        ambition: Ambition,
        score: str | None,
        is_success: bool | None,
    ) -> None:
        goal = await a_goal(session, ada, ambition=ambition)
        client, path = as_person(ada), f"/goals/{goal.id}"

        before = (await client.get(path)).json()["is_success"]
        closed = await client.post(f"{path}/close", json={"note": "Done.", "score": score})

        assert (before, closed.json()["is_success"]) == (None, is_success)

    @pytest.mark.parametrize(
        "change",
        [
            {"went_well": "x" * 10_001},
            {"next_time": "a\x00b"},
            {"went_badly": 1},
            {"else": "what"},
        ],
    )
    async def test_refuse_what_cannot_be_kept(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, change: dict[str, Any]
    ) -> None:
        goal = await a_goal(session, ada)
        body = {"note": "Done.", "retrospective": change}

        answer = await as_person(ada).post(f"/goals/{goal.id}/close", json=body)

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"].startswith("/retrospective/")


class TestArchive:
    async def test_takes_what_has_ended_below_along_and_leaves_the_rest(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob Below", manager=ada)
        top = await a_goal(session, ada, "Top", state=GoalState.CLOSED)
        closed = await a_goal(session, bob, "Closed", under=top, state=GoalState.CLOSED)
        running = await a_goal(session, bob, "Running", under=top)
        deep = await a_goal(session, bob, "Deep", under=running, state=GoalState.CANCELLED)
        early = await a_goal(session, bob, "Early", under=top, state=GoalState.ARCHIVED)
        hidden = await a_goal(
            session, bob, "H", under=top, state=GoalState.CLOSED, visibility=Visibility.PRIVATE
        )
        foreign = await a_goal(
            session, await a_person(session), "F", under=top, state=GoalState.CLOSED
        )
        client, path = as_person(ada), f"/goals/{top.id}"

        told = (await client.get(path)).json()["goes_along_count"]
        archived = (await client.post(f"{path}/archive")).json()
        gone = await _ids(client, "/goals", state="archived")
        left = await _ids(client, "/goals")
        nodes = await _nodes(client)
        restored = (await client.post(f"{path}/restore")).json()

        assert told == archived["goes_along_count"] == restored["goes_along_count"] == 2
        assert (archived["state"], restored["state"]) == ("archived", "closed")
        assert (restored["archived_at"], archived["archived_at"] is None) == (None, False)
        assert gone == {str(goal.id) for goal in (top, closed, deep, early)}
        assert left == {str(goal.id) for goal in (running, foreign)}
        assert nodes == left
        assert await _ids(client, "/goals", state="archived") == {str(early.id)}
        states = {
            goal.title: (await as_person(bob).get(f"/goals/{goal.id}")).json()["state"]
            for goal in (closed, deep, hidden)
        }
        assert states == {"Closed": "closed", "Deep": "cancelled", "H": "closed"}
        assert early.id not in {top.id}

    async def test_leaves_the_denominator_of_the_goal_above_and_comes_back(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        top = await a_goal(session, ada, driver=Driver.GOALS)
        done = await a_goal(session, ada, "Done", under=top, state=GoalState.CLOSED)
        half = await a_goal(session, ada, "Half", under=top, weight=Decimal(3))
        await a_check_in(session, await a_key_result(session, done), "100", by=ada)
        await a_check_in(session, await a_key_result(session, half), "20", by=ada)
        client = as_person(ada)

        async def progress() -> str:
            document = (await client.get(f"/goals/{top.id}")).json()
            found: str = document["progress"]
            return found

        assert await progress() == "0.4"
        await client.post(f"/goals/{done.id}/archive")
        assert await progress() == "0.2"
        assert await _is_exact(session)
        children = (await client.get(f"/goals/{top.id}")).json()
        assert [child["title"] for child in children["children"]] == ["Half"]
        await client.post(f"/goals/{done.id}/restore")
        assert await progress() == "0.4"
        await client.post(f"/goals/{done.id}/reopen")
        assert await progress() == "0.4"
        await client.post(f"/goals/{half.id}/cancel", json={})
        assert await progress() == "1"
        await client.post(f"/goals/{half.id}/archive")
        await client.post(f"/goals/{half.id}/restore")
        await client.post(f"/goals/{half.id}/reopen")
        assert await progress() == "0.4"
        assert await _is_exact(session)


class TestKeyResultAbove:
    async def test_implies_its_goal_and_counts_there_as_any_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        top = await a_goal(session, ada, driver=Driver.BOTH)
        one, other = await a_key_result(session, top), await a_key_result(session, top, "Other")
        elsewhere = await a_goal(session, ada, "Elsewhere")
        client = as_person(ada)
        body = {"title": "Below", "level": "person", "parent_key_result_id": str(one.id)}

        below = (await client.post("/goals", json=body)).json()
        path = f"/goals/{below['id']}"
        moved = (await client.patch(path, json={"parent_key_result_id": str(other.id)})).json()
        listed = await _ids(client, "/goals", parent_key_result_id=str(other.id))
        above = (await client.get(f"/goals/{top.id}")).json()
        wrong = await client.patch(
            path,
            json={"parent_id": str(elsewhere.id), "parent_key_result_id": str(one.id)},
        )
        left = (await client.patch(path, json={"parent_id": str(elsewhere.id)})).json()

        assert below["parent"]["id"] == str(top.id)
        assert below["parent_key_result"] == {
            "id": str(one.id),
            "title": one.title,
            "kind": "number",
            "unit": None,
        }
        assert moved["parent_key_result"]["title"] == "Other"
        assert listed == {below["id"]}
        assert above["children"][0]["parent_key_result_id"] == str(other.id)
        assert wrong.json()["errors"][0]["code"] == "not_of_parent"
        assert (left["parent"]["id"], left["parent_key_result"]) == (str(elsewhere.id), None)
        assert await _is_exact(session)

    async def test_is_kept_when_it_is_removed(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        top = await a_goal(session, ada)
        key_result = await a_key_result(session, top)
        await a_goal(session, ada, under=top, parent_key_result_id=key_result.id)
        client = as_person(ada)

        removed = await client.delete(f"/key-results/{key_result.id}")
        found = (await client.get(f"/key-results/{key_result.id}")).json()
        body = {"title": "Late", "level": "person", "parent_key_result_id": str(key_result.id)}
        refused = await client.post("/goals", json=body)

        assert removed.status_code == 204
        assert found["archived_at"] is not None
        assert refused.json()["errors"][0]["pointer"] == "/parent_key_result_id"

    async def test_of_a_hidden_goal_is_unknown(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        hidden = await a_goal(session, ada, visibility=Visibility.PRIVATE)
        key_result = await a_key_result(session, hidden)
        below: Goal = await a_goal(session, ada, under=hidden, parent_key_result_id=key_result.id)
        bob = as_person(await a_person(session, "Bob"))
        body = {"title": "Below", "level": "person", "parent_key_result_id": str(key_result.id)}

        refused = await bob.post("/goals", json=body)
        shown = (await bob.get(f"/goals/{below.id}")).json()

        assert refused.json()["errors"][0]["code"] == "not_found"
        assert (shown["parent_key_result"], shown["has_hidden_parent"]) == (None, True)
        assert await _ids(bob, "/goals", parent_key_result_id=str(key_result.id)) == set()

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import (
    Ambition,
    GoalState,
    KeyResultKind,
    MemberRole,
    Visibility,
)
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.reckoning import reckon, recomputed, stored
from tests.factories.goals import (
    a_band,
    a_check_in,
    a_cycle,
    a_goal,
    a_key_result,
    a_member,
    a_milestone_key_result,
    an_initiative,
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


class TestCarryOver:
    async def test_goes_on_from_where_it_stands(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        now = await a_cycle(session)
        later = await a_cycle(session, "Next", began=-46)
        mate, helper = await a_person(session, "Mia"), await a_person(session, "Hal")
        top = await a_goal(session, ada, "Top", cycle_id=now.id)
        old = await a_goal(
            session,
            ada,
            under=top,
            cycle_id=now.id,
            visibility=Visibility.PRIVATE,
            ambition=Ambition.ASPIRATIONAL,
            weight=Decimal(2),
        )
        await a_member(session, old, mate, MemberRole.OWNER)
        await a_member(session, old, helper)
        half = await a_key_result(session, old, "Half", start="10", target="50", weight=Decimal(3))
        done = await a_key_result(session, old, "Done", target="5", position=1)
        await a_key_result(session, old, "New", start="9", target="2", position=2)
        await a_check_in(session, half, "30", by=ada)
        await a_check_in(session, done, "6", by=ada)
        await an_initiative(session, old, helper, "Open", key_result_id=half.id)
        await an_initiative(session, old, helper, "Of what is done", key_result_id=done.id)
        await an_initiative(session, old, helper, "Ticked", done_at=ada.created_at)
        body = {
            "cycle_id": str(later.id),
            "close": {"note": "On it goes.", "score": "0.5", "retrospective": LOOKING_BACK},
        }

        # A co-owner carries it over, a private one too.
        answer = await as_person(mate).post(f"/goals/{old.id}/carry-over", json=body)

        new = answer.json()
        assert answer.status_code == 201, answer.text
        assert answer.headers["location"] == f"/v1/goals/{new['id']}"
        assert new["carried_from"] == {"id": str(old.id), "title": old.title}
        same = ("title", "visibility", "weight", "ambition", "driver", "members", "owner")
        before = (await as_person(ada).get(f"/goals/{old.id}")).json()
        assert {name: new[name] for name in same} == {name: before[name] for name in same}
        assert before["carried_to"]["id"] == new["id"]
        assert (before["state"], before["closing_note"]) == ("closed", "On it goes.")
        assert (new["starts_on"], new["due_on"]) == (str(later.starts_on), str(later.ends_on))
        assert new["parent"]["id"] == str(top.id)
        carried = [
            (one["title"], one["start"], one["current"], one["target"], one["progress"])
            for one in new["key_results"]
        ]
        assert carried == [("Half", "30", "30", "50", "0"), ("New", "9", "9", "2", "0")]
        assert [one["weight"] for one in new["key_results"]] == ["3", "1"]
        assert new["progress"] == "0"
        initiatives = (await as_person(ada).get(f"/goals/{new['id']}/initiatives")).json()["items"]
        assert [
            (one["title"], one["key_result"] and one["key_result"]["title"]) for one in initiatives
        ] == [("Open", "Half"), ("Of what is done", None)]
        assert await _is_exact(session)

    async def test_takes_along_what_is_left_of_every_kind(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        """Open milestones, a band though it is kept, an amount from where it stands; not a yes."""
        later = await a_cycle(session, "Next", began=-46)
        old = await a_goal(session, ada)
        steps, milestones = await a_milestone_key_result(session, old, plan="1", build="3")
        band = await a_band(session, old, lower="95", position=1)
        answer = await a_key_result(
            session, old, "Signed", target="1", kind=KeyResultKind.BINARY, position=2
        )
        money = await a_key_result(
            session, old, "Money", kind=KeyResultKind.CURRENCY, unit="EUR", position=3
        )
        client = as_person(ada)
        plan = {"done_milestone_ids": [str(milestones["plan"].id)]}
        assert (
            await client.post(f"/key-results/{steps.id}/check-ins", json=plan)
        ).status_code == 201
        await a_check_in(session, band, "97", by=ada)
        await a_check_in(session, answer, "1", by=ada)
        await a_check_in(session, money, "40", by=ada)

        response = await client.post(
            f"/goals/{old.id}/carry-over", json={"cycle_id": str(later.id)}
        )

        assert response.status_code == 201, response.text
        carried = {one["kind"]: one for one in response.json()["key_results"]}
        assert carried.keys() == {"milestones", "maintain", "currency"}
        left = [(one["title"], one["done_at"]) for one in carried["milestones"]["milestones"]]
        assert left == [("build", None)]
        assert (carried["milestones"]["progress"], carried["maintain"]["progress"]) == ("0", None)
        assert (carried["currency"]["start"], carried["currency"]["target"]) == ("40", "100")
        assert await _is_exact(session)

    async def test_follows_the_goal_above_into_the_cycle(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        later = await a_cycle(session, "Next", began=-46)
        top = await a_goal(session, ada, "Top")
        below = await a_goal(session, ada, "Below", under=top)
        alone = await a_goal(
            session, ada, "Alone", under=await a_goal(session, ada, state=GoalState.CLOSED)
        )
        client, body = as_person(ada), {"cycle_id": str(later.id)}

        above = (await client.post(f"/goals/{top.id}/carry-over", json=body)).json()
        carried = (await client.post(f"/goals/{below.id}/carry-over", json=body)).json()
        orphan = (await client.post(f"/goals/{alone.id}/carry-over", json=body)).json()

        assert carried["parent"]["id"] == above["id"]
        assert orphan["parent"] is None

    async def test_does_not_follow_to_where_you_cannot_see(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        later = await a_cycle(session, "Next", began=-46)
        olivia = await a_person(session, "Olivia")
        top = await a_goal(session, olivia, "Top")
        old = await a_goal(session, ada, "Old", under=top)
        await a_goal(
            session,
            olivia,
            "Secret",
            carried_from_id=top.id,
            cycle_id=later.id,
            visibility=Visibility.PRIVATE,
        )

        response = await as_person(ada).post(
            f"/goals/{old.id}/carry-over", json={"cycle_id": str(later.id)}
        )

        assert response.status_code == 201, response.text
        assert response.json()["parent"]["id"] == str(top.id)
        assert response.json()["has_hidden_parent"] is False

    async def test_happens_once_and_into_another_open_cycle(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        now = await a_cycle(session)
        shut = await a_cycle(session, "Shut", closed_at=ada.created_at)
        goal = await a_goal(session, ada, cycle_id=now.id, state=GoalState.CLOSED)
        client, path = as_person(ada), f"/goals/{goal.id}/carry-over"
        wrong: list[dict[str, Any]] = [
            {"cycle_id": str(now.id)},
            {"cycle_id": str(shut.id)},
            {"cycle_id": str(goal.id)},
            {"starts_on": "2026-05-02", "due_on": "2026-05-01"},
            {"starts_on": "9999-12-31"},
            {"owner_id": str(goal.id)},
            {"state": "closed"},
        ]

        refused = [(await client.post(path, json=body)).json() for body in wrong]
        closed = (await client.post(path, json={"close": {"note": "Again."}})).json()
        first = await client.post(path, json={})
        second = await client.post(path, json={})

        assert [one["errors"][0]["pointer"] for one in refused] == [
            *("/cycle_id", "/cycle_id", "/cycle_id", "/due_on", "/starts_on", "/owner_id"),
            "/state",
        ]
        assert closed["code"] == "goal_not_active"
        assert (first.status_code, first.json()["cycle"]) == (201, None)
        assert (second.status_code, second.json()["code"]) == (409, "goal_carried_over")

    async def test_to_another_owner_needs_the_right_to_set_their_goals(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        bob, body = await a_person(session, "Bob"), {"owner_id": ""}
        body["owner_id"] = str(bob.id)

        refused = await as_person(ada).post(f"/goals/{goal.id}/carry-over", json=body)
        admin = await an_admin(session)
        done = await as_person(admin).post(f"/goals/{goal.id}/carry-over", json=body)

        assert refused.json()["code"] == "goal_not_yours_to_set"
        assert done.json()["owner"]["id"] == str(bob.id)

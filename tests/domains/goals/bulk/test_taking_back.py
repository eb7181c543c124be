from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.goals.models import Driver
from tests.clients import Client
from tests.domains.goals.reckoning import reckon, stored
from tests.factories.goals import a_goal

from .company import GOAL, AsPerson, Company, accepted, bulk, carried_out, worked


async def set_for_both(
    session: AsyncSession, client: Client, company: Company, **change: Any
) -> str:
    """For Ann and Ben, by their manager: the address of what sets it."""
    goals = [GOAL | change]
    body = bulk("apply", goals, manager_id=company.boss.id)
    _, work = await carried_out(session, client, company.boss, body)
    done = "UPDATE operations SET status = 'succeeded' WHERE id = :id"
    await session.execute(text(done), {"id": work.operation})
    return f"/goals/bulk/{work.operation}/take-back"


async def take_back(
    session: AsyncSession, client: Client, company: Company, path: str
) -> dict[str, Any]:
    operation = await accepted(client, path, None)
    assert operation["kind"] == "take_back_goals"
    result, _ = await worked(session, company.boss, operation, times=1)
    return result


async def by_owner(client: Client) -> dict[str, dict[str, Any]]:
    items = (await client.get("/goals", params={"q": GOAL["title"]})).json()["items"]
    return {goal["owner"]["name"]: goal for goal in items}


async def _rename(client: Client, goal: dict[str, Any], _: Company) -> None:
    await client.patch(f"/goals/{goal['id']}", json={"title": GOAL["title"] + "!"})


async def _check_in(client: Client, goal: dict[str, Any], _: Company) -> None:
    shown = (await client.get(f"/goals/{goal['id']}")).json()
    await client.post(f"/key-results/{shown['key_results'][0]['id']}/check-ins", json={"value": 2})


async def _weigh(client: Client, goal: dict[str, Any], _: Company) -> None:
    shown = (await client.get(f"/goals/{goal['id']}")).json()
    await client.patch(f"/key-results/{shown['key_results'][0]['id']}", json={"weight": "5"})


async def _measure(client: Client, goal: dict[str, Any], _: Company) -> None:
    await client.post(f"/goals/{goal['id']}/key-results", json={"title": "More", "target": 1})


async def _comment(client: Client, goal: dict[str, Any], _: Company) -> None:
    answer = await client.post(f"/goals/{goal['id']}/comments", json={"text": "Why me?"})
    assert answer.status_code == 201, answer.text


async def _plan(client: Client, goal: dict[str, Any], _: Company) -> None:
    answer = await client.post(f"/goals/{goal['id']}/initiatives", json={"title": "Call"})
    assert answer.status_code == 201, answer.text


async def _join(client: Client, goal: dict[str, Any], company: Company) -> None:
    path = f"/goals/{goal['id']}/members/{company.cleo.id}"
    answer = await client.put(path, json={"role": "contributor"})
    assert answer.status_code < 300, answer.text


async def _align(client: Client, goal: dict[str, Any], _: Company) -> None:
    body = {"title": "Below", "level": "person", "parent_id": goal["id"]}
    answer = await client.post("/goals", json=body)
    assert answer.status_code == 201, answer.text


Touch = Callable[[Client, dict[str, Any], Company], Awaitable[None]]
TOUCHES: list[Touch] = [_rename, _check_in, _weigh, _measure, _comment, _plan, _join, _align]


class TestTakeBackGoals:
    async def test_cancels_active_goals_and_moves_those_above(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        parent = await a_goal(session, company.boss, driver=Driver.GOALS)
        path = await set_for_both(session, client, company, parent_id=str(parent.id))

        result = await take_back(session, client, company, path)
        again = await take_back(session, client, company, path)

        assert (result, again) == ({"goals": 2, "kept": 0}, {"goals": 0, "kept": 0})
        goals = await by_owner(client)
        assert {name: goal["state"] for name, goal in goals.items()} == {
            "Ann": "cancelled",
            "Ben": "cancelled",
        }
        assert await stored(session) == await reckon(session)
        shown = (await client.get(f"/goals/{parent.id}")).json()
        assert shown["progress"] is None
        topics = list(await session.scalars(select(LoggedEvent.topic)))
        assert topics.count("goals.goal_cancelled") == 2
        assert topics.count("goals.goals_taken_back") == 1
        [closing] = (await client.get(f"/goals/{goals['Ann']['id']}/closings")).json()["items"]
        assert closing["closed_by"]["name"] == "Boss"

    async def test_deletes_drafts(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        path = await set_for_both(session, client, company, state="draft")

        assert await take_back(session, client, company, path) == {"goals": 2, "kept": 0}

        assert await by_owner(client) == {}

    @pytest.mark.parametrize("touch", TOUCHES)
    async def test_leaves_what_somebody_touched(
        self, session: AsyncSession, as_person: AsPerson, company: Company, touch: Touch
    ) -> None:
        client = as_person(company.boss)
        path = await set_for_both(session, client, company)
        await touch(as_person(company.ann), (await by_owner(client))["Ann"], company)

        assert await take_back(session, client, company, path) == {"goals": 1, "kept": 1}

        goals = await by_owner(client)
        assert (goals["Ann"]["state"], goals["Ben"]["state"]) == ("active", "cancelled")

    async def test_leaves_what_belongs_to_somebody_else_by_now(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        path = await set_for_both(session, client, company, key_results=[])
        handed = "UPDATE goals SET owner_id = :to WHERE owner_id = :ben"
        await session.execute(text(handed), {"to": company.boss.id, "ben": company.ben.id})

        assert await take_back(session, client, company, path) == {"goals": 1, "kept": 1}

    async def test_leaves_what_one_may_not_cancel_any_more(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        path = await set_for_both(session, client, company)
        # Ann has another manager by now.
        gone = "DELETE FROM chains WHERE report_id = :ann AND manager_id = :boss"
        await session.execute(text(gone), {"ann": company.ann.id, "boss": company.boss.id})

        assert await take_back(session, client, company, path) == {"goals": 1, "kept": 1}

    async def test_is_for_whoever_set_them(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        path = await set_for_both(session, as_person(company.boss), company)

        answer = await as_person(company.admin).post(path)

        assert answer.status_code == 404

    async def test_is_refused_for_what_set_nothing(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        body = bulk("dry_run", manager_id=company.boss.id)
        _, work = await carried_out(session, client, company.boss, body)
        running = await accepted(client, "/goals/bulk", body | {"mode": "apply"})
        done = "UPDATE operations SET status = 'succeeded' WHERE id = :id"
        await session.execute(text(done), {"id": work.operation})

        for run in (work.operation, running["id"]):
            answer = await client.post(f"/goals/bulk/{run}/take-back")
            assert answer.status_code == 409
            assert answer.json()["code"] == "nothing_to_take_back"

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.errors import Problem
from perfapi.domains.goals.bulk import service
from tests.domains.goals.reckoning import reckon, stored
from tests.factories.goals import a_goal, a_key_result

from .company import GOAL, AsPerson, Company, bulk, carried_out

STEP = {"title": "Pilot", "weight": "2", "due_after_days": 30}
TOLD: list[dict[str, Any]] = [
    {"title": "Cost", "kind": "currency", "unit": "EUR", "start": "210", "target": "150"},
    {"title": "Certificate", "kind": "binary"},
    {"title": "Uptime", "kind": "maintain", "unit": "%", "lower": "99.9", "tolerance": "0.5"},
    {"title": "Plan", "kind": "manual", "weight": "3"},
    {
        "title": "Launch",
        "kind": "milestones",
        "milestones": [STEP, {"title": "Open", "due_on": "2026-06-30"}, {"title": "Done"}],
    },
]


class TestKeyResults:
    async def test_of_every_kind_are_those_that_a_single_goal_gets(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        goal = GOAL | {"starts_on": "2026-01-01", "due_on": "2026-12-31", "key_results": TOLD}
        steps = [dict(step) for step in TOLD[4]["milestones"]]
        del steps[0]["due_after_days"]
        steps[0]["due_on"] = "2026-01-31"
        single = goal | {
            "level": "person",
            "owner_id": str(company.ann.id),
            "key_results": [*TOLD[:4], TOLD[4] | {"milestones": steps}],
        }
        alone = (await client.post("/goals", json=single)).json()
        await client.delete(f"/goals/{alone['id']}")

        body = bulk("apply", [goal], manager_id=company.boss.id)
        await carried_out(session, client, company.boss, body)

        found = (await client.get("/goals", params={"owner_id": str(company.ann.id)})).json()
        [set_in_bulk] = [one for one in found["items"] if one["id"] != alone["id"]]
        shown = (await client.get(f"/goals/{set_in_bulk['id']}")).json()
        for key_result in (*shown["key_results"], *alone["key_results"]):
            for thing in (key_result, *key_result["milestones"]):
                for name in ("id", "goal_id", "created_at", "updated_at"):
                    thing.pop(name, None)
        assert shown["key_results"] == alone["key_results"]
        assert [step["due_on"] for step in shown["key_results"][4]["milestones"]] == [
            "2026-01-31",
            "2026-06-30",
            None,
        ]
        assert await stored(session) == await reckon(session)

    @pytest.mark.parametrize(
        ("key_result", "pointer", "code"),
        [
            ({"title": "Cost", "kind": "currency", "target": "1"}, "/unit", "missing"),
            ({"title": "Go", "kind": "binary", "target": "1"}, "/target", "not_of_this_kind"),
            ({"title": "Go", "kind": "milestones"}, "/milestones", "missing"),
            (
                {"title": "Up", "kind": "maintain", "lower": 2, "upper": 1},
                "/upper",
                "band_upside_down",
            ),
            (
                {
                    "title": "Go",
                    "kind": "milestones",
                    "milestones": [STEP, STEP | {"due_on": "2026-06-30"}],
                },
                "/milestones/1/due_after_days",
                "unexpected",
            ),
        ],
    )
    async def test_that_make_no_sense_are_pointed_at(
        self,
        as_person: AsPerson,
        company: Company,
        key_result: dict[str, Any],
        pointer: str,
        code: str,
    ) -> None:
        goals = [GOAL, GOAL | {"key_results": [TOLD[0], key_result]}]

        answer = await as_person(company.boss).post(
            "/goals/bulk", json=bulk(goals=goals, manager_id=company.boss.id)
        )

        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        assert (error["pointer"], error["code"]) == (f"/goals/1/key_results/1{pointer}", code)

    async def test_end_somewhere(self, as_person: AsPerson, company: Company) -> None:
        late = GOAL | {"starts_on": "9999-12-30", "due_on": "9999-12-31", "key_results": [TOLD[4]]}

        answer = await as_person(company.boss).post(
            "/goals/bulk", json=bulk(goals=[late], manager_id=company.boss.id)
        )

        [error] = answer.json()["errors"]
        assert error["pointer"] == "/goals/0/key_results/0/milestones/0/due_after_days"
        assert error["code"] == "date_out_of_range"

    async def test_have_no_more_milestones_than_can_be_set(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        company: Company,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(service, "MOST_MILESTONES", 5)
        goals = [GOAL | {"key_results": [TOLD[4]]}]
        with pytest.raises(Problem, match="milestones at once"):
            await carried_out(
                session,
                as_person(company.boss),
                company.boss,
                bulk("dry_run", goals, manager_id=company.boss.id),
            )


class TestNature:
    async def test_is_what_the_body_says(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        parent = await a_goal(session, company.boss)
        served = await a_key_result(session, parent)
        client = as_person(company.boss)
        said = {
            "ambition": "aspirational",
            "purpose": "development",
            "visibility": "manager_chain",
            "weight": "2",
            "starts_on": "2026-01-01",
            "due_on": "2026-03-31",
        }
        goal = GOAL | said | {"parent_key_result_id": str(served.id)}

        await carried_out(
            session, client, company.boss, bulk("apply", [goal], person_ids=[str(company.ann.id)])
        )

        found = (await client.get("/goals", params={"owner_id": str(company.ann.id)})).json()
        [shown] = found["items"]
        assert {name: shown[name] for name in said} == said
        assert shown["parent"]["id"] == str(parent.id)
        assert shown["parent_key_result"]["id"] == str(served.id)
        assert await stored(session) == await reckon(session)

    async def test_serves_a_key_result_of_the_goal_above(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        parent, other = await a_goal(session, company.boss), await a_goal(session, company.boss)
        served = await a_key_result(session, parent)
        for given, code in (
            ({"parent_key_result_id": str(uuid4())}, "not_found"),
            (
                {"parent_key_result_id": str(served.id), "parent_id": str(other.id)},
                "not_of_parent",
            ),
        ):
            answer = await as_person(company.boss).post(
                "/goals/bulk", json=bulk(goals=[GOAL | given], manager_id=company.boss.id)
            )
            [error] = answer.json()["errors"]
            assert (error["pointer"], error["code"]) == ("/goals/0/parent_key_result_id", code)

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.errors import Problem
from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.bulk import service
from perfapi.domains.goals.bulk.schemas import GoalBulk
from perfapi.domains.goals.models import Driver, GoalState, Visibility
from tests.domains.goals.reckoning import WorkInHand, reckon, stored
from tests.factories.goals import a_check_in, a_cycle, a_goal, a_key_result
from tests.factories.people import a_leaver, enter_as

from .company import GOAL, RESULT, AsPerson, Company, bulk, carried_out, owners


class TestDryRun:
    async def test_tells_for_whom_and_who_is_left_out_and_sets_nothing(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        body = bulk("dry_run", [GOAL, GOAL], team_id=company.rockets.id)

        result, _ = await carried_out(session, client, company.boss, body)

        assert result == {
            "mode": "dry_run",
            "goals": 2,
            "people": 1,
            "chosen_people": [{"id": str(company.ann.id), "name": "Ann", "goals": 2}],
            "left_out": 1,
            "left_out_people": [
                {"id": str(company.cleo.id), "name": "Cleo", "reason": "not_yours_to_set"}
            ],
        }
        assert await owners(client) == []

    async def test_tells_of_a_leaver_who_was_named(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        gone = await a_leaver(session, "Gil Gone")
        body = bulk("dry_run", person_ids=[str(gone.id), str(company.ann.id)])

        result, _ = await carried_out(session, as_person(company.admin), company.admin, body)

        assert (result["people"], result["left_out_people"][0]["reason"]) == (1, "has_left")


WHO = {"boss", "ann", "ben", "cleo", "admin", "hr", "scoped_hr"}
MAY_SET_FOR: dict[str, set[str]] = {
    "boss": {"boss", "ann", "ben"},
    "ann": {"ann"},
    "admin": WHO,
    "hr": WHO,
    "scoped_hr": {"scoped_hr", "ann", "cleo"},
}


class TestPeople:
    @pytest.mark.parametrize("by", MAY_SET_FOR)
    async def test_are_those_for_whom_one_may_set_a_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company, by: str
    ) -> None:
        people: dict[UUID, str] = {getattr(company, name).id: name for name in WHO}
        actor = getattr(company, by)
        body = bulk("dry_run", person_ids=[str(person_id) for person_id in people])

        result, _ = await carried_out(session, as_person(actor), actor, body)

        left_out = {people[UUID(one["id"])] for one in result["left_out_people"]}
        assert WHO - left_out == MAY_SET_FOR[by]
        assert result["people"] == len(MAY_SET_FOR[by])

    async def test_are_found_by_what_all_parts_of_the_filter_say(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        filters: list[tuple[dict[str, Any], set[str]]] = [
            ({"department_id": company.engineering.id}, {"Ann", "Cleo"}),
            ({"team_id": company.rockets.id}, {"Ann", "Cleo"}),
            ({"manager_id": company.boss.id}, {"Ann", "Ben"}),
            ({"manager_id": company.boss.id, "team_id": company.rockets.id}, {"Ann"}),
            ({"manager_id": company.boss.id, "person_ids": [str(company.cleo.id)]}, set()),
        ]
        for given, names in filters:
            goals = [GOAL | {"title": f"Goal {given}"[:200]}]
            client = as_person(company.admin)
            await carried_out(session, client, company.admin, bulk("apply", goals, **given))
            found = {name for name, title in await owners(client) if title == goals[0]["title"]}
            assert found == names, given


class TestApply:
    async def test_sets_what_setting_one_by_one_sets(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        cycle = await a_cycle(session)
        parent = await a_goal(session, company.boss, driver=Driver.GOALS)
        client = as_person(company.boss)
        one = GOAL | {
            "cycle_id": str(cycle.id),
            "parent_id": str(parent.id),
            "visibility": "team",
            "weight": "3",
        }
        single = one | {"level": "person", "owner_id": str(company.ann.id)}
        alone = (await client.post("/goals", json=single)).json()
        await client.delete(f"/goals/{alone['id']}")

        await carried_out(
            session, client, company.boss, bulk("apply", [one], manager_id=company.boss.id)
        )

        items = (
            await client.get("/goals", params={"q": "Talk", "owner_id": str(company.ann.id)})
        ).json()
        shown = [(await client.get(f"/goals/{goal['id']}")).json() for goal in items["items"]]
        set_alone, set_in_bulk = sorted(shown, key=lambda goal: goal["id"] != alone["id"])
        for goal in (set_alone, set_in_bulk):
            for thing in (goal, *goal["key_results"]):
                for name in ("id", "goal_id", "created_at", "updated_at", "activated_at"):
                    thing.pop(name, None)
        assert set_in_bulk == set_alone
        assert UUID(items["items"][0]["id"]).version == 7

    async def test_moves_the_goals_above_as_the_full_reckoning_says(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        parent = await a_goal(session, company.boss, driver=Driver.GOALS)
        reached = await a_goal(session, company.boss, under=parent)
        await a_check_in(session, await a_key_result(session, reached), "100", by=company.boss)
        goals = [GOAL | {"parent_id": str(parent.id)}] * 2
        body = bulk("apply", goals, manager_id=company.boss.id)

        _, work = await carried_out(session, as_person(company.boss), company.boss, body)

        assert work.told == [(2, 4), (4, 4)]
        assert await stored(session) == await reckon(session)
        shown = (await as_person(company.boss).get(f"/goals/{parent.id}")).json()
        assert (shown["progress"], shown["child_count"]) == ("0.2", 5)

    async def test_is_done_once_however_often_it_is_started(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.boss)
        body = bulk("apply", [GOAL, GOAL], manager_id=company.boss.id)

        again, _ = await carried_out(session, client, company.boss, body, times=2)

        assert again["goals"] == 4
        assert len(await owners(client)) == 4
        topics = list(await session.scalars(select(LoggedEvent.topic)))
        assert topics.count("goals.goal_set") == topics.count("goals.key_result_added") == 4
        assert topics.count("goals.goals_set_in_bulk") == 1

    async def test_asked_for_twice_is_meant_twice(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.ann)
        for _ in range(2):
            await carried_out(session, client, company.ann, bulk(person_ids=[str(company.ann.id)]))
        assert len(await owners(client)) == 2

    async def test_for_nobody_sets_nothing(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        body = bulk(person_ids=[str(company.ben.id)])

        result, _ = await carried_out(session, as_person(company.ann), company.ann, body)

        assert (result["goals"], result["left_out"]) == (0, 1)

    async def test_is_refused_if_the_goal_above_has_ended_meanwhile(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        parent = await a_goal(session, company.boss)
        goals = [GOAL | {"parent_id": str(parent.id)}]
        body = bulk("apply", goals, manager_id=company.boss.id)
        answer = await as_person(company.boss).post("/goals/bulk", json=body)
        parent = await session.merge(parent)
        parent.state = GoalState.CLOSED
        await enter_as(session, company.boss)

        with pytest.raises(Problem):
            await service.set_goals(
                session,
                UUID(answer.json()["id"]),
                GoalBulk.model_validate_json(json.dumps(body)),
                by=company.boss.id,
                tell=WorkInHand(session).progress,
            )

    @pytest.mark.parametrize("bound", ["MOST_GOALS", "MOST_KEY_RESULTS"])
    async def test_is_bounded(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        company: Company,
        monkeypatch: pytest.MonkeyPatch,
        bound: str,
    ) -> None:
        monkeypatch.setattr(service, bound, 1)
        for mode in ("dry_run", "apply"):
            body = bulk(mode, manager_id=company.boss.id)
            with pytest.raises(Problem, match="at once"):
                await carried_out(session, as_person(company.boss), company.boss, body)


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "pointer", "code"),
        [
            ({"mode": "now"}, "/mode", "literal_error"),
            ({"goals": []}, "/goals", "too_short"),
            ({"goals": [GOAL] * 26}, "/goals", "too_long"),
            ({"people": {}}, "/people", "missing"),
            ({"people": {"team_id": None}}, "/people", "missing"),
            ({"people": {"person_ids": []}}, "/people/person_ids", "too_short"),
            ({"people": {"team_id": str(uuid4())}}, "/people/team_id", "not_found"),
            ({"people": {"department_id": str(uuid4())}}, "/people/department_id", "not_found"),
            ({"people": {"manager_id": str(uuid4())}}, "/people/manager_id", "not_found"),
            ({"people": {"except_person_ids": [str(uuid4())]}}, "/people", "missing"),
            (
                {"people": {"also_person_ids": [str(uuid4())]}},
                "/people/also_person_ids/0",
                "not_found",
            ),
            ({"people": {"person_ids": [str(uuid4())]}}, "/people/person_ids/0", "not_found"),
            ({"goals": [GOAL | {"visibility": "private"}]}, "/goals/0/visibility", "literal_error"),
            (
                {"goals": [GOAL | {"owner_id": str(uuid7())}]},
                "/goals/0/owner_id",
                "extra_forbidden",
            ),
            (
                {"goals": [GOAL, GOAL | {"cycle_id": str(uuid4())}]},
                "/goals/1/cycle_id",
                "not_found",
            ),
            ({"goals": [GOAL | {"parent_id": str(uuid4())}]}, "/goals/0/parent_id", "not_found"),
            (
                {"goals": [GOAL | {"due_on": "2001-01-01"}]},
                "/goals/0/due_on",
                "due_before_it_starts",
            ),
            (
                {"goals": [GOAL | {"key_results": [RESULT | {"start": "6"}]}]},
                "/goals/0/key_results/0/target",
                "target_is_start",
            ),
            (
                {"goals": [GOAL | {"starts_on": "9999-12-31"}]},
                "/goals/0/starts_on",
                "date_out_of_range",
            ),
        ],
    )
    async def test_point_to_what_makes_no_sense(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        company: Company,
        change: dict[str, Any],
        pointer: str,
        code: str,
    ) -> None:
        body = bulk(manager_id=company.boss.id) | change

        response = await as_person(company.boss).post("/goals/bulk", json=body)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)

    async def test_of_a_parent_that_is_hidden_are_those_of_one_that_is_not_there(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        hidden = await a_goal(session, company.cleo, visibility=Visibility.PRIVATE)
        ended = await a_goal(session, company.cleo, state=GoalState.CLOSED)
        for goal, code in ((hidden, "not_found"), (ended, "goal_ended")):
            body = bulk("apply", [GOAL | {"parent_id": str(goal.id)}], manager_id=company.boss.id)
            response = await as_person(company.boss).post("/goals/bulk", json=body)
            assert response.json()["errors"][0]["code"] == code

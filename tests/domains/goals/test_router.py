from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.core.operations import Operation
from perfapi.domains.goals.models import Driver, GoalState, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_cycle, a_goal, a_key_result, noon, today_of
from tests.factories.people import a_department, a_person, a_team, an_admin

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada", job_title="Engineer")


async def _topics(session: AsyncSession) -> list[str]:
    found = select(LoggedEvent.topic).where(LoggedEvent.topic.startswith("goals."))
    return list(await session.scalars(found.order_by(LoggedEvent.id)))


def _instant(session: AsyncSession, hour: int) -> datetime:
    return noon(today_of(session) - timedelta(days=30)) + timedelta(hours=hour)


class TestListGoals:
    async def test_filters_by_every_relation(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        cycle = await a_cycle(session)
        department, team = await a_department(session), await a_team(session)
        company = await a_goal(session, bob, "Company", level="company", driver=Driver.GOALS)
        await a_goal(session, bob, "Unit", level="department", department_id=department.id)
        await a_goal(session, bob, "Squad", level="team", team_id=team.id, cycle_id=cycle.id)
        mine = await a_goal(session, ada, "Mine at 50 %", under=company)
        await a_check_in(session, await a_key_result(session, mine), "60", by=ada)
        await a_goal(session, ada, "Later", state=GoalState.DRAFT)
        client = as_person(ada)
        expected = {
            f"cycle_id={cycle.id}": ["Squad"],
            "level=company": ["Company"],
            f"owner_id={ada.id}": ["Later", "Mine at 50 %"],
            f"department_id={department.id}": ["Unit"],
            f"team_id={team.id}": ["Squad"],
            f"parent_id={company.id}": ["Mine at 50 %"],
            "state=draft": ["Later"],
            "status=on_track": ["Company", "Mine at 50 %"],
            "q=MINE": ["Mine at 50 %"],
            "q=50 %": ["Mine at 50 %"],
            "q=_": [],
            f"state=active&owner_id={ada.id}": ["Mine at 50 %"],
        }

        for query, titles in expected.items():
            response = await client.get(f"/goals?{query}".replace(" %", "%20%25"))
            assert [goal["title"] for goal in response.json()["items"]] == titles, query

    @pytest.mark.parametrize(
        ("sort", "titles"),
        [
            ("title", ["A", "B", "C"]),
            ("-updated_at", ["B", "C", "A"]),
            ("due_on", ["C", "A", "B"]),
        ],
    )
    async def test_comes_in_the_order_asked_for_page_by_page(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        sort: str,
        titles: list[str],
    ) -> None:
        # All in one transaction, so that they would be updated at the same moment.
        instants = {"A": 1, "B": 3, "C": 2}
        days = {"A": 20, "B": 30, "C": 10}
        for title in ("C", "A", "B"):
            await a_goal(
                session,
                ada,
                title,
                lasts=days[title],
                updated_at=_instant(session, instants[title]),
            )
        client, cursor, found = as_person(ada), None, []

        for _ in range(3):
            query = {"sort": sort, "limit": 1} | ({"cursor": cursor} if cursor else {})
            page = (await client.get("/goals", params=query)).json()
            found += [goal["title"] for goal in page["items"]]
            cursor = page["next_cursor"]

        assert (found, cursor) == (titles, None)

    async def test_tells_what_was_edited_since(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        for title, instant in (("Old", 1), ("New", 5)):
            await a_goal(session, ada, title, updated_at=_instant(session, instant))

        query = {"updated_since": _instant(session, 3).isoformat()}
        page = (await as_person(ada).get("/goals", params=query)).json()

        assert [goal["title"] for goal in page["items"]] == ["New"]

    @pytest.mark.parametrize("query", ["sort=owner", "state=open", "colour=red", "limit=0", "q="])
    async def test_refuses_filters_that_do_not_exist(
        self, as_person: AsPerson, ada: Person, query: str
    ) -> None:
        response = await as_person(ada).get(f"/goals?{query}")

        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


class TestGetGoal:
    async def test_is_told_apart_from_none_only_by_who_sees_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        private = await a_goal(session, bob, visibility=Visibility.PRIVATE)

        for goal_id in (private.id, uuid7()):
            response = await as_person(ada).get(f"/goals/{goal_id}")
            assert (response.status_code, response.json()["code"]) == (404, "not_found")

    async def test_is_not_sent_twice(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal)
        client = as_person(ada)
        tag = (await client.get(f"/goals/{goal.id}")).headers["etag"]

        same = await client.get(f"/goals/{goal.id}", headers={"If-None-Match": tag})
        await client.post(f"/key-results/{key_result.id}/check-ins", json={"value": "5"})
        moved = await client.get(f"/goals/{goal.id}", headers={"If-None-Match": tag})

        assert (same.status_code, moved.status_code) == (304, 200)


class TestDeleteGoal:
    async def test_deletes_a_draft_with_its_key_results(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        draft = await a_goal(session, ada, state=GoalState.DRAFT)
        key_result = await a_key_result(session, draft)
        client = as_person(ada)

        deleted = await client.delete(f"/goals/{draft.id}")

        assert deleted.status_code == 204
        for path in (f"/goals/{draft.id}", f"/key-results/{key_result.id}"):
            assert (await client.get(path)).status_code == 404
        assert await _topics(session) == ["goals.goal_deleted"]

    async def test_keeps_what_has_a_history_or_goals_aligned_to_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        checked = await a_goal(session, ada, state=GoalState.DRAFT)
        await a_check_in(session, await a_key_result(session, checked), "1", by=ada)
        above = await a_goal(session, ada, state=GoalState.DRAFT)
        await a_goal(session, ada, under=above)
        client = as_person(ada)

        answers = [await client.delete(f"/goals/{goal.id}") for goal in (checked, above)]

        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
            (409, "goal_has_history"),
            (409, "goal_has_aligned_goals"),
        ]

    async def test_insists_on_the_version_that_was_read(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        draft = await a_goal(session, ada, state=GoalState.DRAFT)
        client, path = as_person(ada), f"/goals/{draft.id}"

        missing = await client.request("DELETE", path)
        stale = await client.delete(path, headers={"If-Match": '"7-0123456789abcdef"'})

        assert (missing.status_code, stale.status_code) == (428, 412)


class TestChangesOfState:
    async def test_are_told_in_order(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        client = as_person(ada)
        sent = {"title": "Grow", "level": "person", "state": "draft"}
        draft = (await client.post("/goals", json=sent)).json()
        path = f"/goals/{draft['id']}"

        active = (await client.post(f"{path}/activate")).json()
        closed = (await client.post(f"{path}/close", json={"note": "Done.", "score": 1})).json()

        assert draft["activated_at"] is None
        assert active["activated_at"] is not None
        assert (active["state"], closed["state"]) == ("active", "closed")
        assert (closed["final_score"], closed["ended_at"] is None) == ("1", False)
        assert await _topics(session) == [
            "goals.goal_set",
            "goals.goal_activated",
            "goals.goal_closed",
        ]

    @pytest.mark.parametrize("score", ["1.1", "-0.1", 2, "0.12345"])
    async def test_a_score_lies_between_0_and_1(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, score: object
    ) -> None:
        goal = await a_goal(session, ada)

        response = await as_person(ada).post(
            f"/goals/{goal.id}/close", json={"note": "Done.", "score": score}
        )

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/score"

    async def test_a_cancelled_goal_says_why_if_somebody_said_so(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        told, untold = await a_goal(session, ada), await a_goal(session, ada)
        client = as_person(ada)

        answers = [
            await client.post(f"/goals/{told.id}/cancel", json={"note": "No longer ours."}),
            await client.post(f"/goals/{untold.id}/cancel", json={}),
        ]

        assert [(a.json()["state"], a.json()["closing_note"]) for a in answers] == [
            ("cancelled", "No longer ours."),
            ("cancelled", None),
        ]


class TestRecomputeGoals:
    async def test_is_an_operation_of_administrators(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        alex = await an_admin(session)

        refused = await as_person(ada).post("/goals/recompute")
        asked = await as_person(alex).post("/goals/recompute")

        assert (refused.status_code, refused.json()["code"]) == (403, "only_administrators")
        assert asked.status_code == 202
        operation = (await session.scalars(select(Operation))).one()
        assert asked.headers["location"] == f"/v1/operations/{operation.id}"
        assert (asked.json()["kind"], asked.json()["status"]) == ("recompute_goals", "queued")

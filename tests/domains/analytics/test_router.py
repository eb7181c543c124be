from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from perfapi.domains.analytics import service
from perfapi.domains.goals.models import Driver, GoalState, Level, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.analytics.setting import Halden, settled
from tests.factories.goals import a_cycle, a_key_result, noon, today_of

AsPerson = Callable[[Person], Client]


async def insights(client: Client, **query: Any) -> dict[str, Any]:
    answer = await client.get("/analytics/goals", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestGetGoalInsights:
    async def test_counts_goals_by_status_with_what_was_expected(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        ben, cleo, dan = halden.people
        for owner, reached in ((ben, "50"), (cleo, "45"), (dan, "30"), (ben, "29"), (cleo, None)):
            await halden.goal(session, owner, reached)
        await settled(session)

        numbers = (await insights(as_person(ben)))["numbers"]

        assert numbers["goals"] == 5
        assert numbers["owners"] == 3
        assert numbers["status"] == {
            **{"n": 5, "on_track": 2, "at_risk": 1, "off_track": 1, "no_number": 1}
        }
        assert numbers["progress"] == {"n": 4, "average": "0.385", "expected": "0.5"}

    async def test_counts_goals_by_state_but_those_that_never_were_active(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        for state in GoalState:
            await halden.goals(session, *halden.people, state=state)
        never = await halden.goal(session, halden.mia, state=GoalState.CANCELLED)
        never.activated_at = None
        await settled(session)

        numbers = (await insights(as_person(halden.people[0])))["numbers"]

        assert numbers["states"] == {
            **{"n": 12, "active": 3, "closed": 3, "cancelled": 3, "archived": 3}
        }

    async def test_counts_who_checked_in_within_the_rhythm_and_who_was_silent_for_two(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        ben, cleo, dan = halden.people
        today = today_of(session)
        for owner, days in ((ben, 7), (cleo, 8), (dan, 14), (ben, 0)):
            goal = await halden.goal(session, owner, "1")
            ago = noon(today - timedelta(days=days))
            await session.execute(
                text("UPDATE goal_progress SET checked_in_at = :ago WHERE goal_id = :goal"),
                {"ago": ago, "goal": goal.id},
            )
        await halden.goal(session, cleo, driver=Driver.GOALS)
        await settled(session)

        numbers = (await insights(as_person(ben)))["numbers"]

        assert numbers["cadence"] == {"n": 4, "count": 2, "share": "0.5"}
        assert numbers["staleness"] == {"n": 4, "count": 1, "share": "0.25"}

    async def test_counts_which_goals_serve_another(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        company = await halden.goal(session, halden.ada, level=Level.COMPANY)
        for owner in halden.people:
            await halden.goal(session, owner, under=company)
        await halden.goal(session, halden.mia)
        await settled(session)

        numbers = (await insights(as_person(halden.mia)))["numbers"]

        assert numbers["alignment"] == {"n": 4, "count": 3, "share": "0.75"}

    async def test_names_the_parts_with_those_below_them(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people)
        await halden.goals(session, *halden.sellers, *halden.sellers)
        await halden.goals(session, *halden.sellers, level=Level.COMPANY)
        await halden.goals(session, *halden.sellers, level=Level.COMPANY)
        await settled(session)

        found = await insights(as_person(halden.sellers[0]))

        parts = [(one["group"]["name"], one["numbers"]["goals"]) for one in found["parts"]]
        assert parts == [("Engineering", 6), ("Sales", 6), (None, 6)]
        assert {one["group"]["kind"] for one in found["parts"]} == {"department"}

    async def test_of_a_department_counts_all_below_it(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people, *halden.sellers)
        await halden.goal(
            session, halden.ada, level=Level.DEPARTMENT, department_id=halden.engineering.id
        )
        await settled(session)

        client = as_person(halden.ada)
        found = await insights(client, group="department", id=str(halden.engineering.id))

        assert found["group"]["name"] == "Engineering"
        assert found["numbers"]["goals"] == 7

    async def test_of_a_team_counts_its_goals_and_those_of_its_members_once(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, halden.people[0], *halden.sellers)
        await halden.goal(session, halden.people[0], level=Level.TEAM, team_id=halden.rockets.id)
        await settled(session)

        found = await insights(as_person(halden.mia), group="team", id=str(halden.rockets.id))

        assert found["numbers"]["goals"] == 5
        assert found["parts"] == []

    async def test_of_a_manager_counts_everybody_below_and_tells_managers_apart(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people, halden.mia)
        await halden.goals(session, *halden.sellers, *halden.sellers, halden.ada)
        await halden.goals(session, halden.hr)
        await settled(session)

        found = await insights(as_person(halden.ada), group="manager")

        assert found["group"] == {"kind": "manager", "id": str(halden.ada.id), "name": "Ada"}
        assert found["numbers"]["goals"] == 14
        parts = [(one["group"]["name"], one["numbers"]["goals"]) for one in found["parts"]]
        assert sorted(parts, key=str) == [("Mia", 7), (None, 7)]

    @pytest.mark.parametrize(("goals", "owners"), [(4, 3), (5, 2)])
    async def test_tells_nothing_of_few_goals_or_few_owners(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden, goals: int, owners: int
    ) -> None:
        for place in range(goals):
            await halden.goal(session, halden.people[place % owners], "10")
        await settled(session)

        found = await insights(as_person(halden.mia))

        assert (found["numbers"], found["parts"]) == (None, [])
        assert found["minimum"] == {"goals": 5, "owners": 3}

    async def test_says_zero_where_there_is_nothing(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        found = await insights(as_person(halden.mia))

        assert found["numbers"]["goals"] == 0
        assert found["numbers"]["cadence"] == {"n": 0, "count": 0, "share": None}

    async def test_is_of_the_cycle_that_is_asked_for(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        former = await a_cycle(session, "Before", began=200)
        await halden.goals(session, *halden.people, *halden.people, cycle_id=former.id)
        await settled(session)
        client = as_person(halden.mia)

        before = await insights(client, cycle_id=str(former.id))
        now = await insights(client)

        assert (before["cycle"]["name"], before["numbers"]["goals"]) == ("Before", 6)
        assert (now["cycle"]["name"], now["numbers"]["goals"]) == ("This quarter", 0)

    async def test_without_a_running_cycle_there_is_nothing_to_count(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        halden.cycle.closed_at = noon(today_of(session))
        await session.flush()

        found = await insights(as_person(halden.mia))

        assert found["cycle"] is None

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"cycle_id": str(uuid4())}, 404),
            ({"group": "department", "id": str(uuid4())}, 404),
            ({"group": "team"}, 422),
            ({"id": str(uuid4())}, 422),
            ({"group": "planet"}, 422),
        ],
    )
    async def test_refuses_what_is_not_there(
        self, as_person: AsPerson, halden: Halden, query: dict[str, str], status: int
    ) -> None:
        answer = await as_person(halden.admin).get("/analytics/goals", params=query)

        assert answer.status_code == status

    async def test_has_no_numbers_of_somebody_who_manages_nobody(
        self, as_person: AsPerson, halden: Halden
    ) -> None:
        answer = await as_person(halden.people[0]).get("/analytics/goals?group=manager")

        assert answer.status_code == 404

    async def test_takes_three_statements_however_many_goals_there_are(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        halden: Halden,
        shared_engine: AsyncEngine,
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people)
        await settled(session)
        client = as_person(halden.mia)
        await insights(client)
        run: list[str] = []

        def note(*args: Any) -> None:
            if "goal_" in args[2] or "organizations" in args[2]:
                run.append(args[2])

        event.listen(shared_engine.sync_engine, "before_cursor_execute", note)
        await insights(client)
        event.remove(shared_engine.sync_engine, "before_cursor_execute", note)

        assert len(run) <= 3


class TestWhoMayAsk:
    async def test_is_as_the_table_says(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        halden.rockets.lead_id = halden.sellers[0].id
        await session.flush()
        groups = {
            "company": {},
            "engineering": {"group": "department", "id": str(halden.engineering.id)},
            "backend": {"group": "department", "id": str(halden.backend.id)},
            "sales": {"group": "department", "id": str(halden.sales.id)},
            "rockets": {"group": "team", "id": str(halden.rockets.id)},
            "ada": {"group": "manager", "id": str(halden.ada.id)},
            "mia": {"group": "manager", "id": str(halden.mia.id)},
        }
        expected = {
            "ben": (halden.people[0], {"company"}),
            "sue": (halden.sellers[0], {"company", "rockets"}),
            "mia": (halden.mia, {"company", "backend", "rockets", "mia"}),
            # Whoever works above a department sees it as well, and nobody who works below it.
            "ada": (halden.ada, {"company", "engineering", "backend", "rockets", "ada", "mia"}),
            "admin": (halden.admin, set(groups)),
            "hr": (halden.hr, set(groups)),
        }
        found = {}
        for name, (person, _) in expected.items():
            answers = {
                group: await as_person(person).get("/analytics/goals", params=query)
                for group, query in groups.items()
            }
            assert {one.status_code for one in answers.values()} <= {200, 403}
            found[name] = {group for group, one in answers.items() if one.status_code == 200}

        assert found == {name: groups for name, (_, groups) in expected.items()}


class TestTrend:
    async def test_shows_one_day_a_week_of_what_everybody_could_see(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people, reached="50")
        await halden.goals(session, *halden.people, visibility=Visibility.DEPARTMENT)
        await settled(session)
        today = today_of(session)
        monday = today - timedelta(days=today.weekday() + 7)
        for day in (monday, monday + timedelta(days=1), monday + timedelta(days=7)):
            await service.take_snapshot(session, day)

        found = await insights(as_person(halden.people[0]))

        days = [(point["day"], point["goals"], point["on_track"]) for point in found["trend"]]
        second, third = (str(monday + timedelta(days=days)) for days in (1, 7))
        assert days == [(second, 6, 6), (third, 6, 6)]
        assert found["trend"][0]["progress"] == "0.5"
        assert found["numbers"]["goals"] == 9


class TestExportGoalInsights:
    async def test_has_a_line_for_the_group_and_for_each_part(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people, reached="50")
        await halden.goals(session, *halden.sellers)
        await settled(session)

        answer = await as_person(halden.mia).get("/analytics/goals/export")

        heading, *lines = [line.split(",") for line in answer.text.splitlines()]
        rows = [dict(zip(heading, line, strict=True)) for line in lines]
        assert [(row["group"], row["is_told"], row["goals"]) for row in rows] == [
            ("", "true", "9"),
            ("Engineering", "false", ""),
            ("Sales", "false", ""),
        ]
        assert (rows[0]["on_track"], rows[0]["progress"]) == ("6", "0.5")
        assert answer.headers["content-type"].startswith("text/csv")


class TestRecomputeAnalytics:
    async def test_is_an_operation_for_administrators(
        self, as_person: AsPerson, halden: Halden
    ) -> None:
        refused = await as_person(halden.hr).post("/analytics/recompute")
        answer = await as_person(halden.admin).post("/analytics/recompute")

        assert refused.status_code == 403
        assert answer.status_code == 202
        assert answer.json()["kind"] == "recompute_analytics"
        assert answer.headers["Location"].startswith("/v1/operations/")


async def test_key_results_that_are_archived_do_not_wait_for_check_ins(
    session: AsyncSession, as_person: AsPerson, halden: Halden
) -> None:
    for owner in (*halden.people, *halden.people):
        goal = await halden.goal(session, owner, driver=Driver.GOALS)
        await a_key_result(session, goal, archived_at=noon(today_of(session)))
    await settled(session)

    numbers = (await insights(as_person(halden.mia)))["numbers"]

    assert numbers["cadence"]["n"] == 0

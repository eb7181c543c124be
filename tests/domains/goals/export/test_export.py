import csv
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import Sessions
from perfapi.core.ids import uuid7
from perfapi.domains.goals.export import queries
from perfapi.domains.goals.export.schemas import ExportRows, GoalExportQuery
from perfapi.domains.goals.models import Goal, GoalProgress, GoalState, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import (
    a_band,
    a_check_in,
    a_cycle,
    a_goal,
    a_key_result,
    a_milestone_key_result,
    acting_as,
    noon,
    today_of,
)
from tests.factories.people import a_department, a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def export(client: Client, **query: Any) -> list[dict[str, str]]:
    response = await client.get("/goals/export", params=query)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(StringIO(response.text)))


async def titles(client: Client, **query: Any) -> list[str]:
    return [row["goal"] for row in await export(client, **query)]


class TestExportGoals:
    async def test_is_the_list_as_csv(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        cycle, department = await a_cycle(session), await a_department(session, "Sales")
        above = await a_goal(session, ada, "Grow", driver="goals", weight=Decimal("2.50"))
        below = await a_goal(
            session,
            ada,
            "Sell",
            under=above,
            cycle_id=cycle.id,
            level="department",
            department_id=department.id,
            description="One\nTwo",
        )
        await a_check_in(session, await a_key_result(session, below), "12.5", by=ada)
        client = as_person(ada)

        response = await client.get("/goals/export")

        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-store"
        assert f"goals-{utcnow():%Y-%m-%d}.csv" in response.headers["Content-Disposition"]
        rows = list(csv.DictReader(StringIO(response.text)))
        listed = (await client.get("/goals")).json()["items"]
        assert [row["goal"] for row in rows] == ["Grow", "Sell"]
        for row, goal in zip(rows, listed, strict=True):
            for name in ("progress", "expected", "weight", "status", "due_on", "description"):
                assert row[name] == (goal[name] or ""), name
            assert row["goal_id"] == goal["id"]
            assert row["is_stale"] == "false"
        assert (rows[0]["weight"], rows[1]["progress"]) == ("2.5", "0.125")
        assert {name: rows[1][name] for name in ("parent", "department", "team", "cycle")} == {
            "parent": "Grow",
            "department": "Sales",
            "team": "",
            "cycle": "This quarter",
        }

    async def test_gives_each_key_result_a_line(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, "B")
        await a_key_result(session, goal, "Second", position=1, start="0", target="-2.50")
        await a_band(session, goal, lower="1.5", title="Gone", archived_at=utcnow())
        await a_milestone_key_result(session, await a_goal(session, ada, "A"), plan="1", build="2")
        first = await a_key_result(session, goal, "First", position=0, unit="calls")
        await a_check_in(session, first, "7", by=ada, confidence=6)
        await a_goal(session, ada, "Unmeasured")

        rows = await export(as_person(ada), rows="key_results")

        assert [(row["goal"], row["key_result"]) for row in rows] == [
            ("A", "Renewal rate"),
            ("B", "First"),
            ("B", "Second"),
        ]
        assert (rows[0]["milestones_done"], rows[0]["milestones_total"]) == ("0", "2")
        assert (rows[1]["unit"], rows[1]["current"], rows[1]["confidence"]) == ("calls", "7", "6")
        assert (rows[2]["target"], rows[2]["lower"], rows[2]["owner"]) == ("-2.5", "", "Ada")

    async def test_holds_what_you_see_and_nothing_else(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        hidden = await a_goal(session, ada, "Hidden", visibility=Visibility.PRIVATE)
        shown = await a_goal(session, ada, "Shown", under=hidden)
        for goal in (hidden, shown):
            await a_key_result(session, goal)
        peer = as_person(await a_person(session, "Peer"))
        assert await titles(as_person(ada)) == ["Hidden", "Shown"]
        (row,) = await export(peer)
        assert (row["goal"], row["parent"], row["parent_id"]) == ("Shown", "", "")
        assert await titles(peer, rows="key_results") == ["Shown"]

    async def test_takes_the_filters_of_the_list_and_of_the_page(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bea = await a_person(session, "Bea")
        cycle, other = await a_cycle(session), await a_cycle(session, "Other")
        await a_goal(session, ada, "In it", cycle_id=cycle.id)
        await a_goal(session, ada, "Elsewhere", cycle_id=other.id, level="company")
        await a_goal(session, bea, "Of none")
        for state in (GoalState.CANCELLED, GoalState.ARCHIVED, GoalState.CLOSED):
            await a_goal(session, ada, state.value, state=state, cycle_id=other.id)
        client = as_person(ada)

        assert await titles(client) == ["Elsewhere", "In it", "Of none", "closed"]
        for filters, expected in (
            ({"cycle_id": str(cycle.id)}, ["In it"]),
            ({"cycle_id": str(uuid7())}, []),
            ({"state": "cancelled"}, ["cancelled"]),
            ({"state": "archived"}, ["archived"]),
            ({"level": "company"}, ["Elsewhere"]),
            ({"owner_id": str(bea.id)}, ["Of none"]),
            ({"person_id": str(bea.id)}, ["Of none"]),
            ({"q": "BEA"}, ["Of none"]),
            ({"q": "in IT"}, ["In it"]),
        ):
            assert await titles(client, **filters) == expected, filters

    async def test_holds_no_formula(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, "=1+1", description="@SUM(A1)")
        await a_key_result(session, goal, '+HYPERLINK("https://evil.example")', start="-5")
        (row,) = await export(as_person(ada))
        assert (row["goal"], row["description"]) == ("'=1+1", "'@SUM(A1)")
        (row,) = await export(as_person(ada), rows="key_results")
        assert row["key_result"] == '\'+HYPERLINK("https://evil.example")'
        assert row["start"] == "-5"

    async def test_begins_with_a_mark_for_excel_if_asked(
        self, as_person: AsPerson, ada: Person
    ) -> None:
        plain = (await as_person(ada).get("/goals/export")).content
        marked = (await as_person(ada).get("/goals/export", params={"bom": True})).content
        assert marked == b"\xef\xbb\xbf" + plain
        assert plain.startswith(b"goal_id,goal,owner_id,owner,")

    @pytest.mark.parametrize("query", [{"limit": 5}, {"cursor": "x"}, {"rows": "people"}, {"x": 1}])
    async def test_wrong_queries_are_422(
        self, as_person: AsPerson, ada: Person, query: dict[str, Any]
    ) -> None:
        assert (await as_person(ada).get("/goals/export", params=query)).status_code == 422


async def some_goals(session: AsyncSession, owner: Person, count: int) -> None:
    """Many, without the roll-up of each."""
    today = today_of(session)
    shared = {
        "organization_id": owner.organization_id,
        "owner_id": owner.id,
        "created_by_id": owner.id,
        "level": "person",
        "version": 1,
        "starts_on": today,
        "due_on": today,
        "activated_at": noon(today),
    }
    goals = [shared | {"id": uuid7(), "title": f"Goal {n % 7}"} for n in range(count)]
    await session.execute(insert(Goal), goals)
    await session.execute(
        insert(GoalProgress),
        [{"organization_id": owner.organization_id, "goal_id": goal["id"]} for goal in goals],
    )
    await session.flush()


@contextmanager
def counting(engine: AsyncEngine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*args: Any) -> None:
        seen.append(args[2])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)


class TestStreaming:
    @pytest.mark.parametrize("rows", ExportRows)
    async def test_thousands_leave_in_small_pieces_of_few_statements(
        self,
        session: AsyncSession,
        sessions: Sessions,
        shared_engine: AsyncEngine,
        ada: Person,
        rows: ExportRows,
    ) -> None:
        await some_goals(session, ada, 3_000)
        actor = await acting_as(session, ada)
        await session.flush()
        held: list[int] = []
        with counting(shared_engine) as statements:
            pieces: AsyncIterator[str] = queries.export_goals(
                sessions, actor, GoalExportQuery(rows=rows)
            )
            found: list[str] = []
            async for piece in pieces:
                held.append(len(piece))
                found += [row["goal_id"] for row in csv.DictReader(StringIO(HEADING + piece))]

        if rows is ExportRows.GOALS:
            assert len(found) - 1 == len(set(found)) - 1 == 3_000
        assert max(held) < 200_000
        reads = [one for one in statements if one.lstrip().startswith("SELECT")]

        assert len(reads) <= 60


HEADING = ",".join(queries.COLUMNS[ExportRows.GOALS]) + "\r\n"

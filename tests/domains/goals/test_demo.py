"""The demo is a company that one can look back at: what is shown of a day is what was true then."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import DateTime, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import Base, create_engine, create_sessions, in_organization
from perfapi.core.demonstration import SLUG, Demo
from perfapi.domains.goals import queries
from perfapi.domains.goals.models import (
    CheckIn,
    Closing,
    Goal,
    GoalCycle,
    GoalState,
    KeyResult,
    Level,
    Purpose,
)
from perfapi.domains.goals.negotiations.queries import NEEDS as TO_AGREE
from perfapi.domains.goals.stories.calendar import DAYS, ELAPSED, Quarter, quarters
from perfapi.domains.goals.tree.queries import read_goal_tree
from perfapi.domains.goals.tree.schemas import TreeFilter
from perfapi.domains.organizations import demo as organization
from perfapi.domains.organizations.queries import find_organization
from perfapi.domains.people.demo import employees
from perfapi.domains.people.models import Person
from tests import servers
from tests.domains.goals.reckoning import reckon, recomputed
from tests.servers import Servers


class Halden(Demo):
    """The company as it was loaded; `ids` knows its people by their names."""

    def as_(self, name: str) -> AbstractAsyncContextManager[AsyncSession]:
        return self.session(self.ids[name])


@pytest.fixture(scope="module")
async def halden(test_servers: Servers) -> AsyncIterator[Halden]:
    """In a database of its own: it is told in transactions that commit."""
    name = servers.fresh_name()
    await test_servers.clone(name)
    engine = create_engine(test_servers.app_url(name))
    sessions = create_sessions(engine)
    await organization.load(sessions, "no-password")
    async with sessions.begin() as session:
        organization_id = await find_organization(session, SLUG)
    assert organization_id is not None
    async with in_organization(sessions, organization_id) as session:
        people = await session.execute(select(Person.name, Person.id))
        ids = {str(row[0]): row[1] for row in people}
        # As the demo was told, which may have begun before midnight.
        began = await session.scalar(select(func.max(GoalCycle.starts_on)))
    assert began is not None
    today: date = began + timedelta(days=ELAPSED)
    assert utcnow().date() - today <= timedelta(days=1)
    yield Halden(sessions, "no-password", organization_id, today, ids=ids)
    await engine.dispose()
    await test_servers.drop(name)


async def tree(session: AsyncSession, **of: Any) -> dict[str, Any]:
    answer = await read_goal_tree(session, TreeFilter(**of))
    found: dict[str, Any] = json.loads(bytes(answer.body))
    return found


def evening(quarter: Quarter, number: int) -> datetime:
    return datetime.combine(quarter.starts_on + timedelta(days=number), time(20), UTC)


class TestQuarters:
    async def test_three_are_closed_and_one_runs(self, halden: Halden) -> None:
        async with halden.as_("Jan Kowalski") as session:
            cycles = list(await session.scalars(select(GoalCycle).order_by(GoalCycle.starts_on)))
        assert [cycle.closed_at is not None for cycle in cycles] == [True, True, True, False]
        for before, after in pairwise(cycles):
            assert after.starts_on == before.ends_on + timedelta(days=1)
        assert cycles[-1].starts_on < halden.today < cycles[-1].ends_on

    async def test_everybody_has_a_goal_in_the_running_one(self, halden: Halden) -> None:
        async with halden.as_("Jan Kowalski") as session:
            running = select(Goal.owner_id).where(Goal.state == GoalState.ACTIVE)
            owners = set(await session.scalars(running))
        assert [
            one.name for one in employees(halden.today) if halden.ids[one.name] not in owners
        ] == ["Emil Sorensen"]  # whose goal was called off

    async def test_go_down_from_the_company_to_persons(self, halden: Halden) -> None:
        async with halden.as_("Jan Kowalski") as session:
            goals = {goal.id: goal for goal in await session.scalars(select(Goal))}
        per_level = Counter((goal.cycle_id, goal.level) for goal in goals.values())
        assert len(per_level) == 4 * len(Level)
        ranks = list(Level)
        for goal in goals.values():
            if goal.parent_id is not None:
                above = goals[goal.parent_id]
                assert ranks.index(above.level) < ranks.index(goal.level), goal.title
                assert above.cycle_id == goal.cycle_id, goal.title

    async def test_some_goals_went_on(self, halden: Halden) -> None:
        """One of them twice: it is three goals by now."""
        async with halden.as_("Jan Kowalski") as session:
            went_on = await session.scalars(
                select(Goal.title).where(Goal.carried_from_id.is_not(None))
            )
            counted = Counter(went_on)
        assert counted["Build an Aurora in four hours"] == 2
        assert counted["The portal is there when customers need it"] == 3

    async def test_those_of_the_oldest_are_archived(self, halden: Halden) -> None:
        async with halden.as_("Jan Kowalski") as session:
            [oldest, *_] = await session.scalars(select(GoalCycle.id).order_by(GoalCycle.starts_on))
            goals = list(await session.scalars(select(Goal)))
        for goal in goals:
            assert (goal.state is GoalState.ARCHIVED) == (goal.cycle_id == oldest), goal.title

    async def test_some_goals_are_their_owners_alone(self, halden: Halden) -> None:
        title = "Say no without explaining it three times"
        own = select(Goal.purpose).where(Goal.title == title)
        seen = {}
        for name in ("Lena Fischer", "Jan Kowalski"):
            async with halden.as_(name) as session:
                seen[name] = title in {node["title"] for node in (await tree(session))["nodes"]}
                assert await session.scalar(own) is Purpose.DEVELOPMENT
        assert seen == {"Lena Fischer": True, "Jan Kowalski": False}


DAYS_TO_LOOK_AT = [(place, day) for place in range(3) for day in (6, 33, 61, 88)] + [(3, 20)]


class TestLookingBack:
    @pytest.mark.parametrize(("place", "number"), DAYS_TO_LOOK_AT)
    async def test_shows_how_far_the_goals_were(
        self, halden: Halden, place: int, number: int
    ) -> None:
        """Reckoned anew, from the check-ins until then."""
        quarter = quarters(halden)[place]
        instant = evening(quarter, number)
        async with halden.as_("Jan Kowalski") as session:
            shown = await tree(session, as_of=instant)
            progress, raws = await reckon(session, instant)

        assert shown["cycle"]["name"] == quarter.name
        assert len(shown["nodes"]) > 15
        for node in shown["nodes"]:
            expected = progress[UUID(node["id"])]
            assert expected == (node["progress"] and Decimal(node["progress"])), node["title"]
        standing = [raws[UUID(one["id"])] for node in shown["nodes"] for one in node["key_results"]]
        assert (number > 10) == any(standing), "nobody has checked in on the first days"

    async def test_shows_a_goal_until_the_day_on_which_it_was_called_off(
        self, halden: Halden
    ) -> None:
        first, title = quarters(halden)[0], "Win a first customer in chip making"
        shown = {}
        async with halden.as_("Anton Novak") as session:
            for number in (40, 75):
                nodes = (await tree(session, as_of=evening(first, number)))["nodes"]
                shown[number] = [node["state"] for node in nodes if node["title"] == title]
        assert shown == {40: ["active"], 75: []}

    async def test_shows_who_answered_for_it_then(self, halden: Halden) -> None:
        third, title = quarters(halden)[2], "Open the south for Aurora"
        owners = {}
        async with halden.as_("Anton Novak") as session:
            for number in (20, 40):
                nodes = (await tree(session, as_of=evening(third, number)))["nodes"]
                [owners[number]] = [n["owner"]["name"] for n in nodes if n["title"] == title]
        assert owners == {20: "Sofia Romano", 40: "Federica Grassi"}

    async def test_shows_a_team_in_trouble_and_out_of_it(self, halden: Halden) -> None:
        second, title = quarters(halden)[1], "Updates that never brick an instrument"
        seen = []
        async with halden.as_("Anton Novak") as session:
            for number in (40, 58, 88):
                nodes = (await tree(session, as_of=evening(second, number)))["nodes"]
                [node] = [node for node in nodes if node["title"] == title]
                seen.append((node["status"], node["status_source"]))
        assert seen[1] == ("off_track", "manual")
        assert seen[2] == ("on_track", "derived")

    async def test_is_no_different_from_a_full_recompute(self, halden: Halden) -> None:
        async with halden.as_("Jan Kowalski") as session:
            result = await recomputed(session)
        assert result["goals"] > 200
        assert result["drift"] == 0


class TestClosings:
    async def test_say_what_came_of_it(self, halden: Halden) -> None:
        async with halden.as_("Jan Kowalski") as session:
            closings = list(await session.scalars(select(Closing)))
        assert len(closings) > 50
        for closing in closings:
            assert closing.note
            if closing.outcome is GoalState.CLOSED:
                assert closing.score is not None
                assert closing.went_well, closing.note
                assert closing.went_badly, closing.note
                assert closing.next_time, closing.note

    async def test_come_after_the_last_check_in_and_with_the_end_of_the_quarter(
        self, halden: Halden
    ) -> None:
        last = (
            select(func.max(CheckIn.checked_in_at))
            .join(KeyResult, KeyResult.id == CheckIn.key_result_id)
            .where(KeyResult.goal_id == Closing.goal_id)
            .scalar_subquery()
        )
        found = (
            select(Closing, GoalCycle.ends_on, last)
            .join(Goal, Goal.id == Closing.goal_id)
            .join(GoalCycle, GoalCycle.id == Goal.cycle_id)
        )
        async with halden.as_("Jan Kowalski") as session:
            for closing, ends_on, checked_in_at in await session.execute(found):
                assert closing.closed_at > checked_in_at, closing.note
                late = (closing.closed_at.date() - ends_on).days
                assert late <= 10, closing.note
                assert closing.outcome is GoalState.CANCELLED or late > 0, closing.note


class TestInstants:
    async def test_are_never_in_the_future(self, halden: Halden) -> None:
        now = utcnow()
        asked = 0
        async with halden.as_("Jan Kowalski") as session:
            for mapper in Base.registry.mappers:
                if not mapper.class_.__module__.startswith("perfapi.domains.goals."):
                    continue
                for column in mapper.columns:
                    if isinstance(column.type, DateTime):
                        latest = await session.scalar(select(func.max(column)))
                        assert latest is None or latest <= now, column
                        asked += 1
        assert asked > 20

    async def test_are_those_of_the_story(self, halden: Halden) -> None:
        """Whatever happened in a quarter is dated there, and not on the day of the loading."""
        first = quarters(halden)[0]
        async with halden.as_("Jan Kowalski") as session:
            found = await session.execute(
                select(Goal.created_at, Goal.activated_at)
                .join(GoalCycle, GoalCycle.id == Goal.cycle_id)
                .where(GoalCycle.starts_on == first.starts_on)
            )
            for instants in found:
                for instant in instants:
                    assert 0 <= (instant.date() - first.starts_on).days < DAYS


class TestVisitors:
    async def test_find_a_goal_that_waits_for_their_check_in(self, halden: Halden) -> None:
        for name in ("Lena Fischer", "Anton Novak"):
            async with halden.as_(name) as session:
                waiting = (await session.execute(queries.NEEDS)).all()
            assert waiting, name
            assert any((utcnow() - need.since).days >= 21 for need in waiting), name

    async def test_find_a_proposal_to_agree_to(self, halden: Halden) -> None:
        async with halden.as_("Lena Fischer") as session:
            [proposal] = (await session.execute(TO_AGREE)).all()
        assert proposal.detail == "Anton Novak"
        assert (utcnow() - proposal.since).days < 3

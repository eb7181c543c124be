"""What the parts of the demo tell is played in order, each act at its instant."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions, facts
from perfapi.core.demonstration import Demo, Happens
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import GoalCycle

MORNING, NOON = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (8, 12))
ADA, BOB = uuid7(), uuid7()

Log = list[tuple[str, datetime, UUID, int]]


@pytest.fixture
def demo(sessions: Sessions, session: AsyncSession) -> Demo:
    here = facts(session)
    return Demo(sessions, "no-password", here["organization"], here["today"])


def noting(log: Log, name: str) -> Happens:
    async def happens(session: AsyncSession) -> None:
        told = await session.scalar(text("SELECT happened_at()"))
        log.append((name, told, facts(session)["you"], id(session.sync_session)))

    return happens


class TestPlay:
    async def test_lets_acts_happen_in_order_at_their_instant(self, demo: Demo) -> None:
        log: Log = []
        demo.will_happen(NOON, ADA, noting(log, "later"))
        demo.will_happen(MORNING, BOB, noting(log, "earlier"))
        await demo.play()
        assert [row[:3] for row in log] == [("earlier", MORNING, BOB), ("later", NOON, ADA)]

    async def test_keeps_what_was_told_first_at_an_instant_first(self, demo: Demo) -> None:
        log: Log = []
        for name, you in (("proposes", BOB), ("agrees", ADA), ("begins", BOB)):
            demo.will_happen(NOON, you, noting(log, name))
        await demo.play()
        assert [row[0] for row in log] == ["proposes", "agrees", "begins"]

    async def test_is_one_transaction_a_day(self, demo: Demo) -> None:
        log: Log = []
        used = []

        async def keep(session: AsyncSession) -> None:
            used.append(session)  # so that no other gets its place in memory

        for at, you in ((MORNING, ADA), (NOON, BOB), (NOON + timedelta(days=1), ADA)):
            demo.will_happen(at, you, keep)
            demo.will_happen(at, you, noting(log, "acts"))
        await demo.play()
        sessions = [row[3] for row in log]
        assert sessions[0] == sessions[1] != sessions[2]

    async def test_writes_what_one_does_before_another_acts(self, demo: Demo) -> None:
        """At its own instant, and the other reads it anew."""
        added: list[GoalCycle] = []

        async def add(session: AsyncSession) -> None:
            added.append(GoalCycle(name="Q1", starts_on=MORNING.date(), ends_on=NOON.date()))
            session.add(added[0])

        async def look(session: AsyncSession) -> None:
            assert session.identity_map.values() == []
            assert await session.get_one(GoalCycle, (demo.organization, added[0].id)) != added[0]

        demo.will_happen(MORNING, ADA, add)
        demo.will_happen(NOON, BOB, look)
        await demo.play()

    async def test_plays_nothing_twice(self, demo: Demo) -> None:
        log: Log = []
        demo.will_happen(NOON, ADA, noting(log, "once"))
        await demo.play()
        await demo.play()
        assert len(log) == 1

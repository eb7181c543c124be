"""Aggregates read the log in order, and count every event exactly once."""

import asyncio
import random
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions, in_organization
from perfapi.core.deliveries import sequence
from perfapi.core.events import publish
from perfapi.core.projections import (
    PROJECTIONS,
    Fact,
    ProjectionOffset,
    catch_up,
    projection,
)
from tests.core.parcels import Depot, ParcelSent
from tests.factories.organizations import an_organization


@pytest.fixture
def sessions(real_sessions: Sessions, registries: None) -> Sessions:
    """In a database of the test's own: aggregates follow every organization."""
    return real_sessions


@pytest.fixture
async def acme(sessions: Sessions) -> UUID:
    async with sessions.begin() as session:
        return await an_organization(session)


async def tally(session: AsyncSession, facts: Sequence[Fact]) -> None:
    """Its effect is a row per event, so that twice and never can both be seen."""
    session.add_all(Depot(name=str((fact.payload or {})["step"])) for fact in facts)


async def send(sessions: Sessions, organization: UUID, *steps: int) -> None:
    async with in_organization(sessions, organization) as session:
        publish(session, *(ParcelSent(parcel_id=uuid4(), step=n) for n in steps), by=None)


async def tallied(sessions: Sessions, organization: UUID) -> list[int]:
    async with in_organization(sessions, organization) as session:
        names = await session.scalars(select(Depot.name).order_by(Depot.id))
        return [int(name) for name in names]


async def test_gets_every_fact_in_order_and_in_batches(sessions: Sessions, acme: UUID) -> None:
    batches: list[Sequence[Fact]] = []

    @projection
    async def collect(session: AsyncSession, facts: Sequence[Fact]) -> None:
        batches.append(facts)

    await send(sessions, acme, *range(5))
    await sequence(sessions)

    counts = [await catch_up(sessions, batch=2) for _ in range(4)]

    assert counts == [2, 2, 1, 0]
    facts = [fact for batch in batches for fact in batch]
    assert [(fact.payload or {})["step"] for fact in facts] == [0, 1, 2, 3, 4]
    assert [fact.topic for fact in facts] == ["parcels.sent"] * 5
    assert [fact.position for fact in facts] == sorted(fact.position for fact in facts)
    assert list(PROJECTIONS) == ["test_projections.collect"]


async def test_waits_for_the_position(sessions: Sessions, acme: UUID) -> None:
    projection(tally)
    await send(sessions, acme, 1)
    assert await catch_up(sessions) == 0
    await sequence(sessions)
    assert await catch_up(sessions) == 1


async def test_each_aggregate_and_organization_has_its_own_place(
    sessions: Sessions, acme: UUID
) -> None:
    async with sessions.begin() as session:
        other = await an_organization(session, "Other")
    projection(tally)
    await send(sessions, acme, 1, 2)
    await send(sessions, other, 3)
    await sequence(sessions)
    await catch_up(sessions)

    @projection
    async def late(session: AsyncSession, facts: Sequence[Fact]) -> None:
        await tally(session, facts)

    await catch_up(sessions)

    assert await tallied(sessions, acme) == [1, 2, 1, 2]
    assert await tallied(sessions, other) == [3, 3]
    async with in_organization(sessions, acme) as session:
        names = set(await session.scalars(select(ProjectionOffset.name)))
    assert names == {"test_projections.tally", "test_projections.late"}


async def test_what_fails_keeps_its_place_and_holds_up_nobody_else(
    sessions: Sessions, acme: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    broken = True

    @projection
    async def breaks(session: AsyncSession, facts: Sequence[Fact]) -> None:
        await tally(session, facts)
        if broken:
            await session.flush()
            raise ZeroDivisionError

    @projection
    async def goes_on(session: AsyncSession, facts: Sequence[Fact]) -> None:
        await tally(session, facts)

    await send(sessions, acme, 7)
    await sequence(sessions)
    await catch_up(sessions)
    assert await tallied(sessions, acme) == [7]
    assert "test_projections.breaks" in caplog.text

    broken = False
    await catch_up(sessions)
    assert await tallied(sessions, acme) == [7, 7]


async def test_every_event_counts_once_while_many_write_and_many_read(
    sessions: Sessions, acme: UUID
) -> None:
    projection(tally)
    dice = random.Random(2)
    writing = True

    async def write(start: int) -> None:
        for n in range(12):
            await send(sessions, acme, start + n)
            await asyncio.sleep(dice.random() / 50)

    async def follow() -> None:
        while True:
            found = await sequence(sessions, batch=5) + await catch_up(sessions, batch=3)
            await asyncio.sleep(dice.random() / 100)
            if not found and not writing:
                return

    followers = [asyncio.create_task(follow()) for _ in range(3)]
    await asyncio.gather(*(write(start) for start in (0, 100, 200)))
    writing = False
    await asyncio.gather(*followers)

    steps = await tallied(sessions, acme)
    assert sorted(steps) == sorted(start + n for start in (0, 100, 200) for n in range(12))


async def test_without_aggregates_nobody_is_asked(sessions: Sessions, acme: UUID) -> None:
    await send(sessions, acme, 1)
    await sequence(sessions)
    assert await catch_up(sessions) == 0

"""Versions of rows: kept by triggers, told apart by instants, and nobody else's to write."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

from perfapi.core.db import Sessions, facts, in_organization
from perfapi.core.history import as_of, happens_at
from perfapi.core.ids import uuid7
from tests.core.parcels import DEPOT_VERSIONS, Depot
from tests.factories.organizations import an_organization
from tests.servers import Servers

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Version(NamedTuple):
    name: str
    since: datetime
    until: datetime | None


def hour(number: int) -> datetime:
    return NOON + timedelta(hours=number)


async def versions(session: AsyncSession, depot: Depot) -> list[Version]:
    table = DEPOT_VERSIONS.c
    asked = select(table.name, table.since, table.until).where(table.id == depot.id)
    await session.flush()
    return [Version(*row) for row in await session.execute(asked.order_by(table.since))]


async def a_depot(session: AsyncSession, name: str, *, at: datetime) -> Depot:
    await happens_at(session, at)
    depot = Depot(id=uuid7(), name=name)
    session.add(depot)
    await session.flush()
    return depot


async def renamed(session: AsyncSession, depot: Depot, name: str, *, at: datetime) -> None:
    await happens_at(session, at)
    depot.name = name
    await session.flush()


class TestVersions:
    async def test_follow_each_other_without_a_gap(self, session: AsyncSession) -> None:
        depot = await a_depot(session, "North", at=hour(0))
        await renamed(session, depot, "East", at=hour(2))
        await renamed(session, depot, "West", at=hour(5))

        assert await versions(session, depot) == [
            ("North", hour(0), hour(2)),
            ("East", hour(2), hour(5)),
            ("West", hour(5), None),
        ]

    async def test_end_with_the_row(self, session: AsyncSession) -> None:
        depot = await a_depot(session, "North", at=hour(0))
        await happens_at(session, hour(3))
        await session.delete(depot)

        assert await versions(session, depot) == [("North", hour(0), hour(3))]

    async def test_of_one_instant_are_one(self, session: AsyncSession) -> None:
        depot = await a_depot(session, "North", at=hour(0))
        await renamed(session, depot, "East", at=hour(0))

        assert await versions(session, depot) == [("East", hour(0), None)]

    async def test_of_what_came_and_went_at_once_are_none(self, session: AsyncSession) -> None:
        depot = await a_depot(session, "North", at=hour(0))
        await session.delete(depot)

        assert await versions(session, depot) == []

    async def test_of_what_comes_late_take_the_place_of_the_last(
        self, session: AsyncSession
    ) -> None:
        depot = await a_depot(session, "North", at=hour(0))
        await renamed(session, depot, "East", at=hour(4))
        await renamed(session, depot, "West", at=hour(2))

        assert await versions(session, depot) == [
            ("North", hour(0), hour(4)),
            ("West", hour(4), None),
        ]

    async def test_of_one_transaction_share_the_instant_of_its_first_write(
        self, real_sessions: Sessions
    ) -> None:
        async with real_sessions.begin() as session:
            organization = await an_organization(session)
        async with in_organization(real_sessions, organization) as session:
            first, second = (Depot(id=uuid7(), name=name) for name in ("North", "East"))
            session.add(first)
            await session.flush()
            await session.execute(text("SELECT pg_sleep(0.01)"))
            session.add(second)
            await session.flush()
            [one], [other] = [await versions(session, depot) for depot in (first, second)]
        async with in_organization(real_sessions, organization) as session:
            third = Depot(id=uuid7(), name="West")
            session.add(third)
            [later] = await versions(session, third)

        assert one.since == other.since < later.since

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.lists(st.integers(0, 6), max_size=8))
    async def test_never_overlap_in_whatever_order_they_come(
        self, session: AsyncSession, hours: list[int]
    ) -> None:
        depot = await a_depot(session, "0", at=hour(0))
        for place, number in enumerate(hours, 1):
            await renamed(session, depot, f"{place}", at=hour(number))

        found = await versions(session, depot)

        assert [one.until for one in found[:-1]] == [other.since for other in found[1:]]
        assert all(one.until is None or one.since < one.until for one in found)
        assert (found[0].since, found[-1].until) == (hour(0), None)
        assert found[-1].name == f"{len(hours)}"


class TestAsOf:
    @pytest.mark.parametrize(
        ("instant", "name"),
        [
            (hour(0) - timedelta(microseconds=1), None),
            (hour(0), "North"),
            (hour(2) - timedelta(microseconds=1), "North"),
            (hour(2), "East"),
            (hour(100), "East"),
        ],
    )
    async def test_is_the_version_that_held(
        self, session: AsyncSession, instant: datetime, name: str | None
    ) -> None:
        depot = await a_depot(session, "North", at=hour(0))
        await renamed(session, depot, "East", at=hour(2))
        then = as_of(Depot)

        found = await session.scalar(
            select(then.name).where(then.id == depot.id),
            facts(session) | {"as_of": instant},
        )

        assert found == name

    async def test_shows_nothing_of_another_organization(self, session: AsyncSession) -> None:
        depot = await a_depot(session, "North", at=hour(0))
        await an_organization(session, "Elsewhere")
        then = as_of(Depot)

        asked = select(then.name).where(then.id == depot.id)
        assert await session.scalar(asked, facts(session) | {"as_of": hour(1)}) is None
        assert await versions(session, depot) == []


class TestRights:
    @pytest.mark.parametrize(
        "command",
        [
            "UPDATE test_depots_history SET name = 'Forged'",
            "DELETE FROM test_depots_history",
            "INSERT INTO test_depots_history (since, organization_id, id) "
            "VALUES (now(), gen_random_uuid(), gen_random_uuid())",
        ],
    )
    async def test_to_write_history_has_nobody(self, session: AsyncSession, command: str) -> None:
        with pytest.raises(DBAPIError, match="permission denied"):
            await session.execute(text(command))


class TestKept:
    async def test_keeps_columns_that_are_added_later(
        self, database: str, test_servers: Servers
    ) -> None:
        """As a migration would: last in the table, and last in its versions."""
        owner = create_async_engine(test_servers.owner_url(database))
        async with owner.begin() as connection:
            for table in ("test_depots", "test_depots_history"):
                await connection.execute(text(f"ALTER TABLE {table} ADD COLUMN later text"))
            depot = uuid7()
            new = {"organization": await _organization(connection), "id": depot}
            await connection.execute(
                text(
                    "INSERT INTO test_depots (organization_id, id, name, later) "
                    "VALUES (:organization, :id, 'North', 'new')"
                ),
                new,
            )
            kept = await connection.scalar(
                text("SELECT later FROM test_depots_history WHERE id = :id"), {"id": depot}
            )
        await owner.dispose()

        assert kept == "new"


async def _organization(connection: AsyncConnection) -> UUID:
    added = await connection.scalar(
        text(
            "INSERT INTO organizations (id, version, name, slug) "
            "VALUES (gen_random_uuid(), 1, 'Acme', 'acme') RETURNING id"
        )
    )
    assert isinstance(added, UUID)
    return added

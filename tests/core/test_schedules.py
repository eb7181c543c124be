"""Daily work: a row per schedule and day, at the hour of the organization's own clock."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

from perfapi.core.db import Sessions, facts, in_organization
from perfapi.core.deliveries import (
    SCHEDULES,
    Delivery,
    DeliveryState,
    daily,
    deliver,
    plan_schedules,
)
from tests.factories.organizations import an_organization
from tests.servers import Servers

pytestmark = pytest.mark.usefixtures("registries")


async def nothing(session: AsyncSession, day: date) -> None:
    """Goes well."""


async def founded(sessions: Sessions, name: str, zone: str) -> UUID:
    async with sessions.begin() as session:
        return await an_organization(session, name, time_zone=zone)


async def planned(sessions: Sessions, organization: UUID) -> list[datetime]:
    async with in_organization(sessions, organization) as session:
        return list(await session.scalars(select(Delivery.due_at).order_by(Delivery.due_at)))


class Clock:
    """Lets PostgreSQL's clock, the only one that `plan_schedules` asks, go where a test wants."""

    def __init__(self, owner: AsyncConnection) -> None:
        self._owner = owner

    async def install(self) -> None:
        definition = "SELECT pg_get_functiondef('plan_schedules'::regproc)"
        source: str = (await self._owner.exec_driver_sql(definition)).scalar_one()
        assert "now()" in source
        await self._owner.exec_driver_sql(
            "CREATE FUNCTION test_now() RETURNS timestamptz LANGUAGE sql STABLE AS "
            "$$ SELECT current_setting('test.now')::timestamptz $$"
        )
        await self._owner.exec_driver_sql(source.replace("now()", "test_now()"))

    async def plan(self, start: datetime, end: datetime, *, every: str = "30 minutes") -> None:
        """As `plan_schedules` at each of these moments."""
        names = ", ".join(f"'{name}'" for name in SCHEDULES)
        hours = ", ".join(str(hour) for hour, _ in SCHEDULES.values())
        await self._owner.exec_driver_sql(f"""
            DO $$ DECLARE moment timestamptz; BEGIN
                FOR moment IN SELECT generate_series(
                    '{start.isoformat()}'::timestamptz, '{end.isoformat()}', '{every}'
                ) LOOP
                    PERFORM set_config('test.now', moment::text, false);
                    PERFORM plan_schedules(ARRAY[{names}], ARRAY[{hours}]);
                END LOOP;
            END $$""")


@pytest.fixture
async def clock(test_servers: Servers, database: str) -> AsyncIterator[Clock]:
    engine = create_async_engine(test_servers.owner_url(database), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        clock = Clock(connection)
        await clock.install()
        yield clock
    await engine.dispose()


def at(zone: str, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone))  # type: ignore[misc, arg-type]


async def test_runs_at_its_hour_by_the_clock_of_the_organization(
    real_sessions: Sessions, clock: Clock
) -> None:
    daily(hour=3)(nothing)
    berlin = await founded(real_sessions, "Berlin", "Europe/Berlin")
    auckland = await founded(real_sessions, "Auckland", "Pacific/Auckland")
    kathmandu = await founded(real_sessions, "Kathmandu", "Asia/Kathmandu")

    before = at("Europe/Berlin", 2026, 1, 31, 2, 59, 59)
    await clock.plan(before, before)
    assert await planned(real_sessions, berlin) == []
    assert await planned(real_sessions, auckland) == [at("Pacific/Auckland", 2026, 1, 31, 3)]
    assert await planned(real_sessions, kathmandu) == [at("Asia/Kathmandu", 2026, 1, 31, 3)]

    then = at("Europe/Berlin", 2026, 1, 31, 3)
    await clock.plan(then, then)
    assert await planned(real_sessions, berlin) == [then]


ODD_DAYS = [
    ("Europe/Berlin", (2026, 3, 27)),  # forward: 02:00 does not exist on the 29th
    ("Europe/Berlin", (2026, 10, 23)),  # back: 02:00 comes twice on the 25th
    ("America/Sao_Paulo", (2018, 11, 2)),  # forward at midnight
    ("Australia/Lord_Howe", (2026, 4, 3)),  # back by half an hour
    ("Pacific/Apia", (2011, 12, 28)),  # the 30th did not exist
    ("UTC", (2028, 2, 28)),
]


async def test_runs_once_a_day_whatever_the_clock_does(
    real_sessions: Sessions, clock: Clock
) -> None:
    for hour in (0, 2, 23):
        SCHEDULES[f"at {hour}"] = (hour, nothing)
    for zone, first in ODD_DAYS:
        organization = await founded(real_sessions, "Acme", zone)
        start = at(zone, *first).astimezone(UTC)
        end = start + timedelta(days=5)
        await clock.plan(start, end)

        async with in_organization(real_sessions, organization) as session:
            columns = select(Delivery.subscriber, Delivery.due_at)
            rows = (await session.execute(columns)).all()
        hours = [start + timedelta(hours=n) for n in range(5 * 24)]
        passed = sorted({hour.astimezone(ZoneInfo(zone)).date() for hour in hours})
        for name in SCHEDULES:
            days = [due.astimezone(ZoneInfo(zone)).date() for who, due in rows if who == name]
            assert len(days) == len(set(days)), f"a day of {zone} had two"
            assert set(days) >= set(passed[1:-1]), f"a day of {zone} had none"


async def test_is_planned_once_however_often_and_by_however_many(
    real_sessions: Sessions,
) -> None:
    daily(hour=0)(nothing)
    organization = await founded(real_sessions, "Acme", "UTC")
    for _ in range(3):
        await plan_schedules(real_sessions)

    assert len(await planned(real_sessions, organization)) == 1


async def test_the_job_gets_the_day_in_the_organization(real_sessions: Sessions) -> None:
    told: list[date] = []

    @daily(hour=0)
    async def tidy(session: AsyncSession, day: date) -> None:
        told.append(day)
        assert facts(session)["today"] == day

    organization = await founded(real_sessions, "Kiritimati", "Pacific/Kiritimati")
    await plan_schedules(real_sessions)
    async with in_organization(real_sessions, organization) as session:
        delivery = (await session.scalars(select(Delivery))).one()

    assert await deliver(real_sessions, organization, delivery.id)
    assert not await deliver(real_sessions, organization, delivery.id)

    assert told == [datetime.now(ZoneInfo("Pacific/Kiritimati")).date()]
    async with in_organization(real_sessions, organization) as session:
        assert (await session.scalars(select(Delivery.state))).one() is DeliveryState.DONE
    assert list(SCHEDULES) == ["test_schedules.tidy"]


async def test_without_schedules_nothing_is_planned(real_sessions: Sessions) -> None:
    organization = await founded(real_sessions, "Acme", "UTC")
    await plan_schedules(real_sessions)
    assert await planned(real_sessions, organization) == []

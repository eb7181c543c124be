"""What PostgreSQL says about a request, each really provoked, and the problem that it becomes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from perfapi.core.db import Sessions, create_engine, create_sessions, enter, in_organization
from perfapi.core.errors import (
    AlreadyExists,
    Conflict,
    Invalid,
    Problem,
    ReferenceUnknown,
    StillReferenced,
    TryAgain,
    Unavailable,
)
from perfapi.core.faults import constraint, problem_of
from perfapi.core.ids import uuid7
from perfapi.domains.people.errors import LineOverlaps
from perfapi.domains.people.models import Person
from tests import servers
from tests.core.live import Live
from tests.core.parcels import Depot, LabelTaken, Parcel, a_parcel
from tests.factories.people import a_line, a_person
from tests.servers import Servers

Act = Callable[[AsyncSession, Person], Awaitable[object]]


async def failure(act: Callable[[], Awaitable[object]]) -> DBAPIError:
    with pytest.raises(DBAPIError) as caught:
        await act()
    return caught.value


def sql(statement: str, **given: object) -> Act:
    return lambda session, _: session.execute(text(statement), given)


async def _same_label(session: AsyncSession, ada: Person) -> None:
    for _ in range(2):
        await a_parcel(session, ada, "same")


async def _same_number(session: AsyncSession, ada: Person) -> None:
    for label in "ab":
        await a_parcel(session, ada, label, number=1)


async def _unknown_owner(session: AsyncSession, ada: Person) -> None:
    session.add(Parcel(label="x", owner_id=uuid7()))
    await session.flush()


async def _delete_a_used_depot(session: AsyncSession, ada: Person) -> None:
    depot = Depot(name="x")
    session.add(depot)
    await session.flush()
    await a_parcel(session, ada, depot_id=depot.id)
    await session.delete(depot)
    await session.flush()


async def _delete_a_used_parcel(session: AsyncSession, ada: Person) -> None:
    outer = await a_parcel(session, ada)
    await a_parcel(session, ada, inside_id=outer.id)
    await session.delete(outer)
    await session.flush()


async def _no_owner(session: AsyncSession, _: Person) -> None:
    session.add(Parcel(label="x"))
    await session.flush()


async def _a_number_beyond_four_bytes(session: AsyncSession, ada: Person) -> None:
    await a_parcel(session, ada, number=2**40)


LABEL_TWICE = (
    "INSERT INTO test_depots (organization_id, id, name) SELECT organization_id, id, 'x' "
    "FROM test_depots CROSS JOIN generate_series(1, 2) "
    "ON CONFLICT (organization_id, id) DO UPDATE SET name = 'y'"
)


async def _one_row_twice(session: AsyncSession, _: Person) -> None:
    session.add(Depot(name="x"))
    await session.flush()
    await session.execute(text(LABEL_TWICE))


@pytest.mark.parametrize(
    ("state", "act", "problem"),
    [
        ("21000", _one_row_twice, Conflict),
        ("22003", sql("SELECT 2147483647 + CAST(1 AS int)"), Invalid),
        ("22008", sql("SELECT CAST('2026-01-01' AS date) - 9999999"), Invalid),
        ("22021", sql("SELECT CAST(:text AS text)", text="a\x00b"), Invalid),
        ("22023", sql("SELECT now() AT TIME ZONE 'Mars/Olympus'"), Invalid),
        ("22P02", sql("SELECT CAST('x' AS uuid)"), Invalid),
        ("22P05", sql(r"""SELECT CAST('"\u0000"' AS jsonb) ->> 0"""), Invalid),
        ("23502", _no_owner, Invalid),
        ("23503", _unknown_owner, ReferenceUnknown),
        ("23503", _delete_a_used_parcel, StillReferenced),
        ("23001", _delete_a_used_depot, StillReferenced),
        ("23505", _same_number, AlreadyExists),
        ("23505", _same_label, LabelTaken),
        ("23514", sql("UPDATE test_parcels SET weight = 0"), Invalid),
        ("42501", sql("DELETE FROM event_log"), None),
        ("42P01", sql("SELECT * FROM nowhere"), None),
        ("42601", sql("SELEKT"), None),
        ("22012", sql("SELECT 1 / CAST(0 AS int)"), None),
        ("P0001", sql("DO $$ BEGIN RAISE EXCEPTION 'x'; END $$"), None),
    ],
)
async def test_of_a_statement(
    session: AsyncSession, state: str, act: Act, problem: type[Problem] | None
) -> None:
    ada = await a_person(session, "Ada")
    await a_parcel(session, ada)

    error = await failure(lambda: act(session, ada))

    assert getattr(error.orig, "sqlstate", None) == state
    found = problem_of(error)
    assert type(found) is (problem or type(None))


async def test_of_a_value_that_the_driver_cannot_send(session: AsyncSession) -> None:
    ada = await a_person(session, "Ada")

    error = await failure(lambda: _a_number_beyond_four_bytes(session, ada))

    assert type(problem_of(error)) is Invalid


async def test_of_overlapping_periods(session: AsyncSession) -> None:
    ada, bea, cleo = [await a_person(session, name) for name in ("Ada", "Bea", "Cleo")]
    await a_line(session, person=ada, manager=bea)

    error = await failure(lambda: a_line(session, person=ada, manager=cleo))

    assert getattr(error.orig, "sqlstate", None) == "23P01"
    assert type(problem_of(error)) is LineOverlaps


async def test_a_domain_names_the_problem_of_its_constraint(session: AsyncSession) -> None:
    class Weightless(Invalid):
        title = "It weighs nothing."

    constraint("ck_test_parcels_weighs_something", Weightless)
    await a_parcel(session, await a_person(session, "Ada"))

    change = text("UPDATE test_parcels SET weight = 0")
    error = await failure(lambda: session.execute(change))

    assert type(problem_of(error)) is Weightless


class TestRaces:
    @pytest.fixture
    async def depots(self, live: Live, app_sessions: Sessions) -> list[str]:
        async with in_organization(app_sessions, live.organization) as session:
            session.add_all(depots := [Depot(name=name) for name in "ab"])
        return [depot.name for depot in depots]

    async def _rename(self, session: AsyncSession, name: str) -> None:
        change = "UPDATE test_depots SET name = name WHERE name = :name"
        await session.execute(text(change), {"name": name})

    async def test_a_deadlock(self, live: Live, app_sessions: Sessions, depots: list[str]) -> None:
        async def both(first: str, second: str) -> None:
            async with in_organization(app_sessions, live.organization) as session:
                await self._rename(session, first)
                await meeting.wait()
                await self._rename(session, second)

        meeting = asyncio.Barrier(2)
        ends = await asyncio.gather(both("a", "b"), both("b", "a"), return_exceptions=True)

        (error,) = [end for end in ends if end is not None]
        assert isinstance(error, DBAPIError)
        assert getattr(error.orig, "sqlstate", None) == "40P01"
        assert type(problem_of(error)) is TryAgain

    async def test_a_lost_serialisation(
        self, live: Live, app_sessions: Sessions, depots: list[str]
    ) -> None:
        async with app_sessions() as reader:
            await reader.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            await enter(reader, live.organization)
            await reader.execute(text("SELECT * FROM test_depots"))
            async with in_organization(app_sessions, live.organization) as writer:
                await self._rename(writer, "a")
            error = await failure(lambda: self._rename(reader, "a"))

        assert getattr(error.orig, "sqlstate", None) == "40001"
        assert type(problem_of(error)) is TryAgain

    async def test_a_lock_that_is_not_given_in_time(
        self, live: Live, app_sessions: Sessions, depots: list[str]
    ) -> None:
        async with in_organization(app_sessions, live.organization) as holder:
            await self._rename(holder, "a")
            async with in_organization(app_sessions, live.organization) as other:
                await other.execute(text("SET LOCAL lock_timeout = '50ms'"))
                error = await failure(lambda: self._rename(other, "a"))
                await other.rollback()

        assert getattr(error.orig, "sqlstate", None) == "55P03"
        assert type(problem_of(error)) is TryAgain


class TestTrouble:
    """The server is slow, full, read-only or gone."""

    @pytest.fixture
    async def engine(self, test_servers: Servers, database: str) -> AsyncIterator[AsyncEngine]:
        engine = create_engine(test_servers.app_url(database), pool_size=2)
        yield engine
        await engine.dispose()

    async def test_a_statement_that_takes_too_long(self, engine: AsyncEngine) -> None:
        async with create_sessions(engine)() as session:
            await session.execute(text("SET LOCAL statement_timeout = '50ms'"))
            error = await failure(lambda: session.execute(text("SELECT pg_sleep(5)")))

        assert getattr(error.orig, "sqlstate", None) == "57014"
        assert type(problem_of(error)) is Unavailable

    async def test_a_server_that_is_silent(self, test_servers: Servers, database: str) -> None:
        """It is given up: a rollback would be waited for as long again."""
        engine = create_engine(test_servers.app_url(database), pool_size=1, patience=0.3)
        async with create_sessions(engine)() as session:
            connection = await session.connection()
            with pytest.raises(TimeoutError):
                await session.execute(text("SELECT pg_sleep(20)"))
            was_given_up = connection.invalidated
        await engine.dispose()

        assert was_given_up

    async def test_a_server_that_reads_only(self, engine: AsyncEngine) -> None:
        """As after a failover, when the pool still holds connections to the old primary."""
        async with create_sessions(engine)() as session:
            await session.execute(text("SET TRANSACTION READ ONLY"))
            change = text("UPDATE test_parcels SET weight = 1")
            error = await failure(lambda: session.execute(change))

        assert getattr(error.orig, "sqlstate", None) == "25006"
        assert type(problem_of(error)) is Unavailable

    @pytest.mark.parametrize("limit", ["role", "database"])
    async def test_a_server_without_a_free_connection(
        self, test_servers: Servers, database: str, limit: str
    ) -> None:
        login = f"{database}_{limit}"
        owner = await asyncpg.connect(
            test_servers.owner_url(database).replace("postgresql+asyncpg", "postgresql")
        )
        bound = f"ROLE {login}" if limit == "role" else f'DATABASE "{database}"'
        await owner.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{servers.PASSWORD}'")
        await owner.execute(f"ALTER {bound} CONNECTION LIMIT 0")
        url = test_servers._url(database, login)
        engine = create_async_engine(url)
        try:
            error = await failure(lambda: engine.connect().start())
        finally:
            await engine.dispose()
            await owner.execute(f"DROP ROLE {login}")
            await owner.close()

        assert type(problem_of(error)) is Unavailable

    async def test_a_connection_that_was_ended_by_the_server(
        self, engine: AsyncEngine, test_servers: Servers, database: str
    ) -> None:
        """The first statement hears of it, the next request gets a new connection."""
        sessions = create_sessions(engine)
        owner = await asyncpg.connect(
            test_servers.owner_url(database).replace("postgresql+asyncpg", "postgresql")
        )
        async with sessions() as session:
            pid = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            await owner.execute("SELECT pg_terminate_backend($1)", pid)
            error = await failure(lambda: session.execute(text("SELECT 1")))
        await owner.close()

        assert type(problem_of(error)) is Unavailable
        async with sessions() as session:
            assert (await session.execute(text("SELECT 1"))).scalar_one() == 1

    async def test_a_server_that_is_gone(self, engine: AsyncEngine) -> None:
        url = engine.url.set(port=1)
        nowhere = create_async_engine(url)
        with pytest.raises(OSError, match="Connect call failed"):
            await nowhere.connect()
        await nowhere.dispose()

    def test_a_driver_that_lost_its_line(self) -> None:
        error = InterfaceError("SELECT 1", None, Exception("connection is closed"))
        assert type(problem_of(error)) is Unavailable


class TestInARequest:
    async def test_the_problem_is_answered(self, live: Live) -> None:
        for status in (201, 409):
            response = await live.post("/test-parcels", json={"label": "same"})
            assert response.status_code == status
        assert response.json()["code"] == "label_taken"

    async def test_nothing_of_the_database_is_told(self, live: Live) -> None:
        await live.post("/test-parcels", json={"label": "x", "number": 7})
        response = await live.post("/test-parcels", json={"label": "y", "number": 7})

        assert (response.status_code, response.json()["code"]) == (409, "already_exists")
        for word in ("uq_", "test_parcels", "Key", "asyncpg", "INSERT"):
            assert word not in response.text

    async def test_a_reference_to_nothing_is_422(self, live: Live) -> None:
        response = await live.post(
            "/test-parcels", json={"label": "x", "depot_id": "00000000-0000-7000-8000-000000000000"}
        )
        assert (response.status_code, response.json()["code"]) == (422, "reference_unknown")

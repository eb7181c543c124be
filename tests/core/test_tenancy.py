"""Two belts keep organizations apart: the session's filter, and PostgreSQL's row-level security.

Each is tried with the other one off: the filter as a superuser, whom row-level security does not
hold; row-level security by SQL that no filter reaches.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Executable, delete, select, text, update
from sqlalchemy.exc import DBAPIError, InvalidRequestError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.db import (
    Sessions,
    create_engine,
    create_sessions,
    enter,
    facts,
    in_organization,
    know,
)
from perfapi.core.events import LoggedEvent, publish
from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Person
from tests import servers
from tests.core.parcels import VISIBLE, Depot, Parcel, ParcelSent, a_parcel, build
from tests.factories.organizations import an_organization
from tests.factories.people import a_person
from tests.servers import Servers

FORBIDDEN = "42501"
TODAY = date(2026, 1, 31)


@dataclass
class Twins:
    """Two organizations with the same content, and sessions of every login."""

    ours: UUID
    theirs: UUID
    our_parcel: UUID
    their_parcel: UUID
    our_person: UUID
    their_person: UUID
    app: Sessions
    worker: Sessions
    superuser: Sessions


async def _content(session: AsyncSession) -> tuple[UUID, UUID]:
    person = await a_person(session, "Ada")
    parcel = await a_parcel(session, person, "parcel")
    publish(session, ParcelSent(parcel_id=parcel.id), by=person.id)
    return parcel.id, person.id


@pytest.fixture(scope="module")
async def twins(test_servers: Servers) -> AsyncIterator[Twins]:
    name = servers.fresh_name()
    await test_servers.clone(name)
    await build(test_servers.owner_url(name))
    urls = (test_servers.app_url, test_servers.worker_url, test_servers.owner_url)
    engines = [create_engine(url(name), pool_size=2) for url in urls]
    app, worker, superuser = (create_sessions(engine) for engine in engines)
    found = []
    for short in ("ours", "theirs"):
        async with app.begin() as session:
            organization = await an_organization(session, short)
            found.append((organization, *await _content(session)))
    (ours, our_parcel, our_person), (theirs, their_parcel, their_person) = found
    yield Twins(
        ours, theirs, our_parcel, their_parcel, our_person, their_person, app, worker, superuser
    )
    for engine in engines:
        await engine.dispose()
    await test_servers.drop(name)


def state_of(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


class TestFilterOfTheSession:
    """As a superuser: row-level security is off, only the session's filter works."""

    @pytest.fixture
    async def session(self, twins: Twins) -> AsyncIterator[AsyncSession]:
        async with twins.superuser() as session:
            know(session, organization=twins.ours, today=TODAY, you=None)
            yield session
            await session.rollback()

    async def test_selects_are_filtered_however_they_are_written(
        self, session: AsyncSession, twins: Twins
    ) -> None:
        other = aliased(Parcel)
        statements: dict[str, Executable] = {
            "entity": select(Parcel.id),
            "alias": select(other.id),
            "join": select(Parcel.id).join(Person, Person.id == Parcel.owner_id),
            "subquery": select(select(Parcel.id).subquery().c.id),
            "scalar subquery": select(select(Parcel.id).scalar_subquery()),
            "exists": select(Parcel.id).where(
                select(other.id).where(other.id == Parcel.id).exists()
            ),
            "cte": select(select(Parcel.id).cte().c.id),
            "union": select(Parcel.id).union(select(other.id)),
        }
        for form, statement in statements.items():
            found = (await session.execute(statement)).scalars().all()
            assert found == [twins.our_parcel], form

    async def test_a_row_of_others_cannot_be_got_by_its_key(
        self, session: AsyncSession, twins: Twins
    ) -> None:
        assert await session.get(Parcel, (twins.theirs, twins.their_parcel)) is None
        assert await session.get(Parcel, (twins.ours, twins.our_parcel)) is not None

    async def test_updates_and_deletes_touch_own_rows_only(
        self, session: AsyncSession, twins: Twins
    ) -> None:
        changed = await session.execute(update(Parcel).values(label="ours").returning(Parcel.id))
        assert changed.scalars().all() == [twins.our_parcel]
        gone = await session.execute(delete(Parcel).returning(Parcel.id))
        assert gone.scalars().all() == [twins.our_parcel]
        labels = await session.execute(text("SELECT label FROM test_parcels"))
        assert labels.scalars().all() == ["parcel"]

    async def test_new_rows_are_stamped(self, session: AsyncSession, twins: Twins) -> None:
        depot = Depot(name="North")
        session.add(depot)
        await session.flush()
        assert depot.organization_id == twins.ours

    async def test_parameters_of_the_caller_stay(self, session: AsyncSession, twins: Twins) -> None:
        one = select(Parcel.id).where(Parcel.id == twins.our_parcel)
        assert (await session.execute(one, {"unused": 1})).scalar_one() == twins.our_parcel

    async def test_no_key_leads_into_another_organization(
        self, session: AsyncSession, twins: Twins
    ) -> None:
        session.add(Parcel(label="astray", owner_id=twins.their_person))
        with pytest.raises(DBAPIError) as error:
            await session.flush()
        assert state_of(error.value) == "23503"


class TestSessionWithoutFacts:
    """Who forgot to enter reads nothing, and hears of it."""

    @pytest.fixture
    async def session(self, twins: Twins) -> AsyncIterator[AsyncSession]:
        async with twins.superuser() as session:
            yield session

    async def test_selects_updates_and_deletes_fail(self, session: AsyncSession) -> None:
        statements = (select(Parcel), update(Parcel).values(label="x"), delete(Parcel))
        for statement in statements:
            with pytest.raises((StatementError, InvalidRequestError), match="organization"):
                await session.execute(statement)

    async def test_new_rows_fail(self, session: AsyncSession) -> None:
        session.add(Depot(name="Nowhere"))
        with pytest.raises(KeyError, match="organization"):
            await session.flush()

    async def test_rules_about_you_fail_where_nobody_is_you(
        self, session: AsyncSession, twins: Twins
    ) -> None:
        know(session, organization=twins.ours, today=TODAY, you=None)
        with pytest.raises((StatementError, InvalidRequestError), match="you"):
            await session.execute(select(Parcel).where(VISIBLE))

    async def test_it_knows_nothing(self, session: AsyncSession) -> None:
        assert facts(session) == {}


class TestRowLevelSecurity:
    """By SQL that no filter reaches."""

    COUNT = "SELECT count(*) FROM test_parcels"

    @pytest.fixture
    async def session(self, twins: Twins) -> AsyncIterator[AsyncSession]:
        async with twins.app() as session:
            yield session
            await session.rollback()

    @pytest.mark.parametrize("table", ["test_parcels", "people", "organizations", "event_log"])
    async def test_shows_the_entered_organization_alone(
        self, session: AsyncSession, twins: Twins, table: str
    ) -> None:
        key = "id" if table == "organizations" else "organization_id"
        for organization in (twins.ours, twins.theirs):
            await enter(session, organization)
            found = await session.execute(text(f"SELECT DISTINCT {key} FROM {table}"))
            assert found.scalars().all() == [organization]

    async def test_shows_nothing_before_an_organization_is_entered(
        self, session: AsyncSession
    ) -> None:
        assert (await session.execute(text(self.COUNT))).scalar_one() == 0
        await session.execute(text("SELECT set_config('perfapi.organization_id', '', true)"))
        assert (await session.execute(text(self.COUNT))).scalar_one() == 0

    async def test_shows_nothing_to_the_next_transaction_of_the_connection(
        self, session: AsyncSession, twins: Twins
    ) -> None:
        await enter(session, twins.ours)
        assert (await session.execute(text(self.COUNT))).scalar_one() == 1
        connection = await session.connection()
        pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        for end in (session.commit, session.rollback):
            await end()
            assert (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one() == pid
            assert (await session.execute(text(self.COUNT))).scalar_one() == 0

    async def test_a_setting_that_is_no_id_is_an_error(self, session: AsyncSession) -> None:
        await session.execute(text("SELECT set_config('perfapi.organization_id', 'all', true)"))
        with pytest.raises(DBAPIError) as error:
            await session.execute(text(self.COUNT))
        assert state_of(error.value) == "22P02"

    async def test_an_unknown_organization_cannot_be_entered(self, twins: Twins) -> None:
        with pytest.raises(DBAPIError) as error:
            async with in_organization(twins.app, uuid4()):
                raise AssertionError
        assert state_of(error.value) == "P0002"

    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO test_depots (organization_id, id, name) VALUES (:theirs, :id, 'x')",
            "UPDATE test_parcels SET organization_id = :theirs",
            "INSERT INTO event_log (organization_id, id, topic, schema_version) "
            "VALUES (:theirs, :id, 'x', 1)",
        ],
    )
    async def test_nothing_is_written_elsewhere(
        self, session: AsyncSession, twins: Twins, statement: str
    ) -> None:
        await enter(session, twins.ours)
        given = {"theirs": twins.theirs, "id": uuid7()}
        used = {name: value for name, value in given.items() if f":{name}" in statement}
        with pytest.raises(DBAPIError) as error:
            await session.execute(text(statement), used)
        assert state_of(error.value) == FORBIDDEN

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE test_parcels SET label = 'x' || id", "DELETE FROM test_parcels"],
    )
    async def test_nothing_is_changed_elsewhere(
        self, session: AsyncSession, twins: Twins, statement: str
    ) -> None:
        await enter(session, twins.ours)
        result = await session.execute(text(statement + " RETURNING id"))
        assert result.scalars().all() == [twins.our_parcel]

    async def test_rows_of_others_do_not_even_collide(
        self, session: AsyncSession, twins: Twins
    ) -> None:
        """Unique constraints and foreign keys see all rows, but carry the organization."""
        await enter(session, twins.ours)
        await session.execute(
            text(
                "INSERT INTO test_depots (organization_id, id, name) "
                "VALUES (:ours, :theirs, 'same id as an organization')"
            ),
            {"ours": twins.ours, "theirs": twins.their_parcel},
        )
        with pytest.raises(DBAPIError) as error:
            await session.execute(
                text("UPDATE test_parcels SET owner_id = :theirs"), {"theirs": twins.their_person}
            )
        assert state_of(error.value) == "23503"


class TestLoginOfTheApp:
    """What the login that serves requests cannot do, whatever statement somebody smuggles in."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE event_log SET payload = NULL",
            "DELETE FROM event_log",
            "TRUNCATE event_log",
            "UPDATE check_ins SET value = 0",
            "DELETE FROM check_ins",
            "SELECT * FROM accounts",
            "SELECT * FROM memberships",
            "INSERT INTO memberships SELECT gen_random_uuid(), gen_random_uuid()",
            "DELETE FROM organizations",
            "INSERT INTO organizations (id, version, name, slug) "
            "VALUES (gen_random_uuid(), 1, 'x', 'xxx')",
            "ALTER TABLE people DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE people NO FORCE ROW LEVEL SECURITY",
            "DROP POLICY own_organization ON people",
            "CREATE POLICY everything ON people USING (true)",
            "DROP TABLE people",
            "TRUNCATE people",
            "CREATE TABLE public.mine (id int)",
            "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "SET ROLE postgres",
            "SET SESSION AUTHORIZATION postgres",
            "SET ROLE perfapi_worker",
            "ALTER ROLE current_user BYPASSRLS",
            "SELECT sequence_events(1, ARRAY[]::text[], ARRAY[]::text[])",
            "SELECT plan_schedules(ARRAY[]::text[], ARRAY[]::integer[])",
            "SELECT * FROM projections_behind(ARRAY[]::text[])",
            "SELECT * FROM pg_authid",
            "COPY people TO PROGRAM 'cat'",
            "UPDATE alembic_version SET version_num = 'x'",
        ],
    )
    async def test_is_refused(self, twins: Twins, statement: str) -> None:
        async with twins.app() as session:
            await enter(session, twins.ours)
            with pytest.raises(DBAPIError) as error:
                await session.execute(text(statement))
        assert state_of(error.value) == FORBIDDEN

    async def test_without_row_security_it_reads_nothing_instead_of_everything(
        self, twins: Twins
    ) -> None:
        async with twins.app() as session:
            await enter(session, twins.ours)
            await session.execute(text("SET LOCAL row_security = off"))
            with pytest.raises(DBAPIError) as error:
                await session.execute(text("SELECT * FROM people"))
        assert state_of(error.value) == FORBIDDEN

    async def test_sees_no_delivery_of_others(self, twins: Twins) -> None:
        async with twins.app() as session:
            await enter(session, twins.ours)
            found = await session.execute(text("SELECT organization_id FROM deliveries"))
            assert twins.theirs not in found.scalars().all()


class TestLoginOfTheWorker:
    @pytest.fixture(autouse=True)
    async def deliveries(self, twins: Twins) -> None:
        subscribed = {"topics": ["parcels.sent"], "names": ["tests.nobody"]}
        async with twins.worker.begin() as session:
            await session.execute(text("SELECT sequence_events(10, :topics, :names)"), subscribed)

    async def test_sees_the_deliveries_of_everybody_and_nothing_else(self, twins: Twins) -> None:
        tables = "test_parcels", "people", "organizations", "event_log", "sessions", "operations"
        async with twins.worker() as session:
            found = await session.execute(text("SELECT organization_id FROM deliveries"))
            assert set(found.scalars()) == {twins.ours, twins.theirs}
            for table in tables:
                count = await session.execute(text(f"SELECT count(*) FROM {table}"))
                assert count.scalar_one() == 0, table

    async def test_enters_an_organization_as_a_request_does(self, twins: Twins) -> None:
        async with in_organization(twins.worker, twins.theirs) as session:
            logged = (await session.scalars(select(LoggedEvent))).all()
            parcels = (await session.execute(text("SELECT id FROM test_parcels"))).scalars().all()
        assert {event.organization_id for event in logged} == {twins.theirs}
        assert parcels == [twins.their_parcel]

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM deliveries",
            "INSERT INTO deliveries SELECT * FROM deliveries",
            "SELECT * FROM accounts",
            "UPDATE event_log SET position = NULL",
            "ALTER TABLE deliveries DISABLE ROW LEVEL SECURITY",
            "SET ROLE postgres",
        ],
    )
    async def test_is_refused_the_rest(self, twins: Twins, statement: str) -> None:
        async with twins.worker() as session:
            with pytest.raises(DBAPIError) as error:
                await session.execute(text(statement))
        assert state_of(error.value) == FORBIDDEN

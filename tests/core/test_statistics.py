"""After a load, PostgreSQL knows how large its tables are."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions
from perfapi.core.statistics import look_at
from perfapi.domains.people.models import Person, Team
from tests.factories.organizations import an_organization
from tests.factories.people import a_person

_KNOWN = text("SELECT relname FROM pg_class WHERE reltuples >= 0 AND relkind = 'r'")


async def known(session: AsyncSession) -> set[str]:
    """Of the tables that nobody has looked at, the number of rows is -1."""
    return set(await session.scalars(_KNOWN))


class TestLookAt:
    async def test_looks_at_tables_and_their_versions(self, real_sessions: Sessions) -> None:
        async with real_sessions.begin() as session:
            await an_organization(session)
            await a_person(session)
            before = await known(session)
        async with real_sessions.begin() as session:
            await look_at(session, Person)
            after = await known(session)

        assert after - before == {"people", "people_history"}

    async def test_looks_at_all_without_a_name(self, real_sessions: Sessions) -> None:
        async with real_sessions.begin() as session:
            await an_organization(session)
            await a_person(session)
        async with real_sessions.begin() as session:
            await look_at(session)
            after = await known(session)

        assert {"people", "people_history", Team.__tablename__} <= after

    async def test_passes_over_what_is_not_ours(self, real_sessions: Sessions) -> None:
        async with real_sessions.begin() as session:
            await session.execute(text("SELECT look_at(ARRAY['pg_authid', 'x\"; DROP', ''])"))

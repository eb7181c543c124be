import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from perfapi.core.addresses import Unusable
from perfapi.core.connecting import connect
from perfapi.core.migrations import refuse_other_revision, revise, upgrade
from tests import servers
from tests.servers import Servers


async def check(url: str) -> None:
    async with connect(url, "SETTING") as connection:
        await refuse_other_revision(connection)


async def run(url: str, statement: str) -> None:
    async with connect(url, "SETTING") as connection:
        await connection.exec_driver_sql(statement)


async def tables(connection: AsyncConnection) -> int:
    found = await connection.exec_driver_sql(
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    )
    return int(found.scalar_one())


class TestUpgrade:
    async def test_there_is_nothing_to_do_the_second_time(
        self, test_servers: Servers, database: str
    ) -> None:
        url = test_servers.owner_url(database)
        await asyncio.to_thread(upgrade, url)
        await check(url)

    async def test_two_at_once_take_turns(self, test_servers: Servers) -> None:
        name = servers.fresh_name()
        owner = test_servers.owner_url("postgres")
        await run(owner, f"CREATE DATABASE {name}")
        try:
            url = test_servers.owner_url(name)
            await asyncio.gather(*[asyncio.to_thread(upgrade, url) for _ in range(2)])
            await check(url)
        finally:
            await test_servers.drop(name)

    async def test_a_login_that_owns_nothing_may_not(
        self, test_servers: Servers, database: str
    ) -> None:
        await run(test_servers.owner_url(database), "UPDATE alembic_version SET version_num='0001'")
        with pytest.raises(
            Unusable, match="PERFAPI_DATABASE_URL: a migration failed: permission denied"
        ):
            await asyncio.to_thread(upgrade, test_servers.app_url(database))

    async def test_a_database_of_something_else_is_refused(self, test_servers: Servers) -> None:
        name = servers.fresh_name()
        await run(test_servers.owner_url("postgres"), f"CREATE DATABASE {name}")
        url = test_servers.owner_url(name)
        try:
            await run(url, "CREATE TABLE organizations (theirs text)")
            with pytest.raises(Unusable, match='relation "organizations" already exists'):
                await asyncio.to_thread(upgrade, url)
        finally:
            await test_servers.drop(name)


class TestRevise:
    async def test_the_migrations_say_what_the_models_say(
        self, test_servers: Servers, database: str, tmp_path: Path
    ) -> None:
        """What autogenerate would add to the newest is nothing."""
        url = test_servers.owner_url(database)
        [path] = await asyncio.to_thread(revise, url, "nothing", into=tmp_path)
        assert path.parent == tmp_path
        assert " op." not in path.read_text()


class TestRefuseOtherRevision:
    async def test_the_app_and_the_worker_can_tell(
        self, test_servers: Servers, database: str
    ) -> None:
        await check(test_servers.app_url(database))
        await check(test_servers.worker_url(database))

    async def test_an_older_one_needs_migrating(self, test_servers: Servers, database: str) -> None:
        await run(test_servers.owner_url(database), "UPDATE alembic_version SET version_num='0001'")
        with pytest.raises(Unusable, match=r"is at revision 0001, .* run `perfapi migrate`"):
            await check(test_servers.app_url(database))

    async def test_an_empty_one_needs_migrating(self, test_servers: Servers) -> None:
        with pytest.raises(Unusable, match="is at revision nothing"):
            await check(test_servers.owner_url("postgres"))

    async def test_a_newer_one_is_not_touched(self, test_servers: Servers, database: str) -> None:
        url = test_servers.owner_url(database)
        await run(url, "UPDATE alembic_version SET version_num='9999'")
        for refused in (check(url), asyncio.to_thread(upgrade, url)):
            with pytest.raises(Unusable, match="9999, which this perfapi does not know"):
                await refused

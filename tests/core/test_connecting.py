import asyncio

import pytest
from sqlalchemy.engine import make_url

from perfapi.core.addresses import Unusable
from perfapi.core.connecting import connect, refuse_unreachable_redis
from perfapi.embedded.processes import free_port
from tests.servers import Servers


def changed(url: str, **parts: object) -> str:
    return make_url(url).set(**parts).render_as_string(hide_password=False)  # type: ignore[arg-type]


async def try_it(url: str) -> None:
    async with connect(url, "SETTING") as connection:
        await connection.exec_driver_sql("SELECT 1")


class TestConnect:
    async def test_each_statement_is_committed(self, test_servers: Servers, database: str) -> None:
        url = test_servers.owner_url(database)
        async with connect(url, "SETTING") as connection:
            await connection.exec_driver_sql("CREATE TABLE well ()")
        async with connect(url, "SETTING") as connection:
            await connection.exec_driver_sql("SELECT FROM well")

    async def test_nobody_listens(self) -> None:
        port = free_port()
        with pytest.raises(Unusable) as error:
            await try_it(f"postgresql+asyncpg://u:secret@127.0.0.1:{port}/d")
        assert str(error.value) == f"SETTING: 127.0.0.1:{port}/d: nobody listens there"

    async def test_somebody_else_listens(self) -> None:
        async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"SSH-2.0-other\r\n")
            writer.close()

        async with await asyncio.start_server(greet, "127.0.0.1", 0) as other:
            port = other.sockets[0].getsockname()[1]
            with pytest.raises(Unusable, match=f"^SETTING: 127.0.0.1:{port}/d: "):
                await try_it(f"postgresql+asyncpg://u:secret@127.0.0.1:{port}/d")
            with pytest.raises(Unusable, match=f"^PERFAPI_REDIS_URL: 127.0.0.1:{port}/0: "):
                await refuse_unreachable_redis(f"redis://127.0.0.1:{port}/0")

    async def test_the_host_does_not_exist(self) -> None:
        with pytest.raises(Unusable, match=r"^SETTING: nowhere\.invalid:1/d: \w"):
            await try_it("postgresql+asyncpg://u:secret@nowhere.invalid:1/d")

    async def test_the_password_is_wrong(self, test_servers: Servers) -> None:
        url = changed(test_servers.owner_url("postgres"), password="guessed")
        with pytest.raises(Unusable, match="password authentication failed") as error:
            await try_it(url)
        assert "guessed" not in str(error.value)

    async def test_the_database_does_not_exist(self, test_servers: Servers) -> None:
        with pytest.raises(Unusable, match='database "nothing" does not exist'):
            await try_it(test_servers.owner_url("nothing"))

    async def test_the_address_asks_for_what_nobody_knows(self, test_servers: Servers) -> None:
        url = test_servers.owner_url("postgres") + "?frobnicate=yes"
        with pytest.raises(Unusable, match=r"SETTING: .*frobnicate"):
            await try_it(url)

    async def test_the_server_is_too_old(self, test_servers: Servers) -> None:
        url = test_servers.owner_url("postgres")
        with pytest.raises(Unusable, match=r"is PostgreSQL \d+; perfapi needs 99 or newer"):
            async with connect(url, "SETTING", oldest=99):
                pass

    async def test_the_host_does_not_answer(self) -> None:
        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        async with await asyncio.start_server(listen, "127.0.0.1", 0) as silent:
            port = silent.sockets[0].getsockname()[1]
            with pytest.raises(Unusable, match=r"no answer within 0\.1 s"):
                async with connect(
                    f"postgresql+asyncpg://u:secret@127.0.0.1:{port}/d", "SETTING", patience=0.1
                ):
                    pass


class TestRefuseUnreachableRedis:
    async def test_one_that_answers_is_fine(self, test_servers: Servers) -> None:
        await refuse_unreachable_redis(test_servers.redis_url)

    async def test_nobody_listens(self) -> None:
        port = free_port()
        with pytest.raises(Unusable) as error:
            await refuse_unreachable_redis(f"redis://:secret@127.0.0.1:{port}/0")
        assert str(error.value) == f"PERFAPI_REDIS_URL: 127.0.0.1:{port}/0: nobody listens there"

    async def test_the_password_is_wrong(self, test_servers: Servers) -> None:
        place = test_servers.redis_url.rpartition("@")[2]
        with pytest.raises(Unusable, match=f"PERFAPI_REDIS_URL: {place}: wrong password"):
            await refuse_unreachable_redis(f"redis://:guessed@{place}")

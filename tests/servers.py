"""One PostgreSQL and one Valkey for a whole test run, and databases cloned from a migrated one.

The process that controls the run starts the servers and hands their addresses to its workers. The
schema comes from the migrations, and tests act as the app's login, which owns nothing.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy.engine import make_url

from perfapi.core import rls
from perfapi.core.migrations import upgrade
from perfapi.embedded.postgres import EmbeddedPostgres
from perfapi.embedded.valkey import EmbeddedValkey

TEMPLATE = "migrated"
APP, WORKER, PASSWORD = "tests_app", "tests_worker", "only-on-loopback"


@dataclass(frozen=True)
class Servers:
    """Addresses, plain enough to be sent to another process."""

    administrator_url: str
    redis_url: str

    def app_url(self, database: str) -> str:
        return self._url(database, APP)

    def worker_url(self, database: str) -> str:
        return self._url(database, WORKER)

    def owner_url(self, database: str) -> str:
        url = make_url(self.administrator_url).set(database=database)
        return url.render_as_string(hide_password=False)

    def _url(self, database: str, user: str) -> str:
        url = make_url(self.administrator_url)
        url = url.set(database=database, username=user, password=PASSWORD)
        return url.render_as_string(hide_password=False)

    async def clone(self, name: str) -> None:
        await self._administer(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')

    async def drop(self, name: str) -> None:
        await self._administer(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def _administer(self, statement: str) -> None:
        import asyncpg

        plain = self.owner_url("postgres").replace("postgresql+asyncpg", "postgresql")
        connection = await asyncpg.connect(plain)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running(*, durable: bool = False) -> Iterator[Servers]:
    """`durable` as in production: slower, for what is measured."""
    with tempfile.TemporaryDirectory(prefix="perfapi-tests-") as folder:
        # The server's own user must be able to walk here when root runs the tests.
        Path(folder).chmod(0o755)
        postgres = EmbeddedPostgres(Path(folder) / "postgres", durable=durable)
        valkey = EmbeddedValkey(Path(folder) / "valkey", durable=durable)
        with postgres, valkey:
            yield prepare(postgres, valkey)


def prepare(postgres: EmbeddedPostgres, valkey: EmbeddedValkey) -> Servers:
    """Makes the logins and the migrated template in a server that knows neither."""
    postgres.execute(
        f"CREATE ROLE {rls.APP} NOLOGIN; CREATE ROLE {rls.WORKER} NOLOGIN;"
        f"GRANT {rls.APP} TO {rls.WORKER};"
        f"CREATE ROLE {APP} LOGIN PASSWORD '{PASSWORD}' IN ROLE {rls.APP};"
        f"CREATE ROLE {WORKER} LOGIN PASSWORD '{PASSWORD}' IN ROLE {rls.WORKER};"
        f"CREATE DATABASE {TEMPLATE};"
    )
    servers = Servers(postgres.url(), valkey.url())
    upgrade(servers.owner_url(TEMPLATE))
    return servers


def fresh_name() -> str:
    return f"tests_{uuid4().hex[:12]}"


def run(coroutine: object) -> None:
    asyncio.run(coroutine)  # type: ignore[arg-type]

"""A database with a company in it, and processes that serve it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import psutil

from perfapi.core.db import Sessions, create_engine, create_sessions
from perfapi.embedded.processes import free_port
from tests import servers
from tests.installations import environment
from tests.servers import Servers

from .company import PASSWORD, Company, found
from .load import ROOT
from .processes import Process


@dataclass(frozen=True)
class House:
    servers: Servers
    database: str
    home: Path
    connection: asyncpg.Connection
    """The administrator's, whom row-level security does not concern."""
    sessions: Sessions
    """The worker's."""
    company: Company

    def environment(self, **more: object) -> dict[str, str]:
        return environment(
            self.home,
            database_app_url=self.servers.app_url(self.database),
            database_worker_url=self.servers.worker_url(self.database),
            redis_url=self.servers.redis_url,
            rate_limits=False,
            log_format="json",
            frontend=ROOT / "frontend" / "dist",
            **more,
        )

    @property
    def owner_address(self) -> str:
        return plain(self.servers.owner_url(self.database))

    @asynccontextmanager
    async def api(self) -> AsyncIterator["Api"]:
        port = free_port("127.0.0.1")
        env = self.environment(port=port)
        process = Process("perfapi.cli", "api", log=self.home / "api.log", env=env)
        async with _serving(process, port) as api:
            yield api

    @asynccontextmanager
    async def served(self, application: str, ready: str = "/") -> AsyncIterator["Api"]:
        """Another application, by the same server with the same settings."""
        port = free_port("127.0.0.1")
        env = self.environment(port=port) | {
            "BENCH_DATABASE": self.owner_address,
            "BENCH_ORGANIZATION": str(self.company.organization),
        }
        log = self.home / f"{application.split(':')[0]}.log"
        process = Process("tests.bench.serve", application, str(port), log=log, env=env)
        async with _serving(process, port, ready) as api:
            yield api

    async def cpu_of_postgres(self) -> float:
        """Seconds of processor that the sessions in this database have used."""
        return sum((await self.cpu_of_sessions(self.database)).values())

    async def cpu_of_sessions(self, database: str) -> dict[int, float]:
        """By the number of the process; sessions end with the connection."""
        sessions = await self.connection.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = $1 "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
            database,
        )
        used = {}
        for row in sessions:
            with suppress(psutil.NoSuchProcess):
                times = psutil.Process(row["pid"]).cpu_times()
                used[row["pid"]] = times.user + times.system
        return used


@dataclass(frozen=True)
class Api:
    process: Process
    address: str
    seconds_to_ready: float

    async def sign_in(self, email: str) -> dict[str, str]:
        """The headers of a session, which is good for ten minutes."""
        async with httpx.AsyncClient(base_url=self.address, timeout=20) as client:
            credentials = {"email": email, "password": PASSWORD}
            answer = await client.post("/v1/auth/sessions", json=credentials)
            answer.raise_for_status()
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}


@asynccontextmanager
async def _serving(process: Process, port: int, ready: str = "/readyz") -> AsyncIterator[Api]:
    address = f"http://127.0.0.1:{port}"
    try:
        yield Api(process, address, await process.answers(address + ready))
    finally:
        process.stop()


@asynccontextmanager
async def house(running: Servers, home: Path, people: int) -> AsyncIterator[House]:
    name = servers.fresh_name()
    await running.clone(name)
    connection = await asyncpg.connect(plain(running.owner_url(name)))
    engine = create_engine(running.worker_url(name), pool_size=10)
    sessions = create_sessions(engine)
    try:
        company = await found(connection, sessions, people)
        yield House(running, name, home, connection, sessions, company)
    finally:
        await engine.dispose()
        await connection.close()
        await running.drop(name)


def plain(url: str) -> str:
    """For asyncpg without SQLAlchemy."""
    return url.replace("postgresql+asyncpg", "postgresql")

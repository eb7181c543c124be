"""perfapi in processes of its own, with servers of its own, all of which tests may kill."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx

from perfapi.core.db import Sessions, create_engine, create_sessions
from perfapi.embedded.postgres import EmbeddedPostgres
from perfapi.embedded.processes import StartFailed, free_port
from perfapi.embedded.server import EmbeddedServer
from perfapi.embedded.valkey import EmbeddedValkey
from tests.conftest import a_mailer
from tests.installations import environment
from tests.servers import Servers, fresh_name

RECOVERY = 60.0
"""Seconds within which everything works again and nothing waits, without help."""
_ROOT = Path(__file__).parents[2]
_OURS = {"PYTHONPATH": f"{_ROOT / 'src'}{os.pathsep}{_ROOT}"}
"""What is tested is what stands beside these tests, wherever perfapi is installed."""
_MARKS = (
    "CREATE TABLE effects (event_id uuid);"
    "CREATE TABLE facts_read (organization_id uuid, position bigint, event_id uuid, "
    "turn bigint GENERATED ALWAYS AS IDENTITY);"
    "GRANT INSERT ON effects, facts_read TO perfapi_worker;"
)


@dataclass
class House:
    """An API, a worker, a PostgreSQL and a Valkey; whoever of them dies is started again, as the
    supervisor does."""

    folder: Path
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    servers: Servers
    database: str
    port: int
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is asked of a process besides its work: `{"worker": {"FAULTS_CRASH": ...}}`."""

    def __post_init__(self) -> None:
        servers: list[EmbeddedServer] = [self.postgres, self.valkey]
        self._ports = [(server, server.port) for server in servers]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def start(self, name: str) -> None:
        settings = environment(
            self.home,
            port=self.port,
            database_app_url=self.servers.app_url(self.database),
            database_worker_url=self.servers.worker_url(self.database),
            redis_url=self.valkey.url(),
            log_level="WARNING",
        )
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"tests.faults.inside.{name}"],
                env=settings
                | _OURS
                | {"FAULTS_FOLDER": str(self.folder)}
                | self.asked.get(name, {}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        process = self.processes[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def mend(self) -> None:
        self.mend_servers()
        for name, process in self.processes.items():
            if process.poll() is not None:
                self.start(name)

    def mend_servers(self) -> None:
        for server, port in self._ports:
            if not server.is_running:
                server.stop()
                with suppress(StartFailed):  # killed while it started: the next turn mends it
                    server.start(port=port)

    @asynccontextmanager
    async def mended(self) -> AsyncIterator[None]:
        """Who dies meanwhile is started again."""

        async def watch() -> None:
            while not is_over:
                await asyncio.to_thread(self.mend)
                await asyncio.sleep(0.2)

        is_over = False
        watching = asyncio.create_task(watch())
        try:
            yield
        finally:
            is_over = True  # and not cancelled: what it began to start would go on by itself
            await watching

    async def ask(self, name: str, **wanted: str) -> None:
        """Starts a process anew with these variables; without them as usual."""
        if wanted != self.asked.get(name, {}):
            self.asked[name] = wanted
            for marker in self.folder.glob("crashed-*"):
                marker.unlink()
            await asyncio.to_thread(self.kill, name)
            self.start(name)

    async def is_ready(self) -> bool:
        async with httpx.AsyncClient(base_url=self.address, timeout=5) as client:
            with suppress(httpx.HTTPError):
                return (await client.get("/readyz")).status_code == 200
        return False

    async def until_ready(self) -> None:
        async with asyncio.timeout(RECOVERY):
            while True:
                if await self.is_ready():
                    return
                await asyncio.sleep(0.1)

    async def until_crashed(self, times: int) -> None:
        """Until processes have killed themselves so often, and all is well again."""
        async with asyncio.timeout(RECOVERY):
            while True:
                if len(list(self.folder.glob("crashed-*"))) >= times:
                    break
                await asyncio.sleep(0.1)
        await self.until_ready()

    async def execute(self, sql: str) -> None:
        async with self._owner() as connection:
            await connection.execute(sql)

    async def fetch(self, sql: str, *given: object) -> list[asyncpg.Record]:
        async with self._owner() as connection:
            return list(await connection.fetch(sql, *given))

    @asynccontextmanager
    async def locked(self, table: str) -> AsyncIterator[None]:
        """Nobody else can touch the table meanwhile."""
        async with self._owner() as connection, connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            yield

    @asynccontextmanager
    async def _owner(self) -> AsyncIterator[asyncpg.Connection]:
        address = self.servers.owner_url(self.database).replace("+asyncpg", "")
        connection = await asyncpg.connect(address)
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def sessions(self) -> AsyncIterator[Sessions]:
        """Those of a worker, in the test's own process."""
        engine = create_engine(self.servers.worker_url(self.database), pool_size=2)
        yield create_sessions(engine, mailer=a_mailer())
        await engine.dispose()


@asynccontextmanager
async def running(
    folder: Path, postgres: EmbeddedPostgres, valkey: EmbeddedValkey, servers: Servers
) -> AsyncIterator[House]:
    """A house with a database of its own."""
    name = fresh_name()
    await servers.clone(name)
    house = House(folder, postgres, valkey, servers, name, free_port("127.0.0.1"))
    await house.execute(_MARKS)
    try:
        house.start("api")
        house.start("worker")
        await house.until_ready()
        yield house
    finally:
        for process in house.processes:
            house.kill(process)
        house.mend_servers()
        await servers.drop(name)

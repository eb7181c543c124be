"""perfapi in processes of its own, which tests kill, and a small company that checks in."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import pytest

from perfapi.core import discovery
from perfapi.core.db import Sessions
from perfapi.domains.auth.passwords import Hasher
from perfapi.domains.auth.service import join_account
from perfapi.domains.goals.models import Driver
from perfapi.embedded.processes import free_port
from perfapi.embedded.valkey import EmbeddedValkey
from tests.factories.goals import a_goal, a_key_result
from tests.factories.organizations import an_organization
from tests.factories.people import a_person
from tests.installations import environment
from tests.servers import Servers

list(discovery.modules("jobs"))  # as the worker does

PATIENCE = 150.0
PASSWORD = "four words and a number 7"


@dataclass
class House:
    """An API, a worker that is started again when it dies, and a Valkey of their own."""

    address: str
    valkey: EmbeddedValkey
    environment: dict[str, str]
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def start_worker(self) -> None:
        self.start("worker", "tests.faults.worker")

    def mend_worker(self) -> None:
        if self.processes["worker"].poll() is not None:
            self.start_worker()

    def kill(self, name: str) -> None:
        process = self.processes[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_valkey(self) -> int:
        """Answers its port."""
        assert self.valkey.process is not None
        assert self.valkey.port is not None
        self.valkey.process.kill()
        self.valkey.process.wait()
        return self.valkey.port

    def stop(self) -> None:
        for name in self.processes:
            self.kill(name)


@pytest.fixture
def house(tmp_path: Path, test_servers: Servers, database: str) -> Iterator[House]:
    tmp_path.chmod(0o755)
    port = free_port("127.0.0.1")
    with ExitStack() as stack:
        valkey = EmbeddedValkey(tmp_path / "valkey")
        stack.callback(valkey.stop)
        valkey.start()
        settings = environment(
            tmp_path / "home",
            port=port,
            database_app_url=test_servers.app_url(database),
            database_worker_url=test_servers.worker_url(database),
            redis_url=valkey.url(),
            log_level="ERROR",
        )
        house = House(f"http://127.0.0.1:{port}", valkey, settings)
        stack.callback(house.stop)
        house.start("api", "perfapi.cli", "api")
        house.start_worker()
        yield house


@dataclass(frozen=True)
class Company:
    organization: UUID
    email: str
    key_results: list[UUID]


@pytest.fixture
async def company(real_sessions: Sessions, test_servers: Servers, database: str) -> Company:
    """Three goals under one, each with a key result, and a table for effects."""
    await as_owner(
        test_servers,
        database,
        "CREATE TABLE effects (event_id uuid); GRANT INSERT ON effects TO perfapi_worker",
    )
    hasher = Hasher()
    async with real_sessions.begin() as session:
        organization = await an_organization(session)
        ada = await a_person(session, "Ada", email="ada@example.com")
        await join_account(session, ada, await hasher.hash(PASSWORD))
        top = await a_goal(session, ada, "Top", driver=Driver.GOALS)
        key_results = []
        for number in range(3):
            goal = await a_goal(session, ada, f"Goal {number}", under=top)
            measure = await a_key_result(session, goal, start="0", target="1000")
            key_results.append(measure.id)
    hasher.close()
    return Company(organization, "ada@example.com", key_results)


@pytest.fixture
async def client(house: House, company: Company) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.address, timeout=10) as client:
        deadline = time.monotonic() + PATIENCE
        while True:
            with suppress(httpx.TransportError):
                if (await client.get("/readyz")).status_code == 200:
                    break
            assert time.monotonic() < deadline, "the API does not start"
            await asyncio.sleep(0.1)
        credentials = {"email": company.email, "password": PASSWORD}
        signed_in = await client.post("/v1/auth/sessions", json=credentials)
        assert signed_in.status_code == 201, signed_in.text
        client.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"
        yield client


async def as_owner(servers: Servers, database: str, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(servers.owner_url(database).replace("+asyncpg", ""))
    try:
        if "; " in sql:
            await connection.execute(sql)
            return []
        return list(await connection.fetch(sql))
    finally:
        await connection.close()

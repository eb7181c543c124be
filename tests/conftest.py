import json
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from perfapi.adapters.mail import Mailer, Nowhere
from perfapi.app import create_app
from perfapi.core import discovery
from perfapi.core.db import Sessions, create_engine, create_sessions
from perfapi.core.settings import Settings
from perfapi.domains.people.models import Person
from tests import servers
from tests.clients import Client
from tests.factories.organizations import an_organization
from tests.servers import Servers

_SERVERS = pytest.StashKey[Servers]()
_RUNNING = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without-servers", action="store_true", help="for tests of pure functions")
    parser.addoption("--servers", help="addresses of servers that run already, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    handed = getattr(config, "workerinput", {}).get("servers")
    if handed := handed or json.loads(config.option.servers or "null"):
        config.stash[_SERVERS] = Servers(**handed)
    elif not (config.option.collectonly or config.option.without_servers):
        config.stash[_RUNNING] = stack = ExitStack()
        config.stash[_SERVERS] = stack.enter_context(servers.running())


LONGEST = (
    "contract/test_fuzzing.py",
    "test_supervisor.py",
    "domains/goals/test_demo.py",
    "domains/goals/test_as_of.py",
    "faults/",
)
"""Begun first (`--no-loadscope-reorder`), so that none of them is left alone in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        found = (at for at, part in enumerate(LONGEST) if part in item.nodeid)
        return next(found, len(LONGEST))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    if found := node.config.stash.get(_SERVERS, None):
        node.workerinput["servers"] = asdict(found)


def pytest_unconfigure(config: pytest.Config) -> None:
    if stack := config.stash.get(_RUNNING, None):
        stack.close()


@pytest.fixture(scope="session")
def test_servers(pytestconfig: pytest.Config) -> Servers:
    return pytestconfig.stash[_SERVERS]


@pytest.fixture(scope="session")
async def shared_engine(test_servers: Servers) -> AsyncIterator[AsyncEngine]:
    """This process's database, in which every test's transaction is rolled back."""
    name = servers.fresh_name()
    await test_servers.clone(name)
    engine = create_engine(test_servers.app_url(name), pool_size=5)
    yield engine
    await engine.dispose()
    await test_servers.drop(name)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, test_servers: Servers) -> FastAPI:
    list(discovery.modules("jobs"))
    return create_app(
        test_settings(tmp_path_factory.mktemp("home"), redis_url=test_servers.redis_url)
    )


def test_settings(home: Path, **more: Any) -> Settings:
    return Settings(home=home, rate_limits=False, log_level="ERROR", **more)


test_settings.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture
async def sessions(shared_engine: AsyncEngine) -> AsyncIterator[Sessions]:
    """Sessions on one connection whose transaction ends with the test."""
    async with shared_engine.connect() as connection:
        transaction = await connection.begin()
        yield async_sessionmaker(
            connection,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
            info={"mailer": a_mailer()},
        )
        await transaction.rollback()


@pytest.fixture
async def session(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """A session in an organization of its own ("Acme", in UTC)."""
    async with sessions() as session:
        await an_organization(session, "Acme")
        yield session


@pytest.fixture
def as_person(
    app: FastAPI, sessions: Sessions, session: AsyncSession
) -> Callable[[Person], Client]:
    """`await as_person(ada).get("/goals")`: requests of a signed-in person, over HTTP."""
    app.state.sessions = sessions
    return lambda person: Client(app, session, person)


@pytest.fixture
async def nobody(app: FastAPI, sessions: Sessions) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is not signed in."""
    app.state.sessions = sessions
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/v1") as client:
        yield client


@pytest.fixture
async def database(test_servers: Servers) -> AsyncIterator[str]:
    """The name of a database of the test's own, for what needs real commits."""
    name = servers.fresh_name()
    await test_servers.clone(name)
    yield name
    await test_servers.drop(name)


@pytest.fixture
async def real_sessions(test_servers: Servers, database: str) -> AsyncIterator[Sessions]:
    """Sessions that really commit, with the worker's login, in `database`."""
    engine = create_engine(test_servers.worker_url(database), pool_size=10)
    yield create_sessions(engine, mailer=a_mailer())
    await engine.dispose()


def a_mailer() -> Mailer:
    return Mailer(Nowhere(), "perfapi <perfapi@test.example>", "http://test", b"k" * 32)


@pytest.fixture
def real_data() -> Path:
    """The folder of real input beside the repository, where it is at hand."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real input beside the repository; the sample has the same quirks")
    return folder

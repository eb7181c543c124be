"""Core is tested by a small domain of its own (`parcels`): its tables, its routes, its events."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from perfapi.app import create_app
from perfapi.core import deliveries, events, operations, projections
from perfapi.core.db import Sessions, create_engine, create_sessions
from tests import servers
from tests.conftest import test_settings
from tests.core import parcels
from tests.core.live import Live, sign_in
from tests.servers import Servers


@pytest.fixture(scope="session")
async def shared_engine(test_servers: Servers) -> AsyncIterator[AsyncEngine]:
    name = servers.fresh_name()
    await test_servers.clone(name)
    await parcels.build(test_servers.owner_url(name))
    engine = create_engine(test_servers.app_url(name), pool_size=5)
    yield engine
    await engine.dispose()
    await test_servers.drop(name)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, test_servers: Servers) -> FastAPI:
    app = create_app(test_settings(tmp_path_factory.mktemp("home")))
    app.include_router(parcels.router, prefix="/v1")
    return app


@pytest.fixture
async def database(test_servers: Servers) -> AsyncIterator[str]:
    name = servers.fresh_name()
    await test_servers.clone(name)
    await parcels.build(test_servers.owner_url(name))
    yield name
    await test_servers.drop(name)


@pytest.fixture(scope="session")
async def lasting(test_servers: Servers) -> AsyncIterator[str]:
    """The name of a database where tests really commit, kept apart by their organizations."""
    name = servers.fresh_name()
    await test_servers.clone(name)
    await parcels.build(test_servers.owner_url(name))
    yield name
    await test_servers.drop(name)


@pytest.fixture(scope="session")
async def app_sessions(test_servers: Servers, lasting: str) -> AsyncIterator[Sessions]:
    engine = create_engine(test_servers.app_url(lasting), pool_size=10)
    yield create_sessions(engine)
    await engine.dispose()


@pytest.fixture
async def worker_sessions(
    test_servers: Servers, lasting: str, registries: None
) -> AsyncIterator[Sessions]:
    """With the worker's login, nothing left to do from other tests, and nobody subscribed."""
    engine = create_engine(test_servers.worker_url(lasting), pool_size=10)
    sessions = create_sessions(engine)
    while await deliveries.sequence(sessions):
        pass
    async with sessions.begin() as session:
        await session.execute(text("UPDATE deliveries SET state = 'done'"))
    yield sessions
    await engine.dispose()


@pytest.fixture
async def live(app: FastAPI, app_sessions: Sessions) -> AsyncIterator[Live]:
    """An administrator's requests, in an organization of the test's own, that really commit."""
    app.state.sessions = app_sessions
    async with await sign_in(app, app_sessions) as client:
        yield client


@pytest.fixture
def registries() -> Iterator[None]:
    """Subscribers, schedules, aggregates and operations of the test alone."""
    held: list[dict[str, Any]] = [
        events.SUBSCRIBERS,
        events.PATIENCE,
        events._BY_TOPIC,
        deliveries.SCHEDULES,
        projections.PROJECTIONS,
        operations.KINDS,
    ]
    before = [dict(registry) for registry in held]
    for registry in held:
        registry.clear()
    yield
    for registry, content in zip(held, before, strict=True):
        registry.clear()
        registry.update(content)

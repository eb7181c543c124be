"""The worker with a queue of its own: it wakes up, and loses nothing when the queue is lost."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from arq.connections import ArqRedis, RedisSettings, create_pool
from arq.worker import Worker
from redis.asyncio import Redis
from sqlalchemy import func, select

from perfapi.core import deliveries, jobs
from perfapi.core.db import Sessions, in_organization
from perfapi.core.deliveries import sequence
from perfapi.core.events import on, publish
from perfapi.core.jobs import QUEUE, create_worker, enqueue, run_operation
from perfapi.core.operations import (
    Operation,
    OperationRequested,
    Work,
    operation,
    request_operation,
)
from perfapi.embedded.valkey import EmbeddedValkey
from tests.core.parcels import Depot, ParcelSent
from tests.core.test_deliveries import nothing, pass_time, subscribe
from tests.factories.organizations import an_organization

# arq's own way to close its pool.
pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated close:DeprecationWarning")


@pytest.fixture(scope="module")
def valkey() -> Iterator[EmbeddedValkey]:
    """Its own, since workers of other test processes would take its jobs."""
    with tempfile.TemporaryDirectory(prefix="perfapi-queue-") as folder:
        Path(folder).chmod(0o755)  # where root runs the tests, the server is another user
        with EmbeddedValkey(Path(folder) / "valkey", durable=False) as server:
            yield server


@pytest.fixture
async def queue(valkey: EmbeddedValkey) -> AsyncIterator[ArqRedis]:
    pool = await create_pool(RedisSettings.from_dsn(valkey.url()))
    await pool.flushall()
    yield pool
    await pool.aclose()


@pytest.fixture
def sessions(worker_sessions: Sessions) -> Sessions:
    on(OperationRequested)(run_operation)
    return worker_sessions


@pytest.fixture
async def acme(sessions: Sessions) -> UUID:
    async with sessions.begin() as session:
        return await an_organization(session)


def a_worker(sessions: Sessions, url: str) -> Worker:
    worker = create_worker(sessions, url)
    for number in (signal.SIGINT, signal.SIGTERM):  # these belong to whoever runs the tests
        asyncio.get_running_loop().remove_signal_handler(number)
    return worker


async def _as_worker(worker: Worker, valkey: EmbeddedValkey) -> ArqRedis:
    """The connection that the relay of this worker has."""
    return await create_pool(
        RedisSettings.from_dsn(valkey.url()),
        job_serializer=worker.job_serializer,
        job_deserializer=worker.job_deserializer,
    )


@asynccontextmanager
async def working(sessions: Sessions, url: str) -> AsyncIterator[None]:
    worker = a_worker(sessions, url)
    running = asyncio.create_task(worker.async_run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await worker.close()


async def eventually(check: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(200):
        if await check():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen within ten seconds")


async def send(sessions: Sessions, organization: UUID, count: int) -> None:
    async with in_organization(sessions, organization) as session:
        publish(session, *(ParcelSent(parcel_id=uuid4(), step=n) for n in range(count)), by=None)


async def effects(sessions: Sessions, organization: UUID) -> int:
    async with in_organization(sessions, organization) as session:
        return (await session.scalars(select(func.count()).select_from(Depot))).one()


async def test_events_and_operations_are_carried_out(
    sessions: Sessions, acme: UUID, queue: ArqRedis, valkey: EmbeddedValkey
) -> None:
    subscribe(nothing)

    @operation
    async def count(given: Work) -> dict[str, Any]:
        return {"counted": 1}

    await send(sessions, acme, 5)
    async with in_organization(sessions, acme) as session:
        asked = await request_operation(session, "count", by=None)

    async def done() -> bool:
        async with in_organization(sessions, acme) as session:
            ended = await session.get_one(Operation, (acme, asked.id))
        return ended.result == {"counted": 1} and await effects(sessions, acme) == 5

    async with working(sessions, valkey.url()):
        await eventually(done)
    assert await effects(sessions, acme) == 5


async def test_what_was_published_before_the_worker_began_is_not_lost(
    sessions: Sessions, acme: UUID, queue: ArqRedis, valkey: EmbeddedValkey
) -> None:
    subscribe(nothing)
    await send(sessions, acme, 2)
    await sequence(sessions)
    await enqueue(queue, sessions)
    await queue.flushall()  # the queue forgot all of it

    async def done() -> bool:
        return await effects(sessions, acme) == 2

    async with working(sessions, valkey.url()):
        await eventually(done)


async def test_a_relay_that_stumbles_goes_on(
    sessions: Sessions,
    acme: UUID,
    queue: ArqRedis,
    valkey: EmbeddedValkey,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    subscribe(nothing)
    stumbles = iter([ConnectionError("gone"), ZeroDivisionError()])
    relay = jobs.relay

    async def stumbling(given: Sessions, queue: ArqRedis) -> None:
        if error := next(stumbles, None):
            raise error
        await relay(given, queue)

    monkeypatch.setattr(jobs, "relay", stumbling)
    monkeypatch.setattr(jobs, "STUMBLE_PAUSE", 0.05)
    await send(sessions, acme, 1)

    async def done() -> bool:
        return await effects(sessions, acme) == 1

    async with working(sessions, valkey.url()):
        await eventually(done)
    assert caplog.text.count("the relay stumbled and goes on") == 2


class TestEnqueue:
    async def test_a_job_that_is_queued_already_is_not_doubled(
        self, sessions: Sessions, acme: UUID, queue: ArqRedis
    ) -> None:
        subscribe(nothing)
        await send(sessions, acme, 3)
        await sequence(sessions)

        counts = [await enqueue(queue, sessions) for _ in range(3)]

        assert counts == [3, 3, 3]
        assert await queue.zcard(QUEUE) == 3

    async def test_the_next_attempt_does_not_wait_for_what_the_queue_believes(
        self, sessions: Sessions, acme: UUID, queue: ArqRedis, valkey: EmbeddedValkey
    ) -> None:
        """A worker was killed: its job is still marked as running, for hours."""
        subscribe(nothing)
        await send(sessions, acme, 1)
        await sequence(sessions)
        await enqueue(queue, sessions)
        (job_id,) = await queue.zrange(QUEUE, 0, -1)
        await queue.psetex(b"arq:in-progress:" + job_id, 4 * 3600_000, b"1")
        (one,) = await deliveries.waiting(sessions)
        await deliveries.claim(sessions, acme, one.delivery)
        await pass_time(sessions, deliveries.LEASE.total_seconds() + 1)

        async def done() -> bool:
            return await effects(sessions, acme) == 1

        async with working(sessions, valkey.url()):
            await eventually(done)

    async def test_a_worker_that_was_killed_before_it_claimed_holds_up_nobody(
        self,
        sessions: Sessions,
        acme: UUID,
        queue: ArqRedis,
        valkey: EmbeddedValkey,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """It had taken the job from the queue, and nothing more: no attempt is counted."""
        monkeypatch.setattr(deliveries, "LEASE", timedelta(seconds=1))
        subscribe(nothing)
        await send(sessions, acme, 1)
        await sequence(sessions)
        killed = a_worker(sessions, valkey.url())
        pool = await _as_worker(killed, valkey)
        await enqueue(pool, sessions)
        await pool.aclose()
        (job_id,) = await queue.zrange(QUEUE, 0, -1)
        taken = int(killed.in_progress_timeout_s * 1000)
        await queue.psetex(b"arq:in-progress:" + job_id, taken, b"1")
        await queue.incr(b"arq:retry:" + job_id)

        async def done() -> bool:
            return await effects(sessions, acme) == 1

        async with working(sessions, valkey.url()):
            await eventually(done)

    async def test_an_operation_that_outlasts_its_lease_is_handed_out_once(
        self,
        sessions: Sessions,
        acme: UUID,
        queue: ArqRedis,
        valkey: EmbeddedValkey,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """The second run would find nothing to do, and the first one its job gone."""
        monkeypatch.setattr(deliveries, "LEASE", timedelta(seconds=0.6))

        @operation
        async def outlast(given: Work) -> dict[str, Any]:
            await asyncio.sleep(2)
            return {}

        async with in_organization(sessions, acme) as session:
            asked = await request_operation(session, "outlast", by=None)

        async def ended() -> bool:
            async with in_organization(sessions, acme) as session:
                found = await session.get_one(Operation, (acme, asked.id))
                return found.ended_at is not None and await queue.zcard(QUEUE) == 0

        async with working(sessions, valkey.url()):
            await eventually(ended)

        assert [one.getMessage() for one in caplog.records if one.name == "arq.worker"] == []

    async def test_jobs_hold_ids_and_are_no_code(
        self, sessions: Sessions, acme: UUID, queue: ArqRedis, valkey: EmbeddedValkey
    ) -> None:
        subscribe(nothing)
        await send(sessions, acme, 1)

        async def queued() -> list[str]:
            return [key async for key in plain.scan_iter("arq:job:*")]

        plain: Redis = Redis.from_url(valkey.url())
        worker = a_worker(sessions, valkey.url())
        await sequence(sessions)
        pool = await _as_worker(worker, valkey)
        await enqueue(pool, sessions)
        (key,) = await queued()
        content = await plain.get(key)
        await pool.aclose()
        await plain.aclose()

        assert content is not None
        assert content.startswith(b'{"t":'), "JSON, not pickle"
        assert str(acme).encode() in content

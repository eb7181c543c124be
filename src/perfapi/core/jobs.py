"""The worker: the only file that knows arq.

PostgreSQL is the record of what is to be done. The relay enqueues what waits there, one arq job
per delivery with the delivery's id; all of the queue may be lost and is filled again.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from arq.connections import ArqRedis, RedisSettings
from arq.constants import in_progress_key_prefix
from arq.worker import Worker
from arq.worker import func as function
from pydantic_core import from_json, to_json
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from . import chain, deliveries, projections
from .db import Sessions, in_organization
from .errors import Problem
from .events import LoggedEvent, on, subscriber_name
from .operations import KINDS, Operation, OperationRequested, OperationStatus, Work

log = logging.getLogger(__name__)

QUEUE = "perfapi:deliveries"
RELAY_PAUSE, STUMBLE_PAUSE, SWEEP_PAUSE, SCHEDULE_PAUSE = 0.25, 1.0, 2.0, 30.0
LONGEST_DELIVERY, LONGEST_OPERATION = 60, 4 * 3600


@on(OperationRequested)
async def run_operation(
    session: AsyncSession, event: OperationRequested, event_id: UUID
) -> None:  # pragma: no cover -- `_work` takes these deliveries: they outlast one transaction
    raise NotImplementedError


_OPERATIONS = subscriber_name(run_operation)


async def deliver(ctx: dict[Any, Any], organization: str, delivery: str) -> None:
    await deliveries.deliver(ctx["sessions"], UUID(organization), UUID(delivery))


async def operate(ctx: dict[Any, Any], organization: str, delivery: str) -> None:
    async def hold() -> None:
        """Else the queue takes the job for lost after a lease, and hands it out again."""
        lease = int(deliveries.LEASE.total_seconds() * 1000)
        await ctx["redis"].psetex(in_progress_key_prefix + ctx["job_id"], lease, b"1")

    holding = asyncio.create_task(_keep(hold))
    try:
        await work(ctx["sessions"], UUID(organization), UUID(delivery))
    finally:
        holding.cancel()


async def work(sessions: Sessions, organization: UUID, delivery_id: UUID) -> None:
    """Runs the operation behind a delivery, keeping the lease while it goes on."""
    claimed = await deliveries.claim(sessions, organization, delivery_id)
    if claimed is None:
        return

    async def renew() -> None:
        await deliveries.renew(sessions, organization, delivery_id)

    keeping = asyncio.create_task(_keep(renew))
    try:
        claimed.refuse_killers()
        async with in_organization(sessions, organization) as session:
            task = await _begin(session, sessions, organization, delivery_id, renew)
        result = None if task is None else await KINDS[task[0]](task[1])
    except Problem as refusal:
        await _end(sessions, organization, delivery_id, None, refusal.detail or refusal.title)
    except Exception as error:
        if claimed.is_last:
            await _end(sessions, organization, delivery_id, None, "It failed again and again.")
        await deliveries.fail(sessions, organization, delivery_id, claimed, error)
    else:
        await _end(sessions, organization, delivery_id, result, None)
    finally:
        keeping.cancel()


async def _keep(renew: Callable[[], Awaitable[None]]) -> None:
    """Whoever works keeps the lease, however rarely there is progress to tell."""
    while True:
        await asyncio.sleep(deliveries.LEASE.total_seconds() / 3)
        with suppress(Exception):  # there are two more times before it runs out
            await renew()


async def _operation_of(session: AsyncSession, delivery_id: UUID) -> Operation:
    asked = (
        select(Operation)
        .join(LoggedEvent, LoggedEvent.subject_id == Operation.id)
        .join(deliveries.Delivery, deliveries.Delivery.event_id == LoggedEvent.id)
        .where(deliveries.Delivery.id == delivery_id)
        .with_for_update(of=Operation)
    )
    return (await session.scalars(asked)).one()


async def _begin(
    session: AsyncSession,
    sessions: Sessions,
    organization: UUID,
    delivery_id: UUID,
    renew: Callable[[], Awaitable[None]],
) -> tuple[str, Work] | None:
    asked = await _operation_of(session, delivery_id)
    if asked.ended_at is not None:
        return None
    asked.status = OperationStatus.RUNNING
    given = Work(
        sessions, organization, asked.id, asked.requested_by, dict(asked.parameters), renew
    )
    return asked.kind, given


async def _end(
    sessions: Sessions,
    organization: UUID,
    delivery_id: UUID,
    result: dict[str, Any] | None,
    failure: str | None,
) -> None:
    async with in_organization(sessions, organization) as session:
        asked = await _operation_of(session, delivery_id)
        if asked.ended_at is None:
            asked.status = OperationStatus.FAILED if failure else OperationStatus.SUCCEEDED
            asked.result, asked.failure = result, failure
            asked.ended_at = func.now()
        finished = update(deliveries.Delivery).where(deliveries.Delivery.id == delivery_id)
        await session.execute(
            finished.values(
                state=deliveries.DeliveryState.DONE, done_at=func.now(), lease_until=None
            )
        )


async def enqueue(queue: ArqRedis, sessions: Sessions) -> int:
    """Wakes a worker for everything that waits; a job that is queued already is not doubled.

    Each attempt is a job of its own: what the queue still believes of a worker that was killed
    (for as long as its longest job may take) does not hold up the next attempt.
    """
    waiting = await deliveries.waiting(sessions)
    for one in waiting:
        await queue.enqueue_job(
            "operate" if one.subscriber == _OPERATIONS else "deliver",
            str(one.organization),
            str(one.delivery),
            _job_id=f"{one.delivery}:{one.attempts}",
            _queue_name=QUEUE,
        )
    return len(waiting)


async def relay(sessions: Sessions, queue: ArqRedis) -> None:
    """Sequences what was published, enqueues and chains it; once in a while all that waits."""
    loop = asyncio.get_running_loop()
    swept = scheduled = float("-inf")
    while True:
        moved = await deliveries.sequence(sessions)
        now = loop.time()
        if now - scheduled >= SCHEDULE_PAUSE:
            await deliveries.plan_schedules(sessions)
            scheduled = now
        if moved or now - swept >= SWEEP_PAUSE:
            await enqueue(queue, sessions)
            swept = now
        moved += await projections.catch_up(sessions)
        moved += await chain.chain_events(sessions)
        await asyncio.sleep(0 if moved else RELAY_PAUSE)


async def _keep_relaying(sessions: Sessions, queue: ArqRedis) -> None:
    while True:
        try:
            await relay(sessions, queue)
        except Exception:
            log.exception("the relay stumbled and goes on")
            await asyncio.sleep(STUMBLE_PAUSE)


def create_worker(sessions: Sessions, redis_url: str) -> Worker:
    async def start(ctx: dict[Any, Any]) -> None:
        ctx["sessions"] = sessions
        ctx["relay"] = asyncio.create_task(_keep_relaying(sessions, ctx["redis"]))

    async def stop(ctx: dict[Any, Any]) -> None:
        ctx["relay"].cancel()
        with suppress(asyncio.CancelledError):
            await ctx["relay"]

    worker = Worker(
        functions=[
            function(deliver, timeout=LONGEST_DELIVERY),
            function(operate, timeout=LONGEST_OPERATION),
        ],
        # How often something is tried is counted in PostgreSQL; here a job runs whenever it is
        # found, and leaves nothing behind by which the next one of its name would be refused.
        max_tries=sys.maxsize,
        keep_result=0,
        queue_name=QUEUE,
        redis_settings=RedisSettings.from_dsn(redis_url),
        on_startup=start,
        on_shutdown=stop,
        max_jobs=20,
        poll_delay=0.1,
        health_check_interval=30,
        log_results=False,
        # Not pickle, which runs whatever code somebody put into the queue.
        job_serializer=to_json,
        job_deserializer=from_json,
    )
    # A killed worker's jobs count as running for as long as the longest job may take, unless told
    # otherwise. Our leases keep two from doing the same, so this only has to be about as long.
    worker.in_progress_timeout_s = deliveries.LEASE.total_seconds()
    return worker

"""Bugs that are planted to see whether the checker finds them: `FAULTS_PLANT=<name>`."""

import asyncio
import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

from redis import Redis
from sqlalchemy import event, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from perfapi.core import deliveries, idempotency, projections
from perfapi.core.actor import Actor
from perfapi.core.db import Sessions
from perfapi.core.events import LoggedEvent

_QUEUE = "planted"


def is_planted(name: str) -> bool:
    return os.environ.get("FAULTS_PLANT") == name


def install_in_the_api() -> None:
    if is_planted("enqueue_before_commit"):
        _enqueue_before_commit()
    if is_planted("key_without_lock"):
        idempotency._earlier = _earlier_without_lock
    if pause := float(os.environ.get("FAULTS_SLOW_COMMIT", "0")):
        _commit_slowly(pause)


def install_in_the_worker() -> None:
    if is_planted("enqueue_before_commit"):
        _carry_out_what_was_enqueued()
    if is_planted("unsequenced"):
        projections._advance = _advance_by_id


def _enqueue_before_commit() -> None:
    """The request tells the worker itself, as soon as it has written what happened."""
    queue: Redis = Redis.from_url(os.environ["PERFAPI_REDIS_URL"])

    @event.listens_for(Session, "after_flush")
    def enqueue(session: Session, _context: object) -> None:
        for row in session.new:
            if isinstance(row, LoggedEvent) and row.topic == "goals.checked_in":
                queue.rpush(_QUEUE, str(row.id))


def _carry_out_what_was_enqueued() -> None:
    queue: Any = Redis.from_url(os.environ["PERFAPI_REDIS_URL"])
    sequence = deliveries.sequence

    async def sequencing(sessions: Sessions, **options: Any) -> int:
        while (found := await asyncio.to_thread(queue.lpop, _QUEUE)) is not None:
            async with sessions.begin() as session:
                effect = text("INSERT INTO effects VALUES (:event_id)")
                await session.execute(effect, {"event_id": UUID(found.decode())})
        return await sequence(sessions, **options)

    deliveries.sequence = sequencing


async def _earlier_without_lock(
    session: AsyncSession, actor: Actor, key: str
) -> idempotency.IdempotencyRecord | None:
    found = select(idempotency.IdempotencyRecord).where(
        idempotency.IdempotencyRecord.person_id == actor.person_id,
        idempotency.IdempotencyRecord.key == key,
    )
    return (await session.scalars(found)).first()


def _commit_slowly(pause: float) -> None:
    """Every other request holds its transaction open, so that ids and commits change places."""
    turns = _counter()

    @event.listens_for(Session, "before_commit")
    def wait(session: Session) -> None:
        request = session.info.get("request")
        if request is not None and request.method == "POST":
            session.flush()
            if turns() % 2:
                await_only(asyncio.sleep(pause))


def _counter() -> Callable[[], int]:
    count = 0

    def turn() -> int:
        nonlocal count
        count += 1
        return count

    return turn


_read: dict[tuple[Any, str], UUID] = {}


async def _advance_by_id(session: AsyncSession, name: str, batch: int) -> int:
    """Reads on from the latest id, as if events were committed in the order of their ids."""
    place = await projections._place(session, name)
    where = (place.organization_id, name)
    log = LoggedEvent
    rows = await session.execute(
        select(log.position, log.id, log.topic, log.payload, log.occurred_at)
        .where(log.id > _read.get(where, UUID(int=0)))
        .order_by(log.id)
        .limit(batch)
    )
    found = [projections.Fact(*row) for row in rows]
    if found:
        await projections.PROJECTIONS[name](session, found)
        _read[where] = found[-1].event_id
    latest = (await session.execute(select(func.max(log.position)))).scalar_one()
    place.position = max(place.position, latest or 0)
    return len(found)

"""Crash points: places at which a process kills itself, with all that it started.

`FAULTS_CRASH=before_mark:3,after_commit:1`: when a point is reached for the third time. Each of
them kills once; who is started again goes on.
"""

import os
import signal
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from perfapi.core import chain, deliveries, jobs, operations, projections
from perfapi.core.db import Sessions

_reached: Counter[str] = Counter()


def _wanted() -> list[tuple[str, int]]:
    given = [one.partition(":") for one in os.environ.get("FAULTS_CRASH", "").split(",") if one]
    return [(name, int(count)) for name, _, count in given]


def reach(point: str) -> None:
    _reached[point] += 1
    if (point, _reached[point]) not in _wanted():
        return
    marker = Path(os.environ["FAULTS_FOLDER"]) / f"crashed-{point}-{_reached[point]}"
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return
    os.killpg(os.getpgid(0), signal.SIGKILL)


def of_commits(session: Session) -> bool:
    """Of the API only commits of changes, of the worker all."""
    request = session.info.get("request")
    return request is None or (request.method != "GET" and "/auth/sessions" not in request.url.path)


def install_at_commits() -> None:
    @event.listens_for(Session, "before_commit")
    def before(session: Session) -> None:
        session.flush()
        if of_commits(session):
            reach("before_commit")

    @event.listens_for(Session, "after_commit")
    def after(session: Session) -> None:
        if of_commits(session):
            reach("after_commit")


def install_in_the_worker() -> None:
    handle, enqueue, end = deliveries._handle, jobs.enqueue, jobs._end
    extend, progress = chain._extend, operations.Work.progress

    async def handling(session: AsyncSession, subscriber: str, event_id: Any) -> None:
        reach("in_delivery")
        await handle(session, subscriber, event_id)
        reach("before_mark")

    async def enqueueing(queue: Any, sessions: Sessions) -> int:
        if await deliveries.waiting(sessions):
            reach("before_enqueue")
        return await enqueue(queue, sessions)

    async def ending(*given: Any) -> None:
        reach("before_end")
        await end(*given)

    async def extending(session: AsyncSession, *given: Any) -> int:
        filled = await extend(session, *given)
        reach("in_chain")
        return filled

    async def progressing(work: operations.Work, done: int, total: int) -> None:
        await progress(work, done, total)
        reach("in_operation")

    for place, name, wrapped in (
        (deliveries, "_handle", handling),
        (jobs, "enqueue", enqueueing),
        (jobs, "_end", ending),
        (chain, "_extend", extending),
        (operations.Work, "progress", progressing),
    ):
        setattr(place, name, wrapped)
    for name, projection in list(projections.PROJECTIONS.items()):
        projections.PROJECTIONS[name] = _dying(projection)


def _dying(projection: projections.Projection) -> projections.Projection:
    async def projecting(session: AsyncSession, facts: Any) -> None:
        await projection(session, facts)
        reach("in_projection")

    return projecting

import logging
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.deliveries import daily
from perfapi.core.operations import Work, operation

from . import rollup, service

log = logging.getLogger(__name__)

BATCH = 1_000


@daily(hour=2)
async def recompute_progress_of_goals(session: AsyncSession, day: date) -> None:
    found = await service.recompute(session)
    say = log.error if found.drift else log.info
    say("goals recomputed", extra=found._asdict())


@operation
async def recompute_goals(work: Work) -> dict[str, Any]:
    """In short transactions, so that check-ins never wait for all of it."""
    async with work.session() as session:
        key_results = await rollup.all_key_results(session)
        levels = await rollup.levels(session)
    goals = sum(map(len, levels))
    steps = [(rollup.settle_key_results, batch) for batch in _batches(key_results)]
    steps += [(rollup.settle_goals, batch) for level in levels for batch in _batches(level)]
    done = drift = 0
    for settle, batch in steps:
        async with work.session() as session:
            await rollup.freeze_alignment(session)
            drift += await settle(session, batch)
        done += len(batch)
        await work.progress(done, goals + len(key_results))
    return service.Recomputed(goals, len(key_results), drift)._asdict()


def _batches(rows: list[UUID]) -> list[list[UUID]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]

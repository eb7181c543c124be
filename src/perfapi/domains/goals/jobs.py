import logging
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.deliveries import daily
from perfapi.core.operations import Work, operation, request_operation

from . import rollup

log = logging.getLogger(__name__)

BATCH = 1_000


@daily(hour=2)
async def recompute_goals_every_night(session: AsyncSession, day: date) -> None:
    """As an operation: within this transaction, check-ins would wait for all of it."""
    await request_operation(session, "recompute_goals", by=None)


@operation
async def recompute_goals(work: Work) -> dict[str, Any]:
    """From the check-ins up, in short transactions.

    `drift` counts the rows that were not as they should be: it tells of a mistake of ours.
    """
    async with work.session() as session:
        key_results = await rollup.all_key_results(session)
        levels = await rollup.levels(session)
    goals = sum(map(len, levels))
    steps = [(rollup.settle_key_results, batch) for batch in _batches(key_results)]
    steps += [(rollup.settle_goals, batch) for level in levels for batch in _batches(level)]
    done = drift = 0
    for settle, batch in steps:
        async with work.session() as session:
            await rollup.freeze_alignment(session, tries=rollup.FOR_A_JOB)
            drift += await settle(session, batch)
        done += len(batch)
        await work.progress(done, goals + len(key_results))
    result = {"goals": goals, "key_results": len(key_results), "drift": drift}
    say = log.error if drift else log.info
    say("goals recomputed", extra=result)
    return result


def _batches(rows: list[UUID]) -> list[list[UUID]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]

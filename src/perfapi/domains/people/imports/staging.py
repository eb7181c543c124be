"""Where a file and its plan wait: in the database, until they are applied or discarded."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.events import publish
from perfapi.core.ids import uuid7

from .events import ImportPlanned
from .models import ImportChunk, ImportRow, ImportStatus, Outcome, PeopleImport
from .planning import Plan
from .records import PlannedRow

CHUNK = 1 << 20
ROWS_PER_STATEMENT = 1_000


async def store_file(session: AsyncSession, import_id: UUID, file: BinaryIO) -> int:
    """Streams the file into the database, where the worker finds it; answers its size."""
    size = number = 0
    while content := await asyncio.to_thread(file.read, CHUNK):
        await session.execute(
            insert(ImportChunk).values(
                organization_id=facts(session)["organization"],
                import_id=import_id,
                number=number,
                content=content,
            )
        )
        size, number = size + len(content), number + 1
    return size


async def forget_file(session: AsyncSession, import_id: UUID) -> None:
    await session.execute(delete(ImportChunk).where(ImportChunk.import_id == import_id))


async def forget_rows(session: AsyncSession, import_id: UUID) -> None:
    await session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))


async def store_plan(session: AsyncSession, asked: PeopleImport, plan: Plan, base: str) -> None:
    """`base` is the fingerprint of the people from before they were read for this plan."""
    await forget_rows(session, asked.id)
    for rows in _batches(plan.rows()):
        await session.execute(insert(ImportRow), [_staged(session, asked.id, row) for row in rows])
    asked.summary = asdict(plan.summary)
    asked.warnings = [asdict(warning) for warning in plan.warnings]
    asked.base = base
    asked.status = ImportStatus.PLANNED
    asked.planned_at = utcnow()
    asked.done = asked.total = len(plan)
    publish(session, ImportPlanned(import_id=asked.id), by=asked.created_by_id)
    await session.flush()


def _batches(rows: Iterator[PlannedRow]) -> Iterator[list[PlannedRow]]:
    while batch := list(islice(rows, ROWS_PER_STATEMENT)):
        yield batch


def _staged(session: AsyncSession, import_id: UUID, row: PlannedRow) -> dict[str, object]:
    return {
        "organization_id": facts(session)["organization"],
        "id": uuid7(),
        "import_id": import_id,
        "row": row.row or 0,
        "external_id": row.external_id,
        "name": row.name,
        "outcome": Outcome(row.outcome),
        "person_id": row.person_id,
        "manager_id": row.manager_id,
        "changes": [change._asdict() for change in row.changes],
        "problems": [problem._asdict() for problem in row.problems],
    }

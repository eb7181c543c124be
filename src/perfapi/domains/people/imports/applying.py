"""Carrying a plan out, all of it in one transaction."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.events import publish
from perfapi.core.statistics import look_at
from perfapi.domains.people.bulk.changes import PersonChange, planned_change
from perfapi.domains.people.bulk.service import apply_people
from perfapi.domains.people.models import Chain, Department, Person, ReportingLine

from . import queries
from .events import ImportApplied
from .models import ImportRow, ImportStatus, Outcome, PeopleImport
from .staging import forget_file

OnProgress = Callable[[int, int], Awaitable[None]]


async def apply_plan(
    session: AsyncSession,
    asked: PeopleImport,
    *,
    by: UUID | None,
    on_progress: OnProgress | None = None,
) -> None:
    """Writes what the staged rows say. `by` is who answers for it; None is the operator."""
    changes: list[PersonChange] = []
    async for rows in queries.rows_to_apply(session, asked.id):
        changes += [_change(row) for row in rows]
        if on_progress is not None:
            await on_progress(len(changes) // 2, asked.total)
    applied = await apply_people(session, changes, by=by)
    asked.status = ImportStatus.APPLIED
    asked.applied_at = utcnow()
    asked.done = asked.total
    await forget_file(session, asked.id)
    told = ImportApplied(
        import_id=asked.id,
        created=applied.added,
        updated=applied.changed + applied.returned,
        deactivated=applied.left,
    )
    publish(session, told, by=by)


async def look_at_people(session: AsyncSession) -> None:
    """In a transaction after that of a large import: who compares the same file again the next
    minute would otherwise ask of tables that PostgreSQL takes for small ones."""
    await look_at(session, Person, Department, ReportingLine, Chain)


def _change(row: ImportRow) -> PersonChange:
    assert row.person_id is not None
    return planned_change(
        row.person_id,
        [(change["field"], change["after"]) for change in row.changes],
        is_new=row.outcome is Outcome.CREATE,
        manager_id=row.manager_id,
    )

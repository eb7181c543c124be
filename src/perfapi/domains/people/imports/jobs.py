"""Planning and applying of large files, in the background."""

import asyncio
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import update

from perfapi.core.db import facts
from perfapi.core.operations import Work, operation

from . import applying, queries, service, staging
from .errors import FileUnreadable, ImportOutdated, ImportRefused
from .models import ImportStatus, PeopleImport


@operation
async def plan_people_import(work: Work) -> dict[str, Any]:
    """Reads the stored file and stores what it would change."""
    import_id = UUID(work.parameters["import_id"])
    async with work.session() as session:
        asked = await queries.get_import(session, import_id)
        if asked.status is not ImportStatus.PLANNING:
            return {"import_id": str(import_id)}
        content = b"".join(await queries.read_file(session, import_id))
        base = await queries.fingerprint(session)
        known = await queries.known_people(session)
        today = facts(session)["today"]
    total = max(content.count(b"\n") - 1, 0)
    read = 0

    def tell(rows: int) -> None:
        nonlocal read
        read = rows

    planning = asyncio.ensure_future(
        service.make_plan(asked, BytesIO(content), known, today=today, on_progress=tell)
    )
    while not planning.done():
        await asyncio.wait([planning], timeout=0.5)
        await _tell_progress(work, import_id, read, total)
    try:
        plan = planning.result()
    except FileUnreadable as refused:
        await _fail(work, import_id, refused.detail)
        raise
    async with work.session() as session:
        asked = await queries.get_import(session, import_id)
        if asked.status is ImportStatus.PLANNING:
            await staging.store_plan(session, asked, plan, base)
    return {"import_id": str(import_id)}


@operation
async def apply_people_import(work: Work) -> dict[str, Any]:
    """All in one transaction at the end: nobody ever sees half of an import."""
    import_id = UUID(work.parameters["import_id"])

    async def tell(done: int, total: int) -> None:
        await _tell_progress(work, import_id, done, total)

    try:
        async with work.session() as session:
            asked = await queries.get_import(session, import_id)
            if asked.status is ImportStatus.APPLYING:
                await service.check_base(session, asked)
                await applying.apply_plan(session, asked, by=work.requested_by, on_progress=tell)
        async with work.session() as session:
            await applying.look_at_people(session)
    except (ImportOutdated, ImportRefused) as refused:
        await _fail(work, import_id, refused.title)
        raise
    return {"import_id": str(import_id)}


async def _tell_progress(work: Work, import_id: UUID, done: int, total: int) -> None:
    """On the operation, and on the import unless a transaction holds it just now."""
    await work.progress(done, total)
    async with work.session() as session:
        if await queries.is_free(session, import_id):
            await session.execute(
                update(PeopleImport)
                .where(PeopleImport.id == import_id)
                .values(done=done, total=total)
            )


async def _fail(work: Work, import_id: UUID, reason: str | None) -> None:
    async with work.session() as session:
        asked = await queries.get_import(session, import_id)
        asked.status, asked.failure = ImportStatus.FAILED, reason
        await staging.forget_file(session, import_id)

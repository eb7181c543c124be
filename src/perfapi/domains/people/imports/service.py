"""From a file to a plan, and from a plan to changed people."""

import asyncio
import json
from collections.abc import Callable
from datetime import date
from typing import BinaryIO, TypeVar
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.access import load
from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.errors import InvalidPart
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.core.operations import request_operation
from perfapi.domains.people import policy as people_policy

from . import applying, policy, queries
from .errors import FileUnreadable, ImportOutdated, ImportRefused, MappingInvalid
from .events import ImportDiscarded
from .mapping import Mapping
from .models import ImportStatus, PeopleImport
from .planning import Plan, plan_file
from .problems import FileRefused
from .records import KnownPerson
from .staging import forget_file, forget_rows, store_file, store_plan
from .suggesting import Suggestion, suggest

R = TypeVar("R")

LARGEST_AT_ONCE = 1 << 20
"""Bytes of a file that is planned within the request; larger ones are planned by the worker."""
ROWS_AT_ONCE = 5_000
"""Changes that are applied within the request."""


async def suggest_mapping(session: AsyncSession, file: BinaryIO) -> Suggestion:
    await access.ensure(session, people_policy.IMPORT_PEOPLE)
    return await _readable(suggest, file)


async def plan_import(
    session: AsyncSession, actor: Actor, *, file: BinaryIO, file_name: str, mapping: str
) -> UUID:
    """Stores the file, and plans it now if it is small, in the background otherwise."""
    await access.ensure(session, people_policy.IMPORT_PEOPLE)
    asked = PeopleImport(
        file_name=file_name,
        mapping=_parsed(mapping).model_dump(mode="json"),
        created_by_id=actor.person_id,
    )
    session.add(asked)
    await session.flush()
    size = await store_file(session, asked.id, file)
    if size > LARGEST_AT_ONCE:
        await request_operation(
            session, "plan_people_import", by=actor.person_id, import_id=str(asked.id)
        )
        return asked.id
    file.seek(0)
    base = await queries.fingerprint(session)
    known = await queries.known_people(session)
    plan = await make_plan(asked, file, known, today=facts(session)["today"])
    await store_plan(session, asked, plan, base)
    return asked.id


def _parsed(mapping: str) -> Mapping:
    try:
        return Mapping.model_validate_json(mapping)
    except ValidationError as error:
        raise MappingInvalid(
            errors=[
                InvalidPart(
                    pointer="/mapping" + "".join(f"/{step}" for step in part["loc"]),
                    code=part["type"],
                    detail=part["msg"],
                )
                for part in error.errors()[:50]
            ]
        ) from error


async def make_plan(
    asked: PeopleImport,
    file: BinaryIO,
    known: list[KnownPerson],
    *,
    today: date,
    on_progress: Callable[[int], None] | None = None,
) -> Plan:
    """`on_progress` is called from another thread, with the number of rows read."""
    mapping = Mapping.model_validate_json(json.dumps(asked.mapping))
    never = () if asked.created_by_id is None else (asked.created_by_id,)

    def plan(readable: BinaryIO) -> Plan:
        return plan_file(
            readable,
            mapping,
            known,
            today=today,
            new_id=uuid7,
            never_deactivate=never,
            on_progress=on_progress,
        )

    return await _readable(plan, file)


async def _readable(work: Callable[[BinaryIO], R], file: BinaryIO) -> R:
    """Reading is work for a processor: in a thread, so that other requests go on."""
    try:
        return await asyncio.to_thread(work, file)
    except FileRefused as refused:
        place = f" (row {refused.row})" if refused.row is not None else ""
        part = InvalidPart(pointer="/file", code=refused.code, detail=refused.detail + place)
        raise FileUnreadable(refused.detail, errors=[part]) from refused


async def apply_import(session: AsyncSession, actor: Actor, import_id: UUID) -> UUID | None:
    """Applies a small plan now; of a large one the answer is the operation that applies it."""
    asked = await load(
        session, policy.VISIBLE, import_id, policy.IS_PLANNED, entity=PeopleImport, lock=True
    )
    await check_base(session, asked)
    summary = asked.summary or {}
    changes = sum(summary.get(kind, 0) for kind in ("create", "update", "deactivate"))
    if changes <= ROWS_AT_ONCE:
        await applying.apply_plan(session, asked, by=actor.person_id)
        return None
    asked.status = ImportStatus.APPLYING
    asked.done, asked.total = 0, changes
    operation = await request_operation(
        session, "apply_people_import", by=actor.person_id, import_id=str(asked.id)
    )
    return operation.id


async def check_base(session: AsyncSession, asked: PeopleImport) -> None:
    if any(warning["code"] == "too_many_deactivations" for warning in asked.warnings):
        raise ImportRefused()
    if asked.base != await queries.fingerprint(session):
        raise ImportOutdated()


async def discard_import(
    session: AsyncSession, actor: Actor, import_id: UUID, version: int | None
) -> None:
    """The file goes at once, the plan with it; that there was one stays."""
    asked = await load(
        session, policy.VISIBLE, import_id, policy.MAY_DISCARD, entity=PeopleImport, lock=True
    )
    asked.expect(version)
    asked.status = ImportStatus.DISCARDED
    await forget_file(session, import_id)
    await forget_rows(session, import_id)
    publish(session, ImportDiscarded(import_id=import_id), by=actor.person_id)


async def review_import(session: AsyncSession, actor: Actor, import_id: UUID) -> None:
    """Somebody has looked at the warnings: they need nobody any more."""
    asked = await load(session, policy.VISIBLE, import_id, entity=PeopleImport)
    asked.reviewed_at = asked.reviewed_at or utcnow()

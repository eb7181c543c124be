from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import TextClause
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.errors import Conflict
from perfapi.core.events import Event, publish_many
from perfapi.core.ids import uuid7
from perfapi.domains.people.departments.service import departments_for
from perfapi.domains.people.errors import LineCircular, OnlyAdministrators
from perfapi.domains.people.events import (
    LeavingPlanned,
    LeavingTakenBack,
    PersonAdded,
    PersonChanged,
    PersonReturned,
)
from perfapi.domains.people.leaving.service import carry_out
from perfapi.domains.people.lines.chains import circular
from perfapi.domains.people.lines.service import settle
from perfapi.domains.people.locks import lock_structure
from perfapi.domains.people.models import Status

from . import queries, statements
from .changes import Applied, PersonChange
from .queries import Known

ROWS_PER_STATEMENT = 5_000


async def apply_people(
    session: AsyncSession, changes: Sequence[PersonChange], *, by: UUID | None
) -> Applied:
    """Adds, changes and lets leave all of them, in this transaction, with their events.

    `by` is who answers for it; without anybody it is the operator. Raises a Problem if a value is
    taken, a circle would close, the last administrator would leave, or somebody who is no
    administrator would touch the address or the employment of whoever holds a role.
    """
    await session.flush()
    await lock_structure(session)
    added = [change for change in changes if change.is_new]
    changed = [change for change in changes if not change.is_new]
    known = await _known(session, changed, by)
    departments = await departments_for(session, _departments(changes), by=by)
    today: date = facts(session)["today"]
    leaving = _leaving(changed, known, today)

    await session.execute(statements.UNIQUE_LATER)
    await _write(
        session,
        statements.CHANGE,
        (_row(it, departments, known[it.person_id], leaving) for it in changed if it.values),
    )
    await _write(session, statements.ADD, (_new_row(it, departments, today) for it in added))
    await session.execute(statements.UNIQUE_NOW)

    await publish_many(session, _news(added, changed, known, leaving), by=by)
    drawn = await _draw_for_added(session, added)
    moved = await _move(session, changed)
    if await circular(session, drawn | moved):
        raise LineCircular()
    touched = await carry_out(session, leaving, by=by) | drawn | moved
    silent = leaving.keys() | {change.person_id for change in added}
    await settle(session, touched, by=by, silent=silent)
    returned = sum(_returns(it, known[it.person_id]) for it in changed)
    return Applied(
        added=len(added),
        changed=sum(bool(it.values or it.manager) for it in changed) - len(leaving) - returned,
        left=len(leaving),
        returned=returned,
    )


async def _known(
    session: AsyncSession, changed: Sequence[PersonChange], by: UUID | None
) -> dict[UUID, Known]:
    known = await queries.lock_known(session, [change.person_id for change in changed])
    if len(known) < len(changed):
        raise Conflict("Some of the people are not here any more, or are named twice.")
    touched = [it.person_id for it in changed if _touches_a_role(it, known[it.person_id])]
    if by is None or not await queries.role_holders_among(session, touched):
        return known
    if not await queries.is_administrator(session, by):
        detail = "The address and the leaving of whoever holds a role are for administrators."
        raise OnlyAdministrators(detail)
    return known


def _touches_a_role(change: PersonChange, before: Known) -> bool:
    """If they hold one: who has their address could act for them, and who leaves loses it."""
    values = change.values
    is_leaving = values.get("status") == "left" or values.get("left_on") is not None
    is_readdressed = values.get("email", before.email) != before.email
    return is_readdressed or (is_leaving and before.status is not Status.LEFT)


def _departments(changes: Iterable[PersonChange]) -> list[str]:
    named = (change.values.get("department") for change in changes)
    return list(dict.fromkeys(name for name in named if name is not None))


def _leaving(
    changed: Iterable[PersonChange], known: Mapping[UUID, Known], today: date
) -> dict[UUID, date]:
    return {
        change.person_id: change.values.get("left_on") or today
        for change in changed
        if change.values.get("status") == "left"
        and known[change.person_id].status is not Status.LEFT
    }


def _returns(change: PersonChange, before: Known) -> bool:
    return before.status is Status.LEFT and change.values.get("status", "left") != "left"


def _row(
    change: PersonChange,
    departments: Mapping[str, UUID],
    before: Known,
    leaving: Mapping[UUID, date],
) -> dict[str, Any]:
    row: dict[str, Any] = {"id": change.person_id, **change.values}
    if "department" in row:
        name = row.pop("department")
        row["department_id"] = departments[name] if name else None
    if change.person_id in leaving:
        row.pop("status")
        row.pop("left_on", None)
    elif _returns(change, before):
        row.setdefault("left_on", None)
    return row


def _new_row(change: PersonChange, departments: Mapping[str, UUID], today: date) -> dict[str, Any]:
    row: dict[str, Any] = {"id": change.person_id, "status": "active", "family_name": ""}
    row |= change.values
    name = row.pop("department", None)
    row["department_id"] = departments[name] if name else None
    if row["status"] == "left":
        row["left_on"] = row.get("left_on") or max(today, row.get("hired_on") or today)
    return row


async def _write(
    session: AsyncSession, statement: TextClause, rows: Iterable[dict[str, Any]]
) -> None:
    organization = facts(session)["organization"]
    for some in _batches(rows):
        given = {"organization": organization, "rows": to_json(some).decode()}
        await session.execute(statement, given)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_PER_STATEMENT:
            yield batch
            batch = []
    if batch:
        yield batch


def _news(
    added: Iterable[PersonChange],
    changed: Iterable[PersonChange],
    known: Mapping[UUID, Known],
    leaving: Collection[UUID],
) -> Iterator[Event]:
    for change in added:
        manager_id = change.manager.manager_id if change.manager else None
        yield PersonAdded(person_id=change.person_id, manager_id=manager_id)
    for change in changed:
        before = known[change.person_id]
        fields = set(change.values)
        if change.person_id in leaving or _returns(change, before):
            fields -= {"status", "left_on"}
        if _returns(change, before):
            yield PersonReturned(person_id=change.person_id)
        elif "left_on" in fields and before.status is not Status.LEFT:
            fields.discard("left_on")
            day = change.values["left_on"]
            if day is None:
                yield LeavingTakenBack(person_id=change.person_id)
            else:
                yield LeavingPlanned(person_id=change.person_id, left_on=day)
        if fields:
            yield PersonChanged(person_id=change.person_id, fields=sorted(fields))


async def _draw_for_added(session: AsyncSession, added: Iterable[PersonChange]) -> set[UUID]:
    wanted = {
        change.person_id: change.manager.manager_id
        for change in added
        if change.manager is not None and change.manager.manager_id is not None
    }
    if wanted:
        given = _lines(session, wanted) | {"ids": [uuid7() for _ in wanted]}
        await session.execute(statements.DRAW_OF_ADDED, given)
    return set(wanted)


async def _move(session: AsyncSession, changed: Iterable[PersonChange]) -> set[UUID]:
    wanted = {
        change.person_id: change.manager.manager_id
        for change in changed
        if change.manager is not None
    }
    if not wanted:
        return set()
    found = await session.execute(statements.MOVING, _lines(session, wanted))
    moving: dict[UUID, UUID | None] = {person_id: manager_id for person_id, manager_id in found}
    if moving:
        given = _lines(session, moving)
        cut = {key: given[key] for key in ("organization", "today", "people")}
        await session.execute(statements.DROP_FROM_TODAY, cut)
        await session.execute(statements.CUT_TODAY, cut)
        drawn = given | {"ids": [uuid7() for _ in moving]}
        await session.execute(statements.DRAW_FROM_TODAY, drawn)
    return set(moving)


def _lines(session: AsyncSession, wanted: Mapping[UUID, UUID | None]) -> dict[str, Any]:
    known = facts(session)
    return {
        "organization": known["organization"],
        "today": known["today"],
        "people": list(wanted),
        "managers": list(wanted.values()),
    }

"""Drawing and ending reporting lines. Every command holds the lock of the structure."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.core.errors import invalid
from perfapi.core.events import Event, publish, publish_many
from perfapi.core.ids import uuid7
from perfapi.domains.people.errors import LineCircular
from perfapi.domains.people.events import PersonMoved, ReportingLineDrawn, ReportingLineEnded
from perfapi.domains.people.locks import lock_structure
from perfapi.domains.people.models import LineKind, Person, ReportingLine
from perfapi.domains.people.queries import find_person

from . import queries
from .chains import circular, outdated, rebuild_chains, refresh_chains, touch
from .schemas import ReportingLineCreate

FEW = 500
"""More moves than these, and the closure is rebuilt as a whole."""


async def add_line(
    session: AsyncSession, actor: Actor, person_id: UUID, body: ReportingLineCreate
) -> ReportingLine | None:
    """None if the person reports to nobody from that day on."""
    await lock_structure(session)
    person = await queries.get_person_to_move(session, person_id)
    if body.manager_id is None:
        if body.kind == "dotted":
            raise invalid("/manager_id", "manager_missing", "A dotted line leads to somebody.")
        await set_manager(session, actor, person, None, since=body.valid_from)
        return None
    manager = await find_manager(session, person, body.manager_id, since=body.valid_from)
    if body.kind == "primary":
        return await set_manager(session, actor, person, manager, since=body.valid_from)
    line = _line(person, manager, body.valid_from, kind=LineKind.DOTTED)
    session.add(line)
    await session.flush()
    publish(session, _drawn(line), by=actor.person_id)
    return line


async def find_manager(
    session: AsyncSession,
    person: Person | None,
    manager_id: UUID,
    *,
    since: date,
    pointer: str = "/manager_id",
) -> Person:
    """Whom a line of the person may lead to from that day on, or the problem of that field."""
    if person is not None and person.id == manager_id:
        raise invalid(pointer, "manager_is_self", "Nobody reports to themselves.")
    manager = await find_person(session, manager_id)
    if manager is None:
        raise invalid(pointer, "not_found", "There is no such person.")
    if manager.has_left and manager.left_on is not None and manager.left_on <= since:
        raise invalid(pointer, "manager_left", "They have left by then.")
    return manager


async def set_manager(
    session: AsyncSession, actor: Actor, person: Person, manager: Person | None, *, since: date
) -> ReportingLine | None:
    """From that day on, until the day for which another line is planned already.

    The lock of the structure is held, and the manager is one of `find_manager`.
    """
    await session.flush()
    lines = await queries.primary_lines(session, person.id, since=since)
    covering = next((line for line in lines if line.valid_from <= since), None)
    later = next((line for line in lines if line.valid_from > since), None)
    if covering is not None and manager is not None and covering.manager_id == manager.id:
        return covering
    told: Event | None = None
    drawn: ReportingLine | None = None
    if manager is not None:
        until = later.valid_from if later else None
        drawn = _line(person, manager, since, until)
        told = _drawn(drawn)
    if covering is not None:
        told = told or _ended(covering, since)
        resumed = _resumed(covering, drawn)
        await _cut(session, covering, since)
        session.add_all([resumed] if resumed else [])
    session.add_all([drawn] if drawn else [])
    if await circular(session, [person.id], since=since):
        raise LineCircular()
    await _settle(session, actor, person, told)
    return drawn


async def end_line(session: AsyncSession, actor: Actor, line_id: UUID, version: int | None) -> None:
    """Ends it today; one that is still to come is taken back."""
    await lock_structure(session)
    line = await queries.get_line_to_end(session, line_id)
    line.expect(version)
    person = await queries.get_person_to_move(session, line.person_id)
    today = facts(session)["today"]
    told = _ended(line, max(today, line.valid_from))
    await _cut(session, line, today)
    await _settle(session, actor, person, told)


def _line(
    person: Person,
    manager: Person,
    since: date,
    until: date | None = None,
    *,
    kind: LineKind = LineKind.PRIMARY,
) -> ReportingLine:
    """A manager who has left since ends it on that day."""
    if manager.has_left and manager.left_on is not None:
        until = min(manager.left_on, until or manager.left_on)
    return ReportingLine(
        id=uuid7(),
        person_id=person.id,
        manager_id=manager.id,
        kind=kind,
        valid_from=since,
        valid_to=until,
    )


def _resumed(covering: ReportingLine, drawn: ReportingLine | None) -> ReportingLine | None:
    """What is left of a line behind one that was drawn into its middle."""
    if drawn is None or drawn.valid_to is None:
        return None
    if covering.valid_to is not None and covering.valid_to <= drawn.valid_to:
        return None
    return ReportingLine(
        person_id=covering.person_id,
        manager_id=covering.manager_id,
        kind=covering.kind,
        valid_from=drawn.valid_to,
        valid_to=covering.valid_to,
    )


async def _cut(session: AsyncSession, line: ReportingLine, day: date) -> None:
    """Nothing is left of a line that begins on that day or later."""
    if line.valid_from >= day:
        await session.delete(line)
    else:
        line.valid_to = day
    await session.flush()


async def _settle(session: AsyncSession, actor: Actor, person: Person, told: Event | None) -> None:
    """`told` is the news unless today's manager is another now."""
    if not await settle(session, [person.id], by=actor.person_id) and told is not None:
        publish(session, told, by=actor.person_id)


async def settle(
    session: AsyncSession,
    people: Collection[UUID] | None,
    *,
    by: UUID | None,
    silent: Collection[UUID] = (),
) -> bool:
    """Brings the closure up to date with the lines of these people, or all.

    Tells of everybody whose manager of today is another, but for the `silent`; answers whether
    there was any. The lock of the structure is held.
    """
    moves = await outdated(session, people)
    if len(moves) > FEW:
        await rebuild_chains(session)
    else:
        await refresh_chains(session, [move.person_id for move in moves])
    told = [move for move in moves if move.person_id not in silent]
    await touch(session, [move.person_id for move in told])
    await publish_many(session, (PersonMoved(**move._asdict()) for move in told), by=by)
    return bool(told)


def _drawn(line: ReportingLine) -> ReportingLineDrawn:
    return ReportingLineDrawn(
        person_id=line.person_id,
        line_id=line.id,
        manager_id=line.manager_id,
        kind=line.kind.value,
        valid_from=line.valid_from,
    )


def _ended(line: ReportingLine, day: date) -> ReportingLineEnded:
    return ReportingLineEnded(
        person_id=line.person_id,
        line_id=line.id,
        manager_id=line.manager_id,
        kind=line.kind.value,
        valid_to=day,
    )

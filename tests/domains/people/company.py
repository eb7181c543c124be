"""A company in Python, to hold the closure and the pictures against."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.domains.people.models import Chain, LineKind, Person, ReportingLine


class Line(NamedTuple):
    person: UUID
    manager: UUID
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


async def primary_lines(session: AsyncSession) -> list[Line]:
    await session.flush()
    found = select(
        ReportingLine.person_id,
        ReportingLine.manager_id,
        ReportingLine.valid_from,
        ReportingLine.valid_to,
    ).where(ReportingLine.kind == LineKind.PRIMARY)
    return [Line(*row) for row in await session.execute(found)]


def managers_on(lines: Iterable[Line], day: date) -> dict[UUID, UUID]:
    holding = [line for line in lines if line.holds(day)]
    managers = {line.person: line.manager for line in holding}
    assert len(managers) == len(holding), "two primary managers at a time"
    return managers


def closure(managers: dict[UUID, UUID]) -> set[tuple[UUID, UUID, int]]:
    pairs = set()
    for person in managers:
        above, depth = managers.get(person), 1
        while above is not None:
            assert above != person, "a circle"
            assert depth <= len(managers), "a circle"
            pairs.add((above, person, depth))
            above, depth = managers.get(above), depth + 1
    return pairs


async def stored_closure(session: AsyncSession) -> set[tuple[UUID, UUID, int]]:
    rows = (await session.execute(select(Chain.manager_id, Chain.report_id, Chain.depth))).all()
    return {(manager, report, depth) for manager, report, depth in rows}


async def assert_closure_is_exact(session: AsyncSession) -> None:
    lines = await primary_lines(session)
    assert await stored_closure(session) == closure(managers_on(lines, facts(session)["today"]))


def days_of(lines: Iterable[Line]) -> set[date]:
    """On these days something changes; between them nothing does."""
    return {line.since for line in lines} | {line.until for line in lines if line.until}


def acting(person: Person) -> Actor:
    return Actor(person.organization_id, person.id, uuid4(), frozenset())

"""What becomes of the lines from and to people who leave on one day."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Date, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.domains.people.lines.chains import circular
from perfapi.domains.people.lines.drawing import Line, draw

_BINDS = (
    bindparam("organization", type_=Uuid),
    bindparam("people", type_=ARRAY(Uuid)),
    bindparam("day", type_=Date),
)

_MANAGERS = text("""
    SELECT person_id, manager_id FROM reporting_lines
    WHERE organization_id = :organization AND kind = 'primary' AND person_id = ANY(:people)
      AND valid_from < :day AND (valid_to IS NULL OR valid_to >= :day)
""").bindparams(*_BINDS)

_REPORTS = text("""
    SELECT person_id, manager_id, valid_from, valid_to FROM reporting_lines
    WHERE organization_id = :organization AND kind = 'primary' AND manager_id = ANY(:people)
      AND person_id <> ALL(:people) AND (valid_to IS NULL OR valid_to > :day)
""").bindparams(*_BINDS)

_DROP = text("""
    DELETE FROM reporting_lines
    WHERE organization_id = :organization AND valid_from >= :day
      AND (person_id = ANY(:people) OR manager_id = ANY(:people))
""").bindparams(*_BINDS)

_CUT = text("""
    UPDATE reporting_lines SET valid_to = :day, version = version + 1, updated_at = now()
    WHERE organization_id = :organization AND valid_from < :day
      AND (valid_to IS NULL OR valid_to > :day)
      AND (person_id = ANY(:people) OR manager_id = ANY(:people))
""").bindparams(*_BINDS)

_TAKE_BACK = text("""
    DELETE FROM reporting_lines
    WHERE organization_id = :organization AND id = ANY(:ids)
""").bindparams(bindparam("organization", type_=Uuid), bindparam("ids", type_=ARRAY(Uuid)))


class HandOver(NamedTuple):
    managers: dict[UUID, UUID]
    """Of the leavers, on their last day."""
    reports: set[UUID]
    """Whose lines led to them, and now lead higher or nowhere."""


async def hand_over(session: AsyncSession, leavers: Collection[UUID], day: date) -> HandOver:
    """Ends the lines from and to them on that day; their reports go to the manager above."""
    given = {
        "organization": facts(session)["organization"],
        "people": list(leavers),
        "day": day,
    }
    managers = {row.person_id: row.manager_id for row in await session.execute(_MANAGERS, given)}
    heirs = {leaver: _heir(leaver, managers, set(leavers)) for leaver in leavers}
    reports = (await session.execute(_REPORTS, given)).all()
    wanted = [
        Line(row.person_id, heir, max(row.valid_from, day), row.valid_to)
        for row in reports
        if (heir := heirs[row.manager_id]) is not None and heir != row.person_id
    ]
    await session.execute(_DROP, given)
    await session.execute(_CUT, given)
    await _draw_where_no_circle(session, wanted, day)
    return HandOver(managers, {row.person_id for row in reports})


async def _draw_where_no_circle(session: AsyncSession, wanted: list[Line], day: date) -> None:
    """A line planned for later may lead from the heir back to the report: that one has nobody."""
    drawn = await draw(session, wanted)
    if closing := await circular(session, drawn.keys(), since=day):
        ids = [line_id for person_id in closing for line_id in drawn[person_id]]
        organization = facts(session)["organization"]
        await session.execute(_TAKE_BACK, {"organization": organization, "ids": ids})


def _heir(leaver: UUID, managers: Mapping[UUID, UUID], leavers: set[UUID]) -> UUID | None:
    """The nearest manager above who does not leave on the same day."""
    above = managers.get(leaver)
    while above is not None and above in leavers:
        above = managers.get(above)
    return above

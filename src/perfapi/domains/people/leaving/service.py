from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Date, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import publish
from perfapi.domains.people.events import PersonLeft
from perfapi.domains.people.roles import service as roles

from .lines import hand_over

_ORGANIZATION = bindparam("organization", type_=Uuid)
_PEOPLE = bindparam("people", type_=ARRAY(Uuid))

_LEAVE = text("""
    UPDATE people p
    SET status = 'left', left_on = leaver.day, version = version + 1, updated_at = now()
    FROM unnest(:people, :days) AS leaver (id, day)
    WHERE p.organization_id = :organization AND p.id = leaver.id
""").bindparams(_ORGANIZATION, _PEOPLE, bindparam("days", type_=ARRAY(Date)))

_PART = text("""
    DELETE FROM team_members WHERE organization_id = :organization AND person_id = ANY(:people)
""").bindparams(_ORGANIZATION, _PEOPLE)

_VACATE = text("""
    UPDATE teams SET lead_id = NULL, version = version + 1, updated_at = now()
    WHERE organization_id = :organization AND lead_id = ANY(:people)
""").bindparams(_ORGANIZATION, _PEOPLE)


async def carry_out(
    session: AsyncSession, leavers: Mapping[UUID, date], *, by: UUID | None
) -> set[UUID]:
    """These people left on these days, in a few statements for however many.

    The lock of the structure is held. The closure is left to the caller: `lines.service.settle`
    for the people in the answer (the leavers are silent there).
    """
    if not leavers:
        return set()
    people = list(leavers)
    await roles.ensure_administrator_remains(session, people)
    await session.flush()
    given = {"organization": facts(session)["organization"], "people": people}
    await session.execute(_LEAVE, given | {"days": list(leavers.values())})
    await session.execute(_PART, given)
    await session.execute(_VACATE, given)
    await roles.withdraw_roles_of(session, people, by=by)
    managers, reports = await _hand_over(session, leavers)
    left = [
        PersonLeft(person_id=person_id, left_on=day, manager_id=managers.get(person_id))
        for person_id, day in leavers.items()
    ]
    publish(session, *left, by=by)
    return reports | set(leavers)


async def _hand_over(
    session: AsyncSession, leavers: Mapping[UUID, date]
) -> tuple[dict[UUID, UUID], set[UUID]]:
    """Day by day, so that whom a report was handed to may leave after."""
    by_day: defaultdict[date, list[UUID]] = defaultdict(list)
    for person_id, day in leavers.items():
        # Who has left by what an import says, with a day to come, reports to nobody today.
        by_day[min(day, facts(session)["today"])].append(person_id)
    managers: dict[UUID, UUID] = {}
    reports: set[UUID] = set()
    for day in sorted(by_day):
        handed = await hand_over(session, by_day[day], day)
        managers |= handed.managers
        reports |= handed.reports
    return managers, reports

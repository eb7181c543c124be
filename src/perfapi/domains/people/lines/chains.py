"""The closure of today's primary lines, and the circles that lines must not close.

`chains` serves every question of policy. It is exact: whoever writes lines calls `refresh_chains`
for the people whose line of today changed, or `rebuild_chains` where that is most of them.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Date, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts

_ids = bindparam("people", type_=ARRAY(Uuid))

_TODAY = """
    today AS (
        SELECT person_id, manager_id FROM reporting_lines
        WHERE organization_id = :organization AND kind = 'primary'
          AND valid_from <= :today AND (valid_to IS NULL OR valid_to > :today)
    )
"""

# Only rows that differ are touched, in one statement.
_REBUILD = text(f"""
    WITH RECURSIVE {_TODAY}, wanted (manager_id, report_id, depth) AS (
        SELECT manager_id, person_id, 1 FROM today
        UNION ALL
        SELECT today.manager_id, wanted.report_id, wanted.depth + 1
        FROM wanted JOIN today ON today.person_id = wanted.manager_id
    ), gone AS (
        DELETE FROM chains c
        WHERE c.organization_id = :organization AND NOT EXISTS (
            SELECT FROM wanted w
            WHERE w.manager_id = c.manager_id AND w.report_id = c.report_id
        )
    )
    INSERT INTO chains (organization_id, manager_id, report_id, depth)
    SELECT :organization, w.manager_id, w.report_id, w.depth FROM wanted w
    WHERE NOT EXISTS (
        SELECT FROM chains c
        WHERE c.organization_id = :organization AND c.manager_id = w.manager_id
          AND c.report_id = w.report_id AND c.depth = w.depth
    )
    ON CONFLICT (organization_id, manager_id, report_id) DO UPDATE SET depth = excluded.depth
""").bindparams(bindparam("today", type_=Date), bindparam("organization", type_=Uuid))

_LOOSEN = text("""
    DELETE FROM chains c
    WHERE c.organization_id = :organization AND c.report_id IN (
        SELECT unnest(:people)
        UNION ALL
        SELECT b.report_id FROM chains b
        WHERE b.organization_id = :organization AND b.manager_id = ANY(:people)
    )
""").bindparams(_ids, bindparam("organization", type_=Uuid))

_FASTEN = text(f"""
    WITH RECURSIVE {_TODAY}, loose (person_id) AS (
        SELECT unnest(:people)
        UNION
        SELECT today.person_id FROM loose JOIN today ON today.manager_id = loose.person_id
    ), wanted (manager_id, report_id, depth) AS (
        SELECT today.manager_id, today.person_id, 1 FROM loose JOIN today USING (person_id)
        UNION ALL
        SELECT today.manager_id, wanted.report_id, wanted.depth + 1
        FROM wanted JOIN today ON today.person_id = wanted.manager_id
    )
    INSERT INTO chains (organization_id, manager_id, report_id, depth)
    SELECT :organization, manager_id, report_id, depth FROM wanted
""").bindparams(_ids, bindparam("today", type_=Date), bindparam("organization", type_=Uuid))

_PAIR = """
    WITH {today}
    SELECT coalesce(t.person_id, c.report_id), t.manager_id, c.manager_id
    FROM (SELECT * FROM today WHERE {some_lines}) t
    FULL JOIN (
        SELECT report_id, manager_id FROM chains
        WHERE organization_id = :organization AND depth = 1 AND {some_chains}
    ) c ON c.report_id = t.person_id
    WHERE t.manager_id IS DISTINCT FROM c.manager_id
"""

# Where lines were written, or the calendar has moved on, since the closure was made.
_OUTDATED = text(_PAIR.format(today=_TODAY, some_lines="true", some_chains="true")).bindparams(
    bindparam("today", type_=Date), bindparam("organization", type_=Uuid)
)
_OUTDATED_AMONG = text(
    _PAIR.format(
        today=_TODAY,
        some_lines="person_id = ANY(:people)",
        some_chains="report_id = ANY(:people)",
    )
).bindparams(_ids, bindparam("today", type_=Date), bindparam("organization", type_=Uuid))

# Another manager is another version of the person's document.
_TOUCH = text("""
    UPDATE people SET version = version + 1, updated_at = now()
    WHERE organization_id = :organization AND id = ANY(:people)
""").bindparams(_ids, bindparam("organization", type_=Uuid))

# Walks up from each line, keeping the days (from the given one on) on which all of the path holds.
_CIRCULAR = text("""
    WITH RECURSIVE up (person_id, above_id, since, until) AS (
        SELECT person_id, manager_id, greatest(valid_from, :since),
               coalesce(valid_to, 'infinity')
        FROM reporting_lines
        WHERE organization_id = :organization AND kind = 'primary' AND person_id = ANY(:people)
          AND coalesce(valid_to, 'infinity') > :since
        UNION
        SELECT up.person_id, l.manager_id, greatest(up.since, l.valid_from),
               least(up.until, coalesce(l.valid_to, 'infinity'))
        FROM up JOIN reporting_lines l
          ON l.organization_id = :organization AND l.kind = 'primary'
         AND l.person_id = up.above_id
         AND l.valid_from < up.until AND coalesce(l.valid_to, 'infinity') > up.since
        WHERE up.above_id <> up.person_id
    )
    SELECT DISTINCT person_id FROM up WHERE above_id = person_id
""").bindparams(_ids, bindparam("since", type_=Date), bindparam("organization", type_=Uuid))


async def rebuild_chains(session: AsyncSession) -> None:
    """Makes the closure say what today's lines say, whatever it said before."""
    await session.flush()
    await session.execute(_REBUILD, _day(session))


async def refresh_chains(session: AsyncSession, people: Collection[UUID]) -> None:
    """The same for some people whose line of today changed, and everybody below them."""
    if not people:
        return
    await session.flush()
    known = _day(session)
    given = {"organization": known["organization"], "people": list(people)}
    await session.execute(_LOOSEN, given)
    await session.execute(_FASTEN, known | given)


class Move(NamedTuple):
    person_id: UUID
    manager_id: UUID | None
    former_manager_id: UUID | None


async def outdated(session: AsyncSession, people: Collection[UUID] | None = None) -> list[Move]:
    """Whose line of today (among these people, or all) is not what the closure says."""
    await session.flush()
    if people is None:
        found = await session.execute(_OUTDATED, _day(session))
    else:
        found = await session.execute(_OUTDATED_AMONG, _day(session) | {"people": list(people)})
    return [Move(*row) for row in found]


async def touch(session: AsyncSession, people: Collection[UUID]) -> None:
    """Counts a change of these people, which are not changed as entities afterwards."""
    if people:
        given = {"organization": facts(session)["organization"], "people": list(people)}
        await session.execute(_TOUCH, given)


async def circular(
    session: AsyncSession, people: Collection[UUID], *, since: date = date.min
) -> set[UUID]:
    """Which of them would, on that day or a later one, report to themselves."""
    if not people:
        return set()
    await session.flush()
    organization = facts(session)["organization"]
    given = {"organization": organization, "people": list(people), "since": since}
    return set((await session.scalars(_CIRCULAR, given)).all())


def _day(session: AsyncSession) -> dict[str, Any]:
    known = facts(session)
    return {"organization": known["organization"], "today": known["today"]}

"""Primary lines written as they are: whoever draws them has asked what they may be."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Date, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.ids import uuid7

_DRAW = text("""
    INSERT INTO reporting_lines
        (organization_id, id, version, person_id, manager_id, kind, valid_from, valid_to)
    SELECT :organization, id, 1, person_id, manager_id, 'primary', valid_from, valid_to
    FROM unnest(:ids, :people, :managers, :since, :until)
        AS line (id, person_id, manager_id, valid_from, valid_to)
""").bindparams(
    bindparam("organization", type_=Uuid),
    bindparam("ids", type_=ARRAY(Uuid)),
    bindparam("people", type_=ARRAY(Uuid)),
    bindparam("managers", type_=ARRAY(Uuid)),
    bindparam("since", type_=ARRAY(Date)),
    bindparam("until", type_=ARRAY(Date)),
)


class Line(NamedTuple):
    """A primary line to be drawn."""

    person_id: UUID
    manager_id: UUID
    valid_from: date
    valid_to: date | None


async def draw(session: AsyncSession, lines: Iterable[Line]) -> dict[UUID, list[UUID]]:
    """Writes them as they are; answers with their ids by person."""
    rows = [(uuid7(), *line) for line in lines]
    drawn: dict[UUID, list[UUID]] = {}
    for line_id, person_id, *_ in rows:
        drawn.setdefault(person_id, []).append(line_id)
    if rows:
        names = ("ids", "people", "managers", "since", "until")
        given: dict[str, Any] = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        await session.execute(_DRAW, given | {"organization": facts(session)["organization"]})
    return drawn

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.deliveries import daily
from perfapi.core.events import publish

from . import queries
from .events import PersonChanged
from .leaving.service import carry_out
from .lines.service import settle
from .locks import lock_structure
from .models import Status
from .roles.queries import administrators_among, has_other_administrators


@daily(hour=0)
async def begin_and_end_what_was_planned(session: AsyncSession, day: date) -> None:
    """Leavings and beginnings that are due, and lines that begin or end, since it last ran."""
    await lock_structure(session)
    leavers = await queries.due_leavers(session, day)
    if not await has_other_administrators(session, leavers):
        # Somebody must administer: their leaving waits until there is another.
        for person_id in await administrators_among(session, leavers):
            del leavers[person_id]
    await carry_out(session, leavers, by=None)
    for person in await queries.due_beginners(session, day):
        person.status = Status.ACTIVE
        publish(session, PersonChanged(person_id=person.id, fields=["status"]), by=None)
    await settle(session, None, by=None, silent=leavers)

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import on
from perfapi.domains.people.events import PersonLeft

from . import service


@on(PersonLeft)
async def wait_no_more_for_leaver(session: AsyncSession, event: PersonLeft, event_id: UUID) -> None:
    await service.leave_requests(session, event.person_id)

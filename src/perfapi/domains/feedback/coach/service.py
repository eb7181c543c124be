from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.events import publish
from perfapi.domains.writing.styles import SpeakingStyle

from . import queries
from .events import CommunicationStyleChanged
from .models import CommunicationStyle


async def change_communication_style(
    session: AsyncSession, actor: Actor, style: SpeakingStyle | None
) -> None:
    """One's own; nobody says for another how they like to be spoken to."""
    found = await queries.find_style(session, actor.person_id)
    if (found.style if found else None) == style:
        return
    if found is not None and style is None:
        await session.delete(found)
    elif found is not None and style is not None:
        found.style = style
    elif style is not None:
        session.add(CommunicationStyle(person_id=actor.person_id, style=style))
    changed = CommunicationStyleChanged(person_id=actor.person_id)
    publish(session, changed, by=actor.person_id)
    await session.flush()

"""What happens to an account, told in every organization that it opens."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import publish
from perfapi.core.ids import uuid7

from .events import PasswordChanged, PasswordResetRequested

_TELL_ELSEWHERE = text("SELECT tell_other_memberships(:person_id, :id, :topic, :by_themself)")


async def tell_of_account(
    session: AsyncSession, event: PasswordChanged | PasswordResetRequested, *, by: UUID | None
) -> None:
    """In every organization of the account, in the same transaction: its password opens all of
    them, and each has its own event log. The logs say the same everywhere, and so do not tell of
    other organizations."""
    publish(session, event, by=by)
    given = {"person_id": event.person_id, "id": uuid7(), "topic": event.topic}
    await session.execute(_TELL_ELSEWHERE, given | {"by_themself": by is not None})

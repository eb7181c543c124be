from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_FIND = text("SELECT * FROM find_password_reset(:hash)")


class FoundReset(NamedTuple):
    email: str
    organization_id: UUID
    """In which it is told: the first that the person has not left."""
    person_id: UUID
    person_name: str


async def find_password_reset(session: AsyncSession, hashed: bytes) -> FoundReset | None:
    row = (await session.execute(_FIND, {"hash": hashed})).one_or_none()
    return None if row is None else FoundReset(*row)


_KEEP = text("SELECT keep_password_reset(:person_id, :event_id, :hash, :until)")


async def keep_password_reset(
    session: AsyncSession, person_id: UUID, event_id: UUID, hashed: bytes, until: datetime
) -> str | None:
    """The address that gets the link; None: a newer request was answered, or there is no password
    that could have been forgotten."""
    given = {"person_id": person_id, "event_id": event_id, "hash": hashed, "until": until}
    address: str | None = (await session.execute(_KEEP, given)).scalar_one()
    return address


_RESET = text("SELECT reset_password(:hash, :new)")


async def reset_password(session: AsyncSession, hashed: bytes, password_hash: str) -> bool:
    """Uses the link up; false: somebody else just did."""
    given = {"hash": hashed, "new": password_hash}
    return bool((await session.execute(_RESET, given)).scalar_one())

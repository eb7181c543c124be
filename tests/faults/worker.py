"""The worker of the fault tests: the real one, with one more subscriber whose effect shows.

Its effect is a row that could be written twice: whether it was is what the tests look at.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi import worker
from perfapi.core import deliveries
from perfapi.core.events import on
from perfapi.domains.goals.events import CheckedIn

# What a killed worker held is taken up within the patience of a test.
deliveries.LEASE = timedelta(seconds=4)

_EFFECT = text("INSERT INTO effects (event_id) VALUES (:event_id)")


@on(CheckedIn)
async def leave_a_mark(session: AsyncSession, event: CheckedIn, event_id: UUID) -> None:
    await session.execute(_EFFECT, {"event_id": event_id})


if __name__ == "__main__":
    worker.main()

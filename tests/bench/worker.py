"""The worker, with one more subscriber that does next to nothing: what is measured is the way."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi import worker
from perfapi.core.events import on
from perfapi.domains.goals.events import GoalChanged


@on(GoalChanged)
async def hear_of_it(session: AsyncSession, event: GoalChanged, event_id: UUID) -> None:
    return


if __name__ == "__main__":
    worker.main()

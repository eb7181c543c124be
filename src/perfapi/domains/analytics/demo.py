"""The numbers of the past year, week by week, as they would have been kept."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.demonstration import Demo, demo
from perfapi.domains.people.demo import administrator_of

from . import service

WEEKS = 54


@demo("analytics", after=("goals", "goal_life"))
async def keep_the_numbers(demo: Demo) -> None:
    async def happens(session: AsyncSession) -> None:
        await service.recompute(session)
        for week in range(WEEKS):
            day = demo.today - timedelta(weeks=week, days=1)
            at = datetime.combine(day, time(21), UTC)
            await service.take_snapshot(session, day, at=at)

    demo.will_happen(utcnow(), administrator_of(demo).person_id, happens)

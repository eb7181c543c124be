import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.deliveries import daily
from perfapi.core.operations import Work, operation, request_operation
from perfapi.core.projections import Fact, projection

from . import service

log = logging.getLogger(__name__)


@projection
async def follow_goals(session: AsyncSession, facts: Sequence[Fact]) -> None:
    await service.follow(session, facts)


@daily(hour=23)
async def keep_the_numbers_of_the_day(session: AsyncSession, day: date) -> None:
    await service.take_snapshot(session, day)


@daily(hour=3)
async def recompute_analytics_every_night(session: AsyncSession, day: date) -> None:
    """After progress itself was recomputed."""
    await request_operation(session, "recompute_analytics", by=None)


@operation
async def recompute_analytics(work: Work) -> dict[str, Any]:
    async with work.session() as session:
        result = await service.recompute(session)
    say = log.error if result["drift"] else log.info
    say("analytics recomputed", extra=result)
    return result

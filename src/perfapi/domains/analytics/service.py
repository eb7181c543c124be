"""The facts in step with the log, proved by building them anew; and the snapshots of a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.projections import Fact, hold_place

from .keeping import queries

PROJECTION = "analytics.follow_goals"


async def follow(session: AsyncSession, facts: Sequence[Fact]) -> None:
    """Reads anew the goals that the log names, those of people who work elsewhere now, and all
    that was ever above them: a goal that left took its progress along."""
    goal_ids = {
        UUID(fact.payload["goal_id"])
        for fact in facts
        if fact.topic.startswith("goals.") and fact.payload and fact.payload.get("goal_id")
    }
    person_ids = {
        UUID(fact.payload["person_id"])
        for fact in facts
        if fact.topic == "people.person_changed"
        and fact.payload
        and "department_id" in fact.payload["fields"]
    }
    if person_ids:
        goal_ids |= set(await queries.goals_of_people(session, person_ids))
    if goal_ids:
        await queries.refresh(session, goal_ids)


async def recompute(session: AsyncSession) -> dict[str, Any]:
    """All facts from the tables. `drift` counts those that were wrong, but for what the log tells
    of and they have not heard yet."""
    position = await hold_place(session, PROJECTION)
    goals, drift = await queries.refresh_all(session, position)
    return {"goals": goals, "drift": drift}


async def take_snapshot(session: AsyncSession, day: date, *, at: datetime | None = None) -> None:
    """Of every group that is large enough, in every cycle of that day; again is as once.

    With `at`, of what the tables said then.
    """
    await queries.write_snapshots(session, day, at=at)

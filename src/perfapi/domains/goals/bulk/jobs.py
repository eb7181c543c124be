from typing import Any
from uuid import UUID

from perfapi.core.operations import Work, operation
from perfapi.core.statistics import look_at
from perfapi.domains.goals.models import (
    Goal,
    GoalProgress,
    KeyResult,
    KeyResultProgress,
    Milestone,
)

from . import service, taking_back
from .schemas import GoalBulk

MANY = 500
"""Goals after which PostgreSQL looks at the tables anew."""


@operation
async def set_goals_in_bulk(work: Work) -> dict[str, Any]:
    """With the rights that whoever asked has by now."""
    body = GoalBulk.model_validate_json(work.parameters["bulk"])
    assert work.requested_by is not None
    async with work.session() as session:
        if body.mode == "dry_run":
            return await service.plan_bulk(session, work.operation, body)
        told = await service.set_goals(
            session, work.operation, body, by=work.requested_by, tell=work.progress
        )
    if told["goals"] >= MANY:
        async with work.session() as session:
            await look_at(session, Goal, GoalProgress, KeyResult, KeyResultProgress, Milestone)
    return told


@operation
async def take_back_goals(work: Work) -> dict[str, Any]:
    """With the rights that whoever asked has by now."""
    assert work.requested_by is not None
    async with work.session() as session:
        run = UUID(work.parameters["run"])
        return await taking_back.take_back(session, run, by=work.requested_by)

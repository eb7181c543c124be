from typing import Any

from perfapi.core.operations import Work, operation

from . import service
from .schemas import GoalBulk


@operation
async def set_goals_in_bulk(work: Work) -> dict[str, Any]:
    """With the rights that whoever asked has by now."""
    body = GoalBulk.model_validate_json(work.parameters["bulk"])
    assert work.requested_by is not None
    async with work.session() as session:
        if body.mode == "dry_run":
            return await service.plan_bulk(session, body)
        return await service.set_goals(
            session, work.operation, body, by=work.requested_by, tell=work.progress
        )

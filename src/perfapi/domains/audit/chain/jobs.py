from typing import Any

from perfapi.core import access
from perfapi.core.operations import Work, operation
from perfapi.domains.audit import policy

from . import service
from .schemas import Verification


@operation
async def verify_event_log(work: Work) -> dict[str, Any]:
    """With the rights that whoever asked has by now."""
    asked = Verification.model_validate_json(work.parameters["verification"])
    async with work.session() as session:
        await access.ensure(session, policy.READ_EVENT_LOG)
    verdict = await service.verify(
        work.session, work.organization, anchor=asked.anchor, tell=work.progress
    )
    return verdict.model_dump(mode="json")

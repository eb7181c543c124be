from typing import Annotated

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.feedback.errors import OnlyAdministratorsConfigure

from . import queries, schemas, service

router = Router(prefix="/feedback-settings", tags=["feedback"])

Reader = Annotated[Actor, requires("feedback:read")]
Writer = Annotated[Actor, requires("feedback:write")]


@router.get("")
async def get_feedback_settings(
    session: TenantSession, actor: Reader
) -> Json[schemas.FeedbackSettings]:
    """Which audiences praise and advice may have here, and what a new manager reads."""
    return await queries.read_feedback_settings(session)


@router.patch("", responses=problems(OnlyAdministratorsConfigure, *CHANGE_PROBLEMS))
async def update_feedback_settings(
    session: TenantSession,
    actor: Writer,
    body: Body[schemas.FeedbackSettingsUpdate],
    version: ExpectedVersion,
) -> Json[schemas.FeedbackSettings]:
    """Change which audiences are offered. For administrators.

    What was given before keeps its audience; only `new_managers_read_older` counts for that, too.
    """
    await service.update_feedback_settings(session, actor, body, version)
    return await queries.read_feedback_settings(session)

from typing import Annotated

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.goals.errors import OnlyAdministrators

from . import queries, schemas, service

router = Router(prefix="/goal-settings", tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.get("")
async def get_goal_settings(session: TenantSession, actor: Reader) -> Json[schemas.GoalSettings]:
    """How long cycles are, how often goals are checked in on, and when they are on track."""
    return await queries.read_goal_settings(session)


@router.patch("", responses=problems(OnlyAdministrators, *CHANGE_PROBLEMS))
async def update_goal_settings(
    session: TenantSession,
    actor: Writer,
    body: Body[schemas.GoalSettingsUpdate],
    version: ExpectedVersion,
) -> Json[schemas.GoalSettings]:
    """Change how goals work. For administrators.

    Thresholds count at once, for every goal; the length of cycles and the rhythm of check-ins for
    what is set from now on.
    """
    await service.update_goal_settings(session, actor, body, version)
    return await queries.read_goal_settings(session)

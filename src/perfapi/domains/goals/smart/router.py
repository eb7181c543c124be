from typing import Annotated

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.routing import Router
from perfapi.core.schema import Body

from . import queries, schemas

router = Router(tags=["goals"])

Writer = Annotated[Actor, requires("goals:write")]


@router.post("/goals/smart-hints", repeatable=False)
async def suggest_smart_hints(
    session: TenantSession, actor: Writer, body: Body[schemas.GoalDraft]
) -> Json[schemas.SmartHints]:
    """How a draft could be clearer: specific, measurable, achievable, relevant, time-bound.

    By fixed rules, without a model and without storing anything. It is advice: a goal may be set
    whatever the hints say.
    """
    return queries.smart_hints(session, body)

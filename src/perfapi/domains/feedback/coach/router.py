from typing import Annotated

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.domains.writing.schemas import CoachAdvice

from . import queries, schemas, service

router = Router(tags=["feedback"])

Reader = Annotated[Actor, requires("feedback:read")]
Writer = Annotated[Actor, requires("feedback:write")]


@router.post("/feedback/advice", repeatable=False)
async def advise_on_feedback(
    session: TenantSession, actor: Writer, body: Body[schemas.FeedbackDraft]
) -> Json[CoachAdvice]:
    """How a draft of feedback could be more concrete, more respectful and more helpful.

    By fixed rules, without a model and without storing anything, tuned by how its receiver prefers
    to be spoken to. It is advice: feedback may be given whatever the remarks say.
    """
    return await queries.advise_on_feedback(session, body)


@router.get("/communication-style", responses=problems(NotFound))
async def get_communication_style(
    session: TenantSession, actor: Reader, whose: Annotated[schemas.WhoseStyle, Query()]
) -> Json[schemas.CommunicationStyle]:
    """How somebody prefers to be spoken to, as they say themselves."""
    return await queries.read_communication_style(session, whose.person_id)


@router.put("/me/communication-style")
async def change_communication_style(
    session: TenantSession, actor: Writer, body: Body[schemas.CommunicationStyleChange]
) -> Json[schemas.CommunicationStyle]:
    """Say how you prefer to be spoken to. Whoever writes to you is advised accordingly."""
    await service.change_communication_style(session, actor, body.style)
    return await queries.read_communication_style(session, actor.person_id)

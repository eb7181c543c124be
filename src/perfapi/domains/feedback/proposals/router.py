from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.documents import OUT_OF_SIGHT
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.feedback import queries as feedback
from perfapi.domains.feedback import schemas
from perfapi.domains.feedback.errors import (
    FeedbackHidden,
    FeedbackNotBetweenYou,
    NothingProposed,
    ReceiversDoNotReadIt,
)

from . import service

router = Router(prefix="/feedback/{feedback_id}/visibility", tags=["feedback"])

Writer = Annotated[Actor, requires("feedback:write")]


@router.put(
    "",
    responses=OUT_OF_SIGHT
    | problems(
        NotFound, FeedbackNotBetweenYou, FeedbackHidden, ReceiversDoNotReadIt, *CHANGE_PROBLEMS
    ),
)
async def change_feedback_visibility(
    session: TenantSession,
    actor: Writer,
    feedback_id: UUID,
    body: Body[schemas.FeedbackVisibilityChange],
    version: ExpectedVersion,
) -> Json[schemas.Feedback]:
    """Let others read it.

    Its giver narrows the audience at once. Anything else is proposed, by giver or receiver, and
    holds as soon as the giver and every receiver have agreed.
    """
    await service.change_visibility(session, actor, feedback_id, body.visibility, version)
    return await feedback.feedback_after_change(session, feedback_id)


@router.post(
    "/agree",
    responses=problems(
        NotFound, FeedbackNotBetweenYou, FeedbackHidden, NothingProposed, *CHANGE_PROBLEMS
    ),
)
async def agree_to_feedback_visibility(
    session: TenantSession, actor: Writer, feedback_id: UUID, version: ExpectedVersion
) -> Json[schemas.Feedback]:
    """Agree to the audience that is proposed."""
    await service.agree_to_visibility(session, actor, feedback_id, version)
    return await feedback.feedback_after_change(session, feedback_id)


@router.post(
    "/decline",
    responses=problems(
        NotFound, FeedbackNotBetweenYou, FeedbackHidden, NothingProposed, *CHANGE_PROBLEMS
    ),
)
async def decline_feedback_visibility(
    session: TenantSession, actor: Writer, feedback_id: UUID, version: ExpectedVersion
) -> Json[schemas.Feedback]:
    """Keep it among those who read it now; who proposed otherwise may take that back so."""
    await service.decline_visibility(session, actor, feedback_id, version)
    return await feedback.feedback_after_change(session, feedback_id)

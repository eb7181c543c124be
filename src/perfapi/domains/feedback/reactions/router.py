from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.domains.feedback.errors import FeedbackHidden

from . import service
from .models import FeedbackReactionKind

router = Router(prefix="/feedback/{feedback_id}/reactions", tags=["feedback"])

Writer = Annotated[Actor, requires("feedback:write")]


@router.put("/{kind}", status_code=204, responses=problems(NotFound, FeedbackHidden))
async def react_to_feedback(
    session: TenantSession, actor: Writer, feedback_id: UUID, kind: FeedbackReactionKind
) -> None:
    """React to feedback that you read. To have reacted so already is fine."""
    await service.react_to_feedback(session, actor, feedback_id, kind)


@router.delete("/{kind}", status_code=204, responses=problems(NotFound))
async def take_back_feedback_reaction(
    session: TenantSession, actor: Writer, feedback_id: UUID, kind: FeedbackReactionKind
) -> None:
    """Take a reaction back. Not to have reacted so is fine."""
    await service.take_back_reaction(session, actor, feedback_id, kind)

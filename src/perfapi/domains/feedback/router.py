from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion

from . import queries, schemas, service
from .errors import (
    AlreadyAcknowledged,
    AlreadyAGoal,
    AlreadyThanked,
    FeedbackNotToYou,
    FeedbackNotYours,
)

router = Router(prefix="/feedback", tags=["feedback"])

Reader = Annotated[Actor, requires("feedback:read")]
Writer = Annotated[Actor, requires("feedback:write")]


@router.get("", responses=problems(CursorInvalid))
async def list_feedback(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.FeedbackFilter, Query()]
) -> Json[schemas.FeedbackPage]:
    """The feedback that you may read, the newest first."""
    return await queries.list_feedback(session, filters)


@router.post("", status_code=201)
async def give_feedback(
    session: TenantSession, actor: Writer, body: Body[schemas.FeedbackCreate]
) -> Json[schemas.Feedback]:
    """Praise or advise one or more colleagues.

    Praise is public and advice is for its receivers alone, unless you choose otherwise among what
    the organization offers. Whoever reads it also reads who else received it.
    """
    feedback_id = await service.give_feedback(session, actor, body)
    answer = await queries.feedback_after_change(session, feedback_id)
    return answer.created(f"/v1/feedback/{feedback_id}")


@router.get("/{feedback_id}", responses=problems(NotFound))
async def get_feedback(
    session: TenantSession, actor: Reader, feedback_id: UUID
) -> Json[schemas.Feedback]:
    """One piece of feedback."""
    return await queries.read_feedback(session, feedback_id)


@router.patch("/{feedback_id}", responses=problems(NotFound, FeedbackNotYours, *CHANGE_PROBLEMS))
async def change_feedback(
    session: TenantSession,
    actor: Writer,
    feedback_id: UUID,
    body: Body[schemas.FeedbackUpdate],
    version: ExpectedVersion,
) -> Json[schemas.Feedback]:
    """Word feedback that you gave anew. Its readers see that it was edited."""
    await service.change_feedback(session, actor, feedback_id, body, version)
    return await queries.feedback_after_change(session, feedback_id)


@router.delete(
    "/{feedback_id}",
    status_code=204,
    responses=problems(NotFound, FeedbackNotYours, *CHANGE_PROBLEMS),
)
async def withdraw_feedback(
    session: TenantSession, actor: Writer, feedback_id: UUID, version: ExpectedVersion
) -> None:
    """Withdraw feedback that you gave: its words, reactions and comments are gone.

    A goal that somebody made of it stays.
    """
    await service.withdraw_feedback(session, actor, feedback_id, version)


@router.post("/{feedback_id}/thank", responses=problems(NotFound, FeedbackNotToYou, AlreadyThanked))
async def thank_for_feedback(
    session: TenantSession, actor: Writer, feedback_id: UUID
) -> Json[schemas.Feedback]:
    """Say thank you for feedback that you received."""
    await service.thank_for_feedback(session, actor, feedback_id)
    return await queries.feedback_after_change(session, feedback_id)


@router.post(
    "/{feedback_id}/acknowledge",
    responses=problems(NotFound, FeedbackNotToYou, AlreadyAcknowledged),
)
async def acknowledge_feedback(
    session: TenantSession, actor: Writer, feedback_id: UUID
) -> Json[schemas.Feedback]:
    """Say that you have read feedback that you received: it no longer waits for you."""
    await service.acknowledge_feedback(session, actor, feedback_id)
    return await queries.feedback_after_change(session, feedback_id)


@router.post(
    "/{feedback_id}/development-goal",
    status_code=201,
    responses=problems(NotFound, FeedbackNotToYou, AlreadyAGoal),
)
async def make_goal_of_feedback(
    session: TenantSession,
    actor: Writer,
    feedback_id: UUID,
    body: Body[schemas.DevelopmentGoal],
) -> Json[schemas.MadeGoal]:
    """Make a development goal of feedback that you received.

    It is a private draft: nobody learns from the goal what was said, until you open it to others.
    """
    goal_id = await service.make_goal_of_feedback(session, actor, feedback_id, body)
    return queries.made_goal(goal_id).created(f"/v1/goals/{goal_id}")

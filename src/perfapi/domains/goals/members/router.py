from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.domains.goals.errors import (
    FormerOwnerStays,
    GoalEnded,
    GoalNotYours,
    OwnerIsNoMember,
    PersonHasLeft,
    TooManyMembers,
)

from . import schemas, service

router = Router(prefix="/goals", tags=["goals"])

Writer = Annotated[Actor, requires("goals:write")]


@router.put(
    "/{goal_id}/members/{person_id}",
    status_code=204,
    responses=problems(
        NotFound, GoalNotYours, GoalEnded, PersonHasLeft, OwnerIsNoMember, TooManyMembers
    ),
)
async def set_goal_member(
    session: TenantSession,
    actor: Writer,
    goal_id: UUID,
    person_id: UUID,
    body: Body[schemas.GoalMemberSet],
) -> None:
    """Make somebody a co-owner of or a contributor to a goal, whatever they were on it before.

    Both see the goal, a private one too. The goal's document lists them as `members`, 50 at most.
    For whoever may edit the goal.
    """
    await service.set_goal_member(session, actor, goal_id, person_id, body.role)


@router.delete(
    "/{goal_id}/members/{person_id}",
    status_code=204,
    responses=problems(NotFound, GoalNotYours, FormerOwnerStays, GoalEnded),
)
async def remove_goal_member(
    session: TenantSession, actor: Writer, goal_id: UUID, person_id: UUID
) -> None:
    """Take a co-owner or contributor off a goal. For whoever may edit it, and for themself.

    Whoever answered for the goal before (`was_owner`) steps back themself, or stays.
    """
    await service.remove_goal_member(session, actor, goal_id, person_id)

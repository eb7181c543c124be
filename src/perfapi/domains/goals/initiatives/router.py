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
from perfapi.domains.goals.errors import (
    GoalEnded,
    GoalNotYours,
    InitiativeDone,
    InitiativeNotDone,
    TooManyInitiatives,
)

from . import queries, schemas, service

router = Router(tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.get("/goals/{goal_id}/initiatives", responses=problems(NotFound, CursorInvalid))
async def list_initiatives(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    filters: Annotated[schemas.InitiativeFilter, Query()],
) -> Json[schemas.InitiativePage]:
    """What is done to reach a goal, in the order in which it was thought of."""
    return await queries.list_initiatives(session, goal_id, filters)


@router.post(
    "/goals/{goal_id}/initiatives",
    status_code=201,
    responses=problems(NotFound, GoalNotYours, GoalEnded, TooManyInitiatives),
)
async def add_initiative(
    session: TenantSession,
    actor: Writer,
    goal_id: UUID,
    body: Body[schemas.InitiativeCreate],
) -> Json[schemas.Initiative]:
    """Add an initiative to a goal, or to one of its key results. For whoever may edit the goal.

    Initiatives never count in the progress. A goal has 100 at most.
    """
    initiative_id = await service.add_initiative(session, actor, goal_id, body)
    answer = await queries.initiative_after_change(session, initiative_id)
    return answer.created(f"/v1/initiatives/{initiative_id}")


@router.get("/initiatives/{initiative_id}", responses=problems(NotFound))
async def get_initiative(
    session: TenantSession, actor: Reader, initiative_id: UUID
) -> Json[schemas.Initiative]:
    """One initiative."""
    return await queries.read_initiative(session, initiative_id)


@router.patch(
    "/initiatives/{initiative_id}",
    responses=problems(NotFound, GoalNotYours, GoalEnded, *CHANGE_PROBLEMS),
)
async def update_initiative(
    session: TenantSession,
    actor: Writer,
    initiative_id: UUID,
    body: Body[schemas.InitiativeUpdate],
    version: ExpectedVersion,
) -> Json[schemas.Initiative]:
    """Change what an initiative is, who does it and until when. For whoever may edit the goal."""
    await service.update_initiative(session, actor, initiative_id, body, version)
    return await queries.initiative_after_change(session, initiative_id)


@router.post(
    "/initiatives/{initiative_id}/complete",
    responses=problems(NotFound, GoalNotYours, GoalEnded, InitiativeDone),
)
async def complete_initiative(
    session: TenantSession, actor: Writer, initiative_id: UUID
) -> Json[schemas.Initiative]:
    """Tick an initiative off. For its owner and whoever works on the goal, contributors too."""
    await service.complete_initiative(session, actor, initiative_id)
    return await queries.initiative_after_change(session, initiative_id)


@router.post(
    "/initiatives/{initiative_id}/resume",
    responses=problems(NotFound, GoalNotYours, GoalEnded, InitiativeNotDone),
)
async def resume_initiative(
    session: TenantSession, actor: Writer, initiative_id: UUID
) -> Json[schemas.Initiative]:
    """Take the tick away: it is not done after all. For those who may complete it."""
    await service.resume_initiative(session, actor, initiative_id)
    return await queries.initiative_after_change(session, initiative_id)


@router.delete(
    "/initiatives/{initiative_id}",
    status_code=204,
    responses=problems(NotFound, GoalNotYours, GoalEnded, *CHANGE_PROBLEMS),
)
async def remove_initiative(
    session: TenantSession, actor: Writer, initiative_id: UUID, version: ExpectedVersion
) -> None:
    """Remove an initiative. For whoever may edit the goal."""
    await service.remove_initiative(session, actor, initiative_id, version)

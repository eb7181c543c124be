from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.documents import OUT_OF_SIGHT
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.goals.errors import OnlyHr

from . import queries, schemas, service
from .errors import ViewNameTaken, ViewNotYours

router = Router(prefix="/goal-views", tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.get("", responses=problems(CursorInvalid))
async def list_goal_views(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.GoalViewFilter, Query()]
) -> Json[schemas.GoalViewPage]:
    """Your own views and those that are shared with everybody, by name."""
    return await queries.list_goal_views(session, filters)


@router.post("", status_code=201, responses=problems(OnlyHr, ViewNameTaken))
async def save_goal_view(
    session: TenantSession, actor: Writer, body: Body[schemas.GoalViewCreate]
) -> Json[schemas.GoalView]:
    """Keep what you ask for under a name. HR and administrators may share it with everybody.

    A view holds what is asked for, not what is found: everybody finds in it what they may see.
    """
    view_id = await service.save_goal_view(session, actor, body)
    answer = await queries.goal_view_after_change(session, view_id)
    return answer.created(f"/v1/goal-views/{view_id}")


@router.get("/{goal_view_id}", responses=problems(NotFound))
async def get_goal_view(
    session: TenantSession, actor: Reader, goal_view_id: UUID
) -> Json[schemas.GoalView]:
    """One view: your own, or a shared one."""
    return await queries.read_goal_view(session, goal_view_id)


@router.patch(
    "/{goal_view_id}",
    responses=problems(NotFound, ViewNotYours, ViewNameTaken, *CHANGE_PROBLEMS) | OUT_OF_SIGHT,
)
async def update_goal_view(
    session: TenantSession,
    actor: Writer,
    goal_view_id: UUID,
    body: Body[schemas.GoalViewUpdate],
    version: ExpectedVersion,
) -> Json[schemas.GoalView]:
    """Change a view: your own, or as HR or administrator a shared one.

    A view that is shared no longer is its owner's alone.
    """
    await service.update_goal_view(session, actor, goal_view_id, body, version)
    return await queries.goal_view_after_change(session, goal_view_id)


@router.delete(
    "/{goal_view_id}",
    status_code=204,
    responses=problems(NotFound, ViewNotYours, *CHANGE_PROBLEMS),
)
async def delete_goal_view(
    session: TenantSession, actor: Writer, goal_view_id: UUID, version: ExpectedVersion
) -> None:
    """Delete a view. The goals in it stay as they are."""
    await service.delete_goal_view(session, actor, goal_view_id, version)


@router.post("/{goal_view_id}/begin-with", responses=problems(NotFound))
async def begin_with_goal_view(
    session: TenantSession, actor: Writer, goal_view_id: UUID
) -> Json[schemas.GoalView]:
    """Make it your default: the goals page opens with it. You have one; another takes its place."""
    await service.begin_with_goal_view(session, actor, goal_view_id)
    return await queries.goal_view_after_change(session, goal_view_id)


@router.post("/{goal_view_id}/stop-beginning-with", responses=problems(NotFound))
async def stop_beginning_with_goal_view(
    session: TenantSession, actor: Writer, goal_view_id: UUID
) -> Json[schemas.GoalView]:
    """It is no longer your default: the goals page opens with all goals of the running cycle."""
    await service.stop_beginning_with_goal_view(session, goal_view_id)
    return await queries.goal_view_after_change(session, goal_view_id)

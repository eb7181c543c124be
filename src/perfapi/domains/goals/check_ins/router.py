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
from perfapi.domains.goals.errors import GoalNotActive, GoalNotYours, KeyResultArchived
from perfapi.domains.goals.reactions.models import ReactionKind

from . import queries, schemas, service

router = Router(tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.post(
    "/key-results/{key_result_id}/check-ins",
    status_code=201,
    responses=problems(NotFound, GoalNotYours, GoalNotActive, KeyResultArchived),
)
async def check_in(
    session: TenantSession,
    actor: Writer,
    key_result_id: UUID,
    body: Body[schemas.CheckInCreate],
) -> Json[schemas.CheckIn]:
    """Say what a key result measures by now, how confident you are, and why.

    The value reads as its kind says; of milestones, name all that are done by now instead.
    For the goal's owners and contributors, the owner's managers, HR and administrators, on active
    goals. The goal and every goal above it has moved when the answer arrives.
    """
    check_in_id = await service.check_in(session, actor, key_result_id, body)
    answer = await queries.check_in_after_change(session, check_in_id)
    return answer.created(f"/v1/key-results/{key_result_id}/check-ins")


@router.get("/key-results/{key_result_id}/check-ins", responses=problems(NotFound, CursorInvalid))
async def list_check_ins(
    session: TenantSession,
    actor: Reader,
    key_result_id: UUID,
    filters: Annotated[schemas.CheckInFilter, Query()],
) -> Json[schemas.CheckInPage]:
    """The history of a key result, the newest first."""
    return await queries.list_check_ins(session, key_result_id, filters)


@router.get("/goals/{goal_id}/check-ins", responses=problems(NotFound, CursorInvalid))
async def list_goal_check_ins(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    filters: Annotated[schemas.CheckInFilter, Query()],
) -> Json[schemas.GoalCheckInPage]:
    """The history of all key results of a goal, archived ones too, the newest first."""
    return await queries.list_goal_check_ins(session, goal_id, filters)


@router.put(
    "/check-ins/{check_in_id}/reactions/{kind}", status_code=204, responses=problems(NotFound)
)
async def add_check_in_reaction(
    session: TenantSession, actor: Writer, check_in_id: UUID, kind: ReactionKind
) -> None:
    """Cheer a check-in, if you see its goal. Once more changes nothing."""
    await service.cheer_check_in(session, actor, check_in_id, kind)


@router.delete(
    "/check-ins/{check_in_id}/reactions/{kind}", status_code=204, responses=problems(NotFound)
)
async def remove_check_in_reaction(
    session: TenantSession, actor: Writer, check_in_id: UUID, kind: ReactionKind
) -> None:
    """Take your reaction back; without one, nothing changes."""
    await service.take_back_cheer(session, actor, check_in_id, kind)

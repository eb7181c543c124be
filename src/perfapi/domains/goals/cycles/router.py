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
from perfapi.domains.goals.errors import CycleClosed, OnlyHr

from . import queries, schemas, service

router = Router(prefix="/goal-cycles", tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.get("", responses=problems(CursorInvalid))
async def list_goal_cycles(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.GoalCycleFilter, Query()]
) -> Json[schemas.GoalCyclePage]:
    """The goal cycles, the latest start first."""
    return await queries.list_goal_cycles(session, filters)


@router.post("", status_code=201, responses=problems(OnlyHr))
async def add_goal_cycle(
    session: TenantSession, actor: Writer, body: Body[schemas.GoalCycleCreate]
) -> Json[schemas.GoalCycle]:
    """Add a cycle. For HR of the whole organization and administrators.

    Without `ends_on` it lasts as the goal settings say, 90 days by default. Cycles may overlap.
    """
    cycle = await service.add_goal_cycle(session, actor, body)
    answer = await queries.goal_cycle_after_change(session, cycle.id)
    return answer.created(f"/v1/goal-cycles/{cycle.id}")


@router.get("/{goal_cycle_id}", responses=problems(NotFound))
async def get_goal_cycle(
    session: TenantSession, actor: Reader, goal_cycle_id: UUID
) -> Json[schemas.GoalCycle]:
    """One goal cycle."""
    return await queries.read_goal_cycle(session, goal_cycle_id)


@router.patch(
    "/{goal_cycle_id}", responses=problems(NotFound, OnlyHr, CycleClosed, *CHANGE_PROBLEMS)
)
async def update_goal_cycle(
    session: TenantSession,
    actor: Writer,
    goal_cycle_id: UUID,
    body: Body[schemas.GoalCycleUpdate],
    version: ExpectedVersion,
) -> Json[schemas.GoalCycle]:
    """Change a cycle's name or days. The days of the goals in it stay as they are."""
    await service.update_goal_cycle(session, actor, goal_cycle_id, body, version)
    return await queries.goal_cycle_after_change(session, goal_cycle_id)


@router.post("/{goal_cycle_id}/close", responses=problems(NotFound, OnlyHr, CycleClosed))
async def close_goal_cycle(
    session: TenantSession, actor: Writer, goal_cycle_id: UUID
) -> Json[schemas.GoalCycle]:
    """Close a cycle for good: no goal can be set for it any more.

    The goals in it stay as they are; each is closed with its own score.
    """
    await service.close_goal_cycle(session, actor, goal_cycle_id)
    return await queries.goal_cycle_after_change(session, goal_cycle_id)

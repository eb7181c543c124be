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
from perfapi.domains.goals.errors import (
    GoalEnded,
    GoalNotYours,
    KeyResultArchived,
    KeyResultHasHistory,
    TooManyKeyResults,
)

from . import queries, schemas, service

router = Router(tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.get("/goals/{goal_id}/key-results", responses=problems(NotFound, CursorInvalid))
async def list_key_results(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    filters: Annotated[schemas.KeyResultFilter, Query()],
) -> Json[schemas.KeyResultPage]:
    """The key results of a goal, in their order."""
    return await queries.list_key_results(session, goal_id, filters)


@router.post(
    "/goals/{goal_id}/key-results",
    status_code=201,
    responses=problems(NotFound, GoalNotYours, GoalEnded, TooManyKeyResults),
)
async def add_key_result(
    session: TenantSession,
    actor: Writer,
    goal_id: UUID,
    body: Body[schemas.KeyResultCreate],
) -> Json[schemas.KeyResult]:
    """Add a key result behind the others.

    Its kind says what it is told by and how a check-in reads. `number`, `percent` and `currency`
    go from a start to a target: progress is 0 until the first check-in, wherever it starts; a
    target below the start is a decrease; one equal to it is refused. `binary` is 0 or 1, `manual`
    a percentage that somebody judges, `milestones` the share of their weights that is done.
    `maintain` is 1 inside its band and less outside; without a check-in it counts nowhere.
    """
    key_result_id = await service.add_key_result(session, actor, goal_id, body)
    answer = await queries.key_result_after_change(session, key_result_id)
    return answer.created(f"/v1/key-results/{key_result_id}")


@router.get("/key-results/{key_result_id}", responses=problems(NotFound))
async def get_key_result(
    session: TenantSession, actor: Reader, key_result_id: UUID
) -> Json[schemas.KeyResult]:
    """One key result, with where it stands."""
    return await queries.read_key_result(session, key_result_id)


@router.patch(
    "/key-results/{key_result_id}",
    responses=problems(
        NotFound, GoalNotYours, GoalEnded, KeyResultArchived, KeyResultHasHistory, *CHANGE_PROBLEMS
    )
    | OUT_OF_SIGHT,
)
async def update_key_result(
    session: TenantSession,
    actor: Writer,
    key_result_id: UUID,
    body: Body[schemas.KeyResultUpdate],
    version: ExpectedVersion,
) -> Json[schemas.KeyResult]:
    """Change a key result. What it is measured by, and its weight, move the goals above at once.

    The kind changes only as long as there are no check-ins. What history named stays in it, also
    milestones that are removed.
    """
    await service.update_key_result(session, actor, key_result_id, body, version)
    return await queries.key_result_after_change(session, key_result_id)


@router.delete(
    "/key-results/{key_result_id}",
    status_code=204,
    responses=problems(NotFound, GoalNotYours, GoalEnded, KeyResultArchived, *CHANGE_PROBLEMS),
)
async def remove_key_result(
    session: TenantSession, actor: Writer, key_result_id: UUID, version: ExpectedVersion
) -> None:
    """Take a key result out of its goal.

    It is deleted if nobody ever checked in on it and no goal is aligned to it. Otherwise it is
    archived: it counts no more, and its history stays.
    """
    await service.remove_key_result(session, actor, key_result_id, version)

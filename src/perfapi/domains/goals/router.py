from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import StreamingResponse

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.audit import tell_of_read
from perfapi.core.clock import utcnow
from perfapi.core.db import TenantSession
from perfapi.core.documents import OUT_OF_SIGHT
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.operations import OperationDocument, read_operation, request_operation
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion

from . import policy, queries, schemas, service
from .errors import (
    AlignmentBusy,
    AlignmentCircular,
    AlignmentTooDeep,
    GoalEnded,
    GoalHasAlignedGoals,
    GoalHasHistory,
    GoalNotActive,
    GoalNotDraft,
    GoalNotYours,
    GoalNotYoursToSet,
    OnlyAdministrators,
    TooManyMembers,
)
from .export import queries as export
from .export.schemas import GoalExportQuery
from .similar import queries as similar
from .similar.schemas import SimilarGoals, Wording
from .tree import queries as tree
from .tree.schemas import GoalTree, TreeFilter

router = Router(prefix="/goals", tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]

_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "UTF-8, a heading, then the lines.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


@router.get("", responses=problems(CursorInvalid))
async def list_goals(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.GoalFilter, Query()]
) -> Json[schemas.GoalPage]:
    """Goals that you can see, by title unless `sort` says otherwise."""
    return await queries.list_goals(session, filters)


@router.post(
    "",
    status_code=201,
    responses=problems(GoalNotYoursToSet, AlignmentTooDeep) | OUT_OF_SIGHT,
)
async def set_goal(
    session: TenantSession, actor: Writer, body: Body[schemas.GoalCreate]
) -> Json[schemas.GoalDetail]:
    """Set a goal, at once with its key results if you like.

    Who may depends on the level. Company: administrators and HR of the whole organization.
    Department: they, HR of the department, and managers who work in it or above it. Team:
    administrators, HR, its members and its lead. Person: oneself, one's managers, HR,
    administrators. The goal it is aligned to must be visible to you and must not have ended.
    """
    goal_id = await service.set_goal(session, actor, body)
    answer = await queries.goal_after_change(session, goal_id)
    return answer.created(f"/v1/goals/{goal_id}")


@router.get("/tree", responses=problems(NotFound))
async def get_goal_tree(
    session: TenantSession, actor: Reader, filters: Annotated[TreeFilter, Query()]
) -> Json[GoalTree]:
    """All goals of a cycle that you can see, as one forest, without cancelled and archived ones.

    A node whose parent you cannot see, or that belongs to another cycle, stands at the top.
    """
    return await tree.read_goal_tree(session, filters)


@router.get("/export", response_class=StreamingResponse, responses=_CSV)
async def export_goals(
    request: Request,
    session: TenantSession,
    actor: Reader,
    query: Annotated[GoalExportQuery, Query()],
) -> StreamingResponse:
    """Goals that you can see as CSV, as many as there are, or a line for each key result.

    Takes the filters of the list. Numbers are written as in JSON; what begins like a formula has
    an apostrophe before it. A column keeps its name, and further ones may follow.
    """
    tell_of_read(session, actor, "goals/export")
    name = f"{query.rows.replace('_', '-')}-{utcnow():%Y-%m-%d}.csv"
    return StreamingResponse(
        export.export_goals(request.app.state.sessions, actor, query),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@router.get("/similar")
async def find_goals_like(
    session: TenantSession, actor: Reader, query: Annotated[Wording, Query()]
) -> Json[SimilarGoals]:
    """Goals that you can see and that say or measure nearly what you are about to write.

    Drafts, active and closed ones, of any cycle. To align with them, or to learn from them.
    """
    return await similar.read_goals_like(session, query.title)


@router.post("/recompute", status_code=202, responses=problems(OnlyAdministrators))
async def recompute_goals(session: TenantSession, actor: Writer) -> Json[OperationDocument]:
    """Recompute all progress from the check-ins up. For administrators.

    Answers with an operation. Its result is `{goals, key_results, drift}`; `drift` counts what had
    to be put right, and is 0.
    """
    await access.ensure(session, policy.MAY_CONFIGURE)
    asked = await request_operation(session, "recompute_goals", by=actor.person_id)
    answer = await read_operation(session, asked.id)
    return answer.accepted(f"/v1/operations/{asked.id}")


@router.get("/{goal_id}", responses=problems(NotFound))
async def get_goal(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    moment: Annotated[schemas.GoalMoment, Query()],
) -> Json[schemas.GoalDetail]:
    """One goal with its key results, the goals around it, and what you may do with it.

    Aligned goals that you cannot see count in its progress; only their weights are told.
    """
    return await queries.read_goal(session, goal_id, moment.as_of)


@router.get("/{goal_id}/similar", responses=problems(NotFound))
async def get_similar_goals(
    session: TenantSession, actor: Reader, goal_id: UUID
) -> Json[SimilarGoals]:
    """Goals that you can see and that say or measure nearly the same as this one.

    Without those it is aligned to or goes on from, and the other way round.
    """
    return await similar.read_similar_goals(session, goal_id)


@router.patch(
    "/{goal_id}",
    responses=problems(
        NotFound,
        GoalNotYours,
        GoalNotYoursToSet,
        GoalEnded,
        TooManyMembers,
        AlignmentBusy,
        AlignmentCircular,
        AlignmentTooDeep,
        *CHANGE_PROBLEMS,
    )
    | OUT_OF_SIGHT,
)
async def update_goal(
    session: TenantSession,
    actor: Writer,
    goal_id: UUID,
    body: Body[schemas.GoalUpdate],
    version: ExpectedVersion,
) -> Json[schemas.GoalDetail]:
    """Change a goal that has not ended: for its owners, the owner's managers, HR, administrators.

    Another level, owner, department or team needs the right to set such a goal. Another parent,
    weight or driver moves the goals above at once, those that it leaves too. Whoever changes the
    title or the days of a goal that was agreed proposes it anew; with another owner, or private,
    it is not agreed any more.
    """
    await service.update_goal(session, actor, goal_id, body, version)
    return await queries.goal_after_change(session, goal_id)


@router.delete(
    "/{goal_id}",
    status_code=204,
    responses=problems(
        NotFound, GoalNotYours, GoalNotDraft, GoalHasHistory, GoalHasAlignedGoals, *CHANGE_PROBLEMS
    ),
)
async def delete_goal(
    session: TenantSession, actor: Writer, goal_id: UUID, version: ExpectedVersion
) -> None:
    """Delete a draft without check-ins that no goal is aligned to. Others are cancelled."""
    await service.delete_goal(session, actor, goal_id, version)


@router.post("/{goal_id}/activate", responses=problems(NotFound, GoalNotYours, GoalNotDraft))
async def activate_goal(
    session: TenantSession, actor: Writer, goal_id: UUID
) -> Json[schemas.GoalDetail]:
    """Make a draft an active goal: its visibility, progress and rhythm count from now on."""
    await service.activate_goal(session, actor, goal_id)
    return await queries.goal_after_change(session, goal_id)


@router.post("/{goal_id}/close", responses=problems(NotFound, GoalNotYours, GoalNotActive))
async def close_goal(
    session: TenantSession, actor: Writer, goal_id: UUID, body: Body[schemas.GoalClosing]
) -> Json[schemas.GoalDetail]:
    """Close an active goal with a note, a score and what was learned.

    It still counts in the goals above. The closing stays in its history, also if it is reopened.
    """
    await service.close_goal(session, actor, goal_id, body)
    return await queries.goal_after_change(session, goal_id)


@router.post(
    "/{goal_id}/cancel", responses=problems(NotFound, GoalNotYours, GoalEnded) | OUT_OF_SIGHT
)
async def cancel_goal(
    session: TenantSession, actor: Writer, goal_id: UUID, body: Body[schemas.GoalCancellation]
) -> Json[schemas.GoalDetail]:
    """Give up a draft or an active goal. It counts no more in the goals above."""
    await service.cancel_goal(session, actor, goal_id, body)
    return await queries.goal_after_change(session, goal_id)

from typing import Annotated, Any

from fastapi import Query, Response

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.operations import OperationDocument, read_operation, request_operation
from perfapi.core.routing import Router
from perfapi.domains.goals.schemas import GoalPage

from . import policy, queries, schemas
from .errors import InsightsNotYours, OnlyAdministrators

router = Router(prefix="/analytics", tags=["analytics"])

Reader = Annotated[Actor, requires("analytics:read")]
Writer = Annotated[Actor, requires("analytics:write")]

_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "UTF-8, a heading, then the lines.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


@router.get("/goals", responses=problems(NotFound, InsightsNotYours))
async def get_goal_insights(
    session: TenantSession, actor: Reader, query: Annotated[schemas.InsightQuery, Query()]
) -> Json[schemas.GoalInsights]:
    """How the goals of the company, a department, a team or a manager's people stand today.

    Everybody may ask about the company. Numbers count the goals that you can see and that are not
    private, and say of how many; of few goals or few owners nothing is told. The trend is the same
    for all: it counts what everybody could see on that day.
    """
    return await queries.read_insights(session, query)


@router.get("/groups")
async def read_insight_groups(session: TenantSession, actor: Reader) -> Json[schemas.InsightGroups]:
    """The departments and teams whose numbers you may ask for."""
    return await queries.read_open_groups(session)


@router.get("/goals/behind", responses=problems(NotFound, InsightsNotYours))
async def list_goals_behind_insights(
    session: TenantSession, actor: Reader, query: Annotated[schemas.InsightGoalsQuery, Query()]
) -> Json[GoalPage]:
    """The goals that a number counts, by title: as many as it says.

    What is told of no small group are numbers; the goals are those that you find in the list of
    goals, too.
    """
    return await queries.list_goals_behind(session, query)


@router.get(
    "/goals/export",
    response_class=Response,
    responses=_CSV | problems(NotFound, InsightsNotYours),
)
async def export_goal_insights(
    session: TenantSession, actor: Reader, query: Annotated[schemas.InsightQuery, Query()]
) -> Response:
    """The numbers of a group and of its parts as CSV, a line for each; withheld ones are empty."""
    return Response(
        await queries.export_insights(session, query),
        media_type="text/csv",
        headers={
            "Content-Disposition": 'attachment; filename="goal-insights.csv"',
            "Cache-Control": "no-store",
        },
    )


@router.post("/recompute", status_code=202, responses=problems(OnlyAdministrators))
async def recompute_analytics(session: TenantSession, actor: Writer) -> Json[OperationDocument]:
    """Rebuild the facts that numbers are counted from. For administrators.

    Answers with an operation. Its result is `{goals, drift}`; `drift` counts what had to be put
    right, and is 0.
    """
    await access.ensure(session, policy.RECOMPUTE)
    asked = await request_operation(session, "recompute_analytics", by=actor.person_id)
    answer = await read_operation(session, asked.id)
    return answer.accepted(f"/v1/operations/{asked.id}")

"""The list of goals once more, as most would write it: ORM entities through `response_model`.

Sign-in, policy and tenancy are those of perfapi; what differs is who writes the JSON.
"""

from types import SimpleNamespace
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI
from sqlalchemy import select

from perfapi.app import create_app as create_perfapi
from perfapi.core.actor import Actor
from perfapi.core.db import TenantSession, own_rows
from perfapi.core.doors import requires
from perfapi.domains.goals import policy
from perfapi.domains.goals.documents import around, fields_of_goal
from perfapi.domains.goals.models import Goal, GoalCycle, GoalProgress
from perfapi.domains.goals.moments import NOW
from perfapi.domains.goals.schemas import GoalPage
from perfapi.domains.people.models import Department, Person, Team

_PARENT, _IS_PARENT = around(NOW).parent, around(NOW).is_parent
_COMPUTED = (
    "has_hidden_parent", "expected", "status", "status_source", "is_stale", "key_result_count",
    "child_count",
)  # fmt: skip
_ENTITIES = {
    "owner": Person, "progress": GoalProgress, "cycle": GoalCycle, "department": Department,
    "team": Team, "parent": _PARENT,
}  # fmt: skip


_FIELDS = fields_of_goal(NOW)
_STATEMENT = own_rows(
    select(Goal, *_ENTITIES.values(), *(_FIELDS[name].label(name) for name in _COMPUTED))
    .join(Person, Person.id == Goal.owner_id)
    .join(GoalProgress, GoalProgress.goal_id == Goal.id)
    .outerjoin(GoalCycle, GoalCycle.id == Goal.cycle_id)
    .outerjoin(Department, Department.id == Goal.department_id)
    .outerjoin(Team, Team.id == Goal.team_id)
    .outerjoin(_PARENT, _IS_PARENT)
    .where(policy.VISIBLE)
    .order_by(Goal.title, Goal.id)
    .limit(50)
)

router = APIRouter()


@router.get("/bench/goals", response_model=GoalPage)
async def list_goals(
    session: TenantSession, actor: Annotated[Actor, requires("goals:read")]
) -> dict[str, Any]:
    rows = (await session.execute(_STATEMENT)).all()
    return {"items": [_shown(*row) for row in rows], "next_cursor": None}


def _shown(goal: Goal, *found: Any) -> SimpleNamespace:
    entities = dict(zip(_ENTITIES, found, strict=False))
    computed = dict(zip(_COMPUTED, found[len(_ENTITIES) :], strict=True))
    progress: GoalProgress = entities.pop("progress")
    columns = {column.key: getattr(goal, column.key) for column in Goal.__table__.columns}
    return SimpleNamespace(
        **columns,
        **entities,
        **computed,
        parent_key_result=None,
        progress=progress.progress,
        checked_in_at=progress.checked_in_at,
    )


def create_app() -> FastAPI:
    app = create_perfapi()
    app.include_router(router)
    # Before the page, which answers whatever nobody else does.
    app.router.routes.insert(0, app.router.routes.pop())
    return app

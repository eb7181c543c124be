"""One statement for the whole forest.

What hangs on a node is looked up by index, node by node: grouping it beforehand would be a little
faster, until the planner expects one node where thousands come, and groups it anew for each.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.db import own_rows
from perfapi.core.documents import children, json_object
from perfapi.core.errors import NotFound
from perfapi.domains.goals import measures, policy
from perfapi.domains.goals.cycles.schemas import GoalCycleRef
from perfapi.domains.goals.key_results.queries import milestone_count
from perfapi.domains.goals.key_results.schemas import KeyResultBrief
from perfapi.domains.goals.models import (
    Goal,
    GoalCycle,
    GoalProgress,
    GoalState,
    KeyResult,
    KeyResultProgress,
    Level,
)
from perfapi.domains.people.models import Department, Person, Team
from perfapi.domains.people.schemas import PersonRef, Ref

from . import schemas

MOST = 10_000

_LEFT_OUT = (GoalState.CANCELLED, GoalState.ARCHIVED)

_ASKED_FOR = select(GoalCycle.id).where(
    GoalCycle.organization_id == ORGANIZATION,
    GoalCycle.id == bindparam("cycle_id", type_=Uuid()),
)
_CURRENT = (
    select(GoalCycle.id)
    .where(GoalCycle.organization_id == ORGANIZATION, measures.cycle_state(GoalCycle) == "active")
    .order_by(GoalCycle.starts_on.desc(), GoalCycle.id.desc())
    .limit(1)
)
_BY_LEVEL = case({level: place for place, level in enumerate(Level)}, value=Goal.level)


def _tree(cycle: Select[Any], *, and_of_no_cycle: bool) -> Select[Any]:
    cycle_id = cycle.scalar_subquery()

    def is_in_it(goal: Any) -> ColumnElement[bool]:
        is_of_the_cycle: ColumnElement[bool] = goal.cycle_id == cycle_id
        if and_of_no_cycle:
            is_of_the_cycle = or_(is_of_the_cycle, goal.cycle_id.is_(None))
        return and_(goal.state.not_in(_LEFT_OUT), is_of_the_cycle)

    nodes = _nodes(is_in_it)
    listed = func.json_agg(aggregate_order_by(nodes.c.row, nodes.c.place))
    document = func.json_build_object(
        "cycle",
        select(json_object(GoalCycleRef, GoalCycle))
        .where(GoalCycle.organization_id == ORGANIZATION, GoalCycle.id == cycle_id)
        .scalar_subquery(),
        "nodes",
        func.coalesce(listed.filter(nodes.c.place <= MOST), func.json_build_array()),
        "is_complete",
        func.count() <= MOST,
    )
    return own_rows(select(cast(document, Text), cycle_id).select_from(nodes))


def _nodes(is_in_it: Any) -> Subquery:
    owner, parent = aliased(Person, name="owner"), aliased(Goal, name="parent")
    row = json_object(
        schemas.GoalNode,
        Goal,
        department=case((Goal.department_id.is_not(None), json_object(Ref, Department))),
        team=case((Goal.team_id.is_not(None), json_object(Ref, Team))),
        owner=json_object(PersonRef, owner),
        parent_id=parent.id.expression,
        is_yours=policy.you_take_part_in(Goal),
        has_hidden_parent=and_(Goal.parent_id.is_not(None), parent.id.is_(None)),
        hidden_child_count=_count_of_hidden_children(),
        progress=GoalProgress.progress,
        expected=measures.expected(Goal),
        status=measures.status(Goal, GoalProgress.progress),
        status_source=measures.status_source(Goal),
        is_stale=measures.is_stale(Goal, GoalProgress.checked_in_at, _HAS_KEY_RESULTS),
        key_results=_key_results(),
    )
    order = (_BY_LEVEL, Goal.title, Goal.id)
    return (
        select(row.label("row"), func.row_number().over(order_by=order).label("place"))
        .select_from(Goal)
        .join(GoalProgress, _of(Goal, GoalProgress, GoalProgress.goal_id == Goal.id))
        .join(owner, _of(Goal, owner, owner.id == Goal.owner_id))
        .outerjoin(Department, _of(Goal, Department, Department.id == Goal.department_id))
        .outerjoin(Team, _of(Goal, Team, Team.id == Goal.team_id))
        .outerjoin(
            parent, and_(_of(Goal, parent, parent.id == Goal.parent_id), policy.may_see(parent))
        )
        .where(policy.VISIBLE, is_in_it(Goal))
        .order_by(*order)
        .limit(MOST + 1)
        .subquery("nodes")
    )


def _of(goal: Any, other: Any, on: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(other.organization_id == goal.organization_id, on)


_IS_MEASURED = (
    _of(Goal, KeyResult, KeyResult.goal_id == Goal.id),
    KeyResult.archived_at.is_(None),
)
_HAS_KEY_RESULTS = exists(select(1).where(*_IS_MEASURED).correlate(Goal))


def _key_results() -> ColumnElement[Any]:
    return children(
        KeyResultBrief,
        KeyResult,
        *_IS_MEASURED,
        _of(KeyResult, KeyResultProgress, KeyResultProgress.key_result_id == KeyResult.id),
        order=(KeyResult.position, KeyResult.id),
        current=KeyResultProgress.current,
        progress=KeyResultProgress.progress,
        milestones=milestone_count(),
    )


def _count_of_hidden_children() -> ColumnElement[int]:
    child = aliased(Goal, name="child")
    return (
        select(func.count())
        .select_from(child)
        .where(
            _of(Goal, child, child.parent_id == Goal.id),
            child.state.in_([GoalState.ACTIVE, GoalState.CLOSED]),
            not_(policy.may_see(child)),
        )
        .correlate(Goal)
        .scalar_subquery()
    )


_TREE_OF_CYCLE = _tree(_ASKED_FOR, and_of_no_cycle=False)
_CURRENT_TREE = _tree(_CURRENT, and_of_no_cycle=True)


# A plan made for no cycle and nobody in particular expects a single node, and then takes seconds.
_PLAN_FOR_THESE_VALUES = text("SET LOCAL plan_cache_mode = force_custom_plan")


async def read_goal_tree(session: AsyncSession, cycle_id: UUID | None) -> Json[schemas.GoalTree]:
    await session.execute(_PLAN_FOR_THESE_VALUES)
    if cycle_id is None:
        document, _ = (await session.execute(_CURRENT_TREE)).one()
        return Json(document)
    document, found = (await session.execute(_TREE_OF_CYCLE, {"cycle_id": cycle_id})).one()
    if found is None:
        raise NotFound()
    return Json(document)

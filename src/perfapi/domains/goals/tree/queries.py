"""One statement for the whole forest.

What hangs on a node is looked up by index, node by node: grouping it beforehand would be a little
faster, until the planner expects one node where thousands come, and groups it anew for each.
"""

from typing import Any

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
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.db import own_rows
from perfapi.core.documents import children, json_object
from perfapi.core.errors import NotFound
from perfapi.domains.goals import measures, policy
from perfapi.domains.goals.cycles.schemas import GoalCycleRef
from perfapi.domains.goals.documents import has_part_in_it
from perfapi.domains.goals.key_results.queries import milestone_count
from perfapi.domains.goals.key_results.schemas import KeyResultBrief
from perfapi.domains.goals.models import (
    Goal,
    GoalCycle,
    GoalState,
    Level,
)
from perfapi.domains.goals.moments import NOW, THEN, Moment
from perfapi.domains.organizations.queries import instant_of
from perfapi.domains.people.models import Department, Person, Team
from perfapi.domains.people.schemas import PersonRef, Ref

from . import schemas

MOST = 10_000

_LEFT_OUT = (GoalState.CANCELLED, GoalState.ARCHIVED)

_ASKED_FOR = select(GoalCycle.id).where(
    GoalCycle.organization_id == ORGANIZATION,
    GoalCycle.id == bindparam("cycle_id", type_=Uuid()),
)


def _current(at: Moment) -> Select[Any]:
    is_running = and_(GoalCycle.starts_on <= at.day, GoalCycle.ends_on >= at.day)
    was_open = or_(GoalCycle.closed_at.is_(None), GoalCycle.closed_at > at.instant)
    return (
        select(GoalCycle.id)
        .where(GoalCycle.organization_id == ORGANIZATION, is_running, was_open)
        .order_by(GoalCycle.starts_on.desc(), GoalCycle.id.desc())
        .limit(1)
    )


def _tree(cycle: Select[Any], at: Moment, *, and_of_no_cycle: bool) -> Select[Any]:
    cycle_id = cycle.scalar_subquery()
    is_of_the_cycle: ColumnElement[bool] = at.goal.cycle_id == cycle_id
    if and_of_no_cycle:
        is_of_the_cycle = or_(is_of_the_cycle, at.goal.cycle_id.is_(None))
    nodes = _nodes(at, is_of_the_cycle)
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


def _nodes(at: Moment, is_of_the_cycle: ColumnElement[bool]) -> Subquery:
    goal, progress = at.goal, at.progress
    owner, parent = aliased(Person, name="owner"), at.another(Goal, "parent")
    row = json_object(
        schemas.GoalNode,
        goal,
        department=case((goal.department_id.is_not(None), json_object(Ref, Department))),
        team=case((goal.team_id.is_not(None), json_object(Ref, Team))),
        owner=json_object(PersonRef, owner),
        parent_id=parent.id.expression,
        is_yours=has_part_in_it(YOU, at),
        has_hidden_parent=and_(goal.parent_id.is_not(None), parent.id.is_(None)),
        hidden_child_count=_count_of_hidden_children(at),
        progress=progress.progress,
        expected=measures.expected(goal, at),
        status=measures.status(goal, progress.progress, at),
        status_source=measures.status_source(goal),
        is_stale=measures.is_stale(goal, progress.checked_in_at, _has_key_results(at), at),
        key_results=_key_results(at),
    )
    by_level = case({level: place for place, level in enumerate(Level)}, value=goal.level)
    order = (by_level, goal.title, goal.id)
    statement = (
        select(row.label("row"), func.row_number().over(order_by=order).label("place"))
        .select_from(goal)
        .join(progress, at.of(goal, progress, progress.goal_id == goal.id))
        .join(owner, at.of(goal, owner, owner.id == goal.owner_id))
        .outerjoin(Department, at.of(goal, Department, Department.id == goal.department_id))
        .outerjoin(Team, at.of(goal, Team, Team.id == goal.team_id))
        .outerjoin(
            parent, and_(at.of(goal, parent, parent.id == goal.parent_id), at.may_see(parent))
        )
    )
    if not at.is_now:
        statement = statement.join(Goal, at.of(goal, Goal, Goal.id == goal.id))
        statement = statement.where(policy.may_see(goal))
    return (
        statement.where(policy.VISIBLE, goal.state.not_in(_LEFT_OUT), is_of_the_cycle)
        .order_by(*order)
        .limit(MOST + 1)
        .subquery("nodes")
    )


def _is_measured(at: Moment) -> tuple[ColumnElement[bool], ...]:
    key_result = at.key_result
    return (
        at.of(at.goal, key_result, key_result.goal_id == at.goal.id),
        key_result.archived_at.is_(None),
    )


def _has_key_results(at: Moment) -> ColumnElement[bool]:
    return exists(select(1).where(*_is_measured(at)).correlate(at.goal))


def _key_results(at: Moment) -> ColumnElement[Any]:
    key_result, standing = at.key_result, at.standing
    return children(
        KeyResultBrief,
        key_result,
        *_is_measured(at),
        at.of(key_result, standing, standing.key_result_id == key_result.id),
        order=(key_result.position, key_result.id),
        current=standing.current,
        progress=standing.progress,
        milestones=milestone_count(at),
    )


def _count_of_hidden_children(at: Moment) -> ColumnElement[int]:
    child = at.another(Goal, "child")
    return (
        select(func.count())
        .select_from(child)
        .where(
            at.of(at.goal, child, child.parent_id == at.goal.id),
            child.state.in_([GoalState.ACTIVE, GoalState.CLOSED]),
            not_(at.may_see(child)),
        )
        .correlate(at.goal)
        .scalar_subquery()
    )


_TREES = {
    (at.is_now, asked): _tree(_ASKED_FOR if asked else _current(at), at, and_of_no_cycle=not asked)
    for at in (NOW, THEN)
    for asked in (True, False)
}


# A plan made for no cycle and nobody in particular expects a single node, and then takes seconds.
_PLAN_FOR_THESE_VALUES = text("SET LOCAL plan_cache_mode = force_custom_plan")


async def read_goal_tree(
    session: AsyncSession, filters: schemas.TreeFilter
) -> Json[schemas.GoalTree]:
    instant = await instant_of(session, filters.as_of)
    is_asked_for = filters.cycle_id is not None
    given = {"as_of": instant, "cycle_id": filters.cycle_id}
    await session.execute(_PLAN_FOR_THESE_VALUES)
    statement = _TREES[instant is None, is_asked_for]
    document, found = (await session.execute(statement, given)).one()
    if is_asked_for and found is None:
        raise NotFound()
    return Json(document)

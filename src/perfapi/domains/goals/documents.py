"""What documents of goals hold, and how it is joined: at any moment the same.

Of the past nothing can be done any more: its documents open no acts.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    and_,
    case,
    column,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from perfapi.core.access import permissions, there_is
from perfapi.core.binds import ORGANIZATION
from perfapi.core.documents import Column, children, documents, json_object, reference
from perfapi.domains.people.queries import department_ref, person_ref, team_ref

from . import measures, policy, schemas
from .closings.queries import last_closed_at, latest_closing
from .cycles.schemas import GoalCycleRef
from .key_results.queries import key_results_of_goal
from .key_results.schemas import KeyResultRef
from .members.queries import members_of_goal
from .models import Goal, GoalCycle, GoalMember, GoalProgress, GoalState, KeyResult
from .moments import NOW, Moment
from .negotiations.queries import last_step_of_goal
from .nudges.policy import MAY_NUDGE, YOU_HAVE_ASKED

COUNTING = (GoalState.ACTIVE, GoalState.CLOSED)
"""States in which a goal counts in the progress of its parent."""
ENDED = (GoalState.CLOSED, GoalState.CANCELLED)


def count_of(entity: Any, *where: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(entity).where(*where)
    return counted.correlate_except(entity).scalar_subquery()


class Around:
    """The goals around a goal, at a moment."""

    def __init__(self, at: Moment) -> None:
        goal = at.goal
        self.parent = at.another(Goal, "parent")
        self.is_parent = and_(
            at.of(goal, self.parent, self.parent.id == goal.parent_id), at.may_see(self.parent)
        )
        self.child = child = at.another(Goal, "child")
        is_child = at.of(goal, child, child.parent_id == goal.id)
        self.is_child = (
            is_child,
            child.state != GoalState.ARCHIVED,
            at.may_see(child),
        )
        self.is_hidden_child = (is_child, child.state.in_(COUNTING), not_(at.may_see(child)))


@cache
def around(at: Moment) -> Around:
    return Around(at)


def has_part_in_it(person_id: ColumnElement[Any], at: Moment) -> ColumnElement[bool]:
    """As its owner, a co-owner or a contributor."""
    member = at.another(GoalMember, "taking_part")
    takes_part = there_is(
        [member],
        member.organization_id == ORGANIZATION,
        member.goal_id == at.goal.id,
        member.person_id == person_id,
    )
    return or_(at.goal.owner_id == person_id, takes_part)


@cache
def key_result_count(at: Moment) -> ColumnElement[int]:
    counted = at.key_result
    return count_of(
        counted,
        at.of(at.goal, counted, counted.goal_id == at.goal.id),
        counted.archived_at.is_(None),
    )


@cache
def status_of_goal(at: Moment) -> ColumnElement[str | None]:
    return measures.status(at.goal, at.progress.progress, at)


def _parent_key_result(at: Moment) -> ColumnElement[Any]:
    served = at.another(KeyResult, "served")
    document = (
        select(json_object(KeyResultRef, served))
        .where(at.of(at.goal, served, served.id == at.goal.parent_key_result_id))
        .correlate_except(served)
        .scalar_subquery()
    )
    return case((around(at).parent.id.is_not(None), document))


def fields_of_goal(at: Moment) -> dict[str, Column]:
    goal, progress, parent = at.goal, at.progress, around(at).parent
    has_key_results = key_result_count(at) > 0
    return {
        "department": department_ref(goal.department_id),
        "team": team_ref(goal.team_id),
        "owner": person_ref(goal.owner_id),
        "cycle": reference(GoalCycleRef, GoalCycle, goal.cycle_id),
        "parent": case((parent.id.is_not(None), json_object(schemas.GoalRef, parent))),
        "has_hidden_parent": and_(goal.parent_id.is_not(None), parent.id.is_(None)),
        "parent_key_result": _parent_key_result(at),
        "progress": progress.progress,
        "expected": measures.expected(goal, at),
        "status": status_of_goal(at),
        "status_source": measures.status_source(goal),
        "checked_in_at": progress.checked_in_at,
        "is_stale": measures.is_stale(goal, progress.checked_in_at, has_key_results, at),
        "key_result_count": key_result_count(at),
        "child_count": count_of(around(at).child, *around(at).is_child),
    }


def _ids_above(at: Moment) -> Any:
    goal = at.goal
    found = (
        func.goals_above(goal.organization_id, goal.id)
        if at.is_now
        else func.goals_above_at(goal.organization_id, goal.id, at.instant)
    )
    return found.table_valued(column("goal_id", Uuid()), column("steps", Integer())).alias("above")


def _ancestors(at: Moment) -> ColumnElement[Any]:
    """Up to the first one that YOU cannot see: what lies above that is nobody's business here."""
    above = _ids_above(at)
    ancestor, progress = at.another(Goal, "ancestor"), at.another(GoalProgress, "its_progress")
    so_far: ColumnElement[bool] = func.bool_and(at.may_see(ancestor), type_=Boolean()).over(
        order_by=above.c.steps
    )
    steps = (
        select(
            json_object(schemas.GoalAncestor, ancestor, progress=progress.progress).label("row"),
            above.c.steps,
            so_far.label("in_sight"),
        )
        .select_from(above)
        .where(
            ancestor.organization_id == ORGANIZATION,
            ancestor.id == above.c.goal_id,
            progress.organization_id == ORGANIZATION,
            progress.goal_id == ancestor.id,
        )
        .correlate(at.goal)
        .subquery()
    )
    rows = func.json_agg(aggregate_order_by(steps.c.row, steps.c.steps.desc()))
    return (
        select(func.coalesce(rows, func.json_build_array()))
        .where(steps.c.in_sight)
        .scalar_subquery()
    )


ids_below = (
    func.goals_below(Goal.organization_id, Goal.id)
    .table_valued(column("goal_id", Uuid()), column("steps", Integer()))
    .alias("below")
)
lower = NOW.another(Goal, "lower")
GOES_ALONG = (
    lower.organization_id == Goal.organization_id,
    lower.id == ids_below.c.goal_id,
    or_(
        and_(Goal.state.in_(ENDED), lower.state.in_(ENDED)),
        and_(Goal.state == GoalState.ARCHIVED, lower.archived_at == Goal.archived_at),
    ),
    policy.may_see(lower),
    policy.you_answer_for(lower),
)
"""What is archived or restored with a goal: nobody reaches what is not theirs from above."""


def _goes_along_count() -> ColumnElement[int]:
    counted = select(func.count()).select_from(ids_below).join(lower, and_(*GOES_ALONG))
    along = counted.correlate(Goal).scalar_subquery()
    return case((Goal.state.in_([*ENDED, GoalState.ARCHIVED]), along), else_=0)


def _other_goal(at: Moment, other: Any, on: ColumnElement[bool]) -> ColumnElement[Any]:
    return (
        select(json_object(schemas.GoalRef, other))
        .where(at.of(at.goal, other, on), at.may_see(other))
        .correlate_except(other)
        .scalar_subquery()
    )


def fields_of_detail(at: Moment) -> dict[str, Column]:
    goal, child = at.goal, around(at).child
    child_progress = at.another(GoalProgress, "child_progress")
    former, following = at.another(Goal, "former"), at.another(Goal, "next")
    hidden = around(at).is_hidden_child
    return {
        **fields_of_goal(at),
        **latest_closing(at),
        "ended_at": case((goal.state.in_([*ENDED, GoalState.ARCHIVED]), last_closed_at(at))),
        "goes_along_count": _goes_along_count() if at.is_now else literal(0),
        "carried_from": _other_goal(at, former, former.id == goal.carried_from_id),
        "carried_to": _other_goal(at, following, following.carried_from_id == goal.id),
        "last_step_id": last_step_of_goal(at),
        "members": members_of_goal(at),
        "key_results": key_results_of_goal(at),
        "children": children(
            schemas.GoalBrief,
            child,
            *around(at).is_child,
            at.of(child, child_progress, child_progress.goal_id == child.id),
            owner=person_ref(child.owner_id),
            progress=child_progress.progress,
            expected=measures.expected(child, at),
            status=measures.status(child, child_progress.progress, at),
            status_source=measures.status_source(child),
        ),
        "hidden_children": children(
            schemas.HiddenGoal, child, *hidden, order=(child.weight.desc(),)
        ),
        "hidden_child_count": count_of(child, *hidden),
        "ancestors": _ancestors(at),
        "permissions": _PERMISSIONS if at.is_now else func.json_build_array(),
    }


_PERMISSIONS = permissions(
    edit=policy.MAY_EDIT,
    add_key_result=policy.MAY_ADD_KEY_RESULT,
    check_in=policy.MAY_CHECK_IN,
    activate=policy.MAY_ACTIVATE,
    close=policy.MAY_CLOSE,
    cancel=policy.MAY_CANCEL,
    delete=policy.MAY_DELETE,
    add_child=policy.MAY_ALIGN_TO,
    reopen=policy.MAY_REOPEN,
    archive=policy.MAY_ARCHIVE,
    restore=policy.MAY_RESTORE,
    carry_over=policy.MAY_CARRY_OVER,
    propose=policy.MAY_PROPOSE,
    agree=policy.MAY_AGREE,
    request_changes=policy.MAY_REQUEST_CHANGES,
    leave=policy.MAY_LEAVE,
    ask_for_news=MAY_NUDGE,
    no_longer_ask_for_news=YOU_HAVE_ASKED,
)


def documents_of_goals(schema: Any, fields: dict[str, Column], at: Moment) -> Select[Any]:
    """Those that YOU see: of the past, as they are and as they were."""
    goal, progress = at.goal, at.progress
    statement = (
        documents(schema, goal, **fields)
        .select_from(goal)
        .join(progress, at.of(goal, progress, progress.goal_id == goal.id))
        .outerjoin(around(at).parent, around(at).is_parent)
    )
    if not at.is_now:
        statement = statement.join(Goal, at.of(goal, Goal, Goal.id == goal.id))
        statement = statement.where(policy.may_see(goal))
    return statement.where(policy.VISIBLE)

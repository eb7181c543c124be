from typing import Any
from uuid import UUID

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
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, load, permissions, there_is
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.documents import (
    Column,
    children,
    documents,
    json_object,
    one,
    outcome,
    reference,
)
from perfapi.core.listings import Listing, page
from perfapi.domains.people.models import Department, Person, Status, Team
from perfapi.domains.people.queries import (
    department_ref,
    person_ref,
    team_ref,
    visible_person_ids,
)

from . import measures, policy, schemas
from .closings.queries import last_closed_at, latest_closing
from .cycles.schemas import GoalCycleRef
from .key_results.queries import key_results_of_goal
from .key_results.schemas import KeyResultRef
from .members.queries import members_of_goal
from .models import Goal, GoalCycle, GoalMember, GoalProgress, GoalState, KeyResult

COUNTING = (GoalState.ACTIVE, GoalState.CLOSED)
"""States in which a goal counts in the progress of its parent."""
ENDED = (GoalState.CLOSED, GoalState.CANCELLED)

_PROGRESS = and_(
    GoalProgress.organization_id == Goal.organization_id, GoalProgress.goal_id == Goal.id
)

_parent, _child = aliased(Goal, name="parent"), aliased(Goal, name="child")
_child_progress = aliased(GoalProgress, name="child_progress")
_IS_PARENT = and_(
    _parent.organization_id == Goal.organization_id,
    _parent.id == Goal.parent_id,
    policy.may_see(_parent),
)
_IS_CHILD = (
    _child.organization_id == Goal.organization_id,
    _child.parent_id == Goal.id,
    _child.state != GoalState.ARCHIVED,
)
_IS_HIDDEN_CHILD = (*_IS_CHILD, _child.state.in_(COUNTING), not_(policy.may_see(_child)))


def _count(entity: Any, *where: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(entity).where(*where)
    return counted.correlate_except(entity).scalar_subquery()


_KEY_RESULT_COUNT = _count(
    KeyResult,
    KeyResult.organization_id == Goal.organization_id,
    KeyResult.goal_id == Goal.id,
    KeyResult.archived_at.is_(None),
)

_above, _below = aliased(KeyResult, name="served"), aliased(Goal, name="lower")


def _parent_key_result() -> ColumnElement[Any]:
    served = (
        select(json_object(KeyResultRef, _above))
        .where(
            _above.organization_id == Goal.organization_id, _above.id == Goal.parent_key_result_id
        )
        .correlate_except(_above)
        .scalar_subquery()
    )
    return case((_parent.id.is_not(None), served))


_STATUS = measures.status(Goal, GoalProgress.progress)
_IS_STALE = measures.is_stale(Goal, GoalProgress.checked_in_at, _KEY_RESULT_COUNT > 0)

_GOAL: dict[str, Column] = {
    "department": department_ref(Goal.department_id),
    "team": team_ref(Goal.team_id),
    "owner": person_ref(Goal.owner_id),
    "cycle": reference(GoalCycleRef, GoalCycle, Goal.cycle_id),
    "parent": case((_parent.id.is_not(None), json_object(schemas.GoalRef, _parent))),
    "has_hidden_parent": and_(Goal.parent_id.is_not(None), _parent.id.is_(None)),
    "parent_key_result": _parent_key_result(),
    "progress": GoalProgress.progress,
    "expected": measures.expected(Goal),
    "status": _STATUS,
    "status_source": measures.status_source(Goal),
    "checked_in_at": GoalProgress.checked_in_at,
    "is_stale": _IS_STALE,
    "key_result_count": _KEY_RESULT_COUNT,
    "child_count": _count(_child, *_IS_CHILD, policy.may_see(_child)),
}


def _ancestors() -> ColumnElement[Any]:
    """Up to the first one that YOU cannot see: what lies above that is nobody's business here."""
    above = (
        func.goals_above(Goal.organization_id, Goal.id)
        .table_valued(column("goal_id", Uuid()), column("steps", Integer()))
        .alias("above")
    )
    ancestor, progress = aliased(Goal, name="ancestor"), aliased(GoalProgress, name="its_progress")
    so_far: ColumnElement[bool] = func.bool_and(policy.may_see(ancestor), type_=Boolean()).over(
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
        .correlate(Goal)
        .subquery()
    )
    rows = func.json_agg(aggregate_order_by(steps.c.row, steps.c.steps.desc()))
    return (
        select(func.coalesce(rows, func.json_build_array()))
        .where(steps.c.in_sight)
        .scalar_subquery()
    )


_ids_below = (
    func.goals_below(Goal.organization_id, Goal.id)
    .table_valued(column("goal_id", Uuid()), column("steps", Integer()))
    .alias("below")
)
_GOES_ALONG = (
    _below.organization_id == Goal.organization_id,
    _below.id == _ids_below.c.goal_id,
    or_(
        and_(Goal.state.in_(ENDED), _below.state.in_(ENDED)),
        and_(Goal.state == GoalState.ARCHIVED, _below.archived_at == Goal.archived_at),
    ),
    policy.may_see(_below),
    policy.you_answer_for(_below),
)
"""What is archived or restored with a goal: nobody reaches what is not theirs from above."""


def _goes_along_count() -> ColumnElement[int]:
    counted = select(func.count()).select_from(_ids_below).join(_below, and_(*_GOES_ALONG))
    along = counted.correlate(Goal).scalar_subquery()
    return case((Goal.state.in_([*ENDED, GoalState.ARCHIVED]), along), else_=0)


_former, _next = aliased(Goal, name="former"), aliased(Goal, name="next")


def _other_goal(other: Any, *where: ColumnElement[bool]) -> ColumnElement[Any]:
    return (
        select(json_object(schemas.GoalRef, other))
        .where(other.organization_id == Goal.organization_id, *where, policy.may_see(other))
        .correlate_except(other)
        .scalar_subquery()
    )


_DETAIL: dict[str, Column] = {
    **_GOAL,
    **latest_closing(),
    "ended_at": case((Goal.state.in_([*ENDED, GoalState.ARCHIVED]), last_closed_at())),
    "goes_along_count": _goes_along_count(),
    "carried_from": _other_goal(_former, _former.id == Goal.carried_from_id),
    "carried_to": _other_goal(_next, _next.carried_from_id == Goal.id),
    "members": members_of_goal(),
    "key_results": key_results_of_goal(),
    "children": children(
        schemas.GoalBrief,
        _child,
        *_IS_CHILD,
        policy.may_see(_child),
        _child_progress.organization_id == _child.organization_id,
        _child_progress.goal_id == _child.id,
        owner=person_ref(_child.owner_id),
        progress=_child_progress.progress,
        expected=measures.expected(_child),
        status=measures.status(_child, _child_progress.progress),
        status_source=measures.status_source(_child),
    ),
    "hidden_children": children(
        schemas.HiddenGoal, _child, *_IS_HIDDEN_CHILD, order=(_child.weight.desc(),)
    ),
    "hidden_child_count": _count(_child, *_IS_HIDDEN_CHILD),
    "ancestors": _ancestors(),
    "permissions": permissions(
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
    ),
}


def _documents(schema: Any, fields: dict[str, Column]) -> Select[Any]:
    return (
        documents(schema, Goal, **fields)
        .select_from(Goal)
        .join(GoalProgress, _PROGRESS)
        .outerjoin(_parent, _IS_PARENT)
        .where(policy.VISIBLE)
    )


GOAL = _documents(schemas.GoalDetail, _DETAIL)


def _has_part_in_it(person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    member = aliased(GoalMember)
    takes_part = there_is(
        [member],
        member.organization_id == ORGANIZATION,
        member.goal_id == Goal.id,
        member.person_id == person_id,
    )
    return or_(Goal.owner_id == person_id, takes_part)


def _goals(*where: ColumnElement[bool]) -> Listing[schemas.GoalPage]:
    return Listing(
        schemas.GoalPage,
        _documents(schemas.Goal, _GOAL).where(*where),
        schemas.GoalFilter,
        sorts={
            "title": (Goal.title, Goal.id),
            "-updated_at": (Goal.updated_at.desc(), Goal.id.desc()),
            "due_on": (Goal.due_on, Goal.id),
        },
        person_id=_has_part_in_it,
        # A parent that YOU cannot see has no children here, as one that does not exist.
        parent_id=lambda parent_id: _parent.id == parent_id,
        parent_key_result_id=lambda key_result_id: and_(
            _parent.id.is_not(None), Goal.parent_key_result_id == key_result_id
        ),
        status=lambda status: status == _STATUS,
        q=lambda text: func.strpos(func.lower(Goal.title), func.lower(text)) > 0,
        updated_since=lambda moment: Goal.updated_at >= moment,
    )


EVERY_GOAL = _goals()
GOALS = _goals(Goal.state != GoalState.ARCHIVED)
_ARCHIVED_GOALS = _goals(Goal.state == GoalState.ARCHIVED)

NEEDS = (
    select(
        literal("goal_check_in_due").label("kind"),
        literal("goals").label("resource"),
        Goal.id.label("id"),
        Goal.title.label("title"),
        select(GoalCycle.name)
        .where(GoalCycle.organization_id == ORGANIZATION, GoalCycle.id == Goal.cycle_id)
        .correlate(Goal)
        .scalar_subquery()
        .label("detail"),
        measures.quiet_since(Goal, GoalProgress.checked_in_at).label("since"),
        literal(1).label("count"),
    )
    .select_from(Goal)
    .join(GoalProgress, _PROGRESS)
    .where(
        Goal.organization_id == ORGANIZATION,
        Goal.owner_id == YOU,
        measures.waits_for_check_ins(Goal, _KEY_RESULT_COUNT > 0),
        measures.quiet_days(Goal, GoalProgress.checked_in_at) >= measures.TWO_WEEKS,
    )
)
"""For "Needs you now": active goals of yours without a check-in for two weeks."""


async def list_goals(session: AsyncSession, filters: schemas.GoalFilter) -> Json[schemas.GoalPage]:
    """Archived goals only if asked for."""
    listing = _ARCHIVED_GOALS if filters.state is GoalState.ARCHIVED else GOALS
    return await page(session, listing, filters)


async def read_goal(session: AsyncSession, goal_id: UUID) -> Json[schemas.GoalDetail]:
    return await one(session, GOAL, goal_id)


async def goal_after_change(session: AsyncSession, goal_id: UUID) -> Json[schemas.GoalDetail]:
    return await outcome(session, GOAL, goal_id)


async def lock_goal(session: AsyncSession, goal_id: UUID, *acts: Act) -> Goal:
    return await load(session, policy.VISIBLE, goal_id, *acts, entity=Goal, lock=True)


async def find_goal_to_align_to(session: AsyncSession, goal_id: UUID) -> tuple[Goal, bool] | None:
    """If YOU see it; and whether goals may be aligned to it."""
    is_open = and_(*(act.condition for act in policy.MAY_ALIGN_TO))
    statement = select(Goal, is_open).where(Goal.id == goal_id, policy.VISIBLE)
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else (row[0], row[1])


async def find_status_of_owner(session: AsyncSession, person_id: UUID) -> Status | None:
    """None if there is no such person for YOU."""
    if person_id not in await visible_person_ids(session, {person_id}):
        return None
    statement = select(Person.status).where(Person.id == person_id)
    return (await session.scalars(statement)).one_or_none()


async def is_department(session: AsyncSession, department_id: UUID) -> bool:
    return (
        await session.scalar(select(Department.id).where(Department.id == department_id))
        is not None
    )


async def is_team(session: AsyncSession, team_id: UUID) -> bool:
    return await session.scalar(select(Team.id).where(Team.id == team_id)) is not None


async def goals_above(session: AsyncSession, goal_id: UUID) -> list[UUID]:
    """The goals above it, visible or not, the nearest first."""
    above = func.goals_above(ORGANIZATION, goal_id).table_valued(
        column("goal_id", Uuid()), column("steps", Integer())
    )
    return list(await session.scalars(select(above.c.goal_id).order_by(above.c.steps)))


async def levels_below(session: AsyncSession, goal_id: UUID) -> int:
    """How many levels of goals are aligned to it."""
    start = select(Goal.id, literal(0).label("depth")).where(Goal.id == goal_id)
    down = start.cte("down", recursive=True)
    further = select(Goal.id, down.c.depth + 1).join(down, Goal.parent_id == down.c.id)
    found = await session.scalar(select(func.max(down.union_all(further).c.depth)))
    return found or 0


async def ids_that_go_along(session: AsyncSession, goal_id: UUID) -> list[UUID]:
    statement = (
        select(_below.id)
        .select_from(Goal)
        .join(_ids_below, true())
        .join(_below, and_(*_GOES_ALONG))
        .where(Goal.id == goal_id)
    )
    return list(await session.scalars(statement))


async def find_goal_of_key_result(session: AsyncSession, key_result_id: UUID) -> UUID | None:
    """None if there is no such key result for YOU, or if it is archived."""
    statement = (
        select(Goal.id)
        .join(KeyResult, KeyResult.goal_id == Goal.id)
        .where(KeyResult.id == key_result_id, KeyResult.archived_at.is_(None), policy.VISIBLE)
    )
    return await session.scalar(statement)

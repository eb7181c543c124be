"""One statement, down from the goal through everything that counts in it and that YOU can see."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Numeric,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.db import SCALE, own_rows
from perfapi.core.documents import children, json_object
from perfapi.core.errors import NotFound
from perfapi.domains.goals import policy
from perfapi.domains.goals.documents import COUNTING
from perfapi.domains.goals.models import (
    CheckIn,
    Driver,
    Goal,
    GoalProgress,
    KeyResult,
    KeyResultProgress,
)
from perfapi.domains.goals.schemas import HiddenGoal
from perfapi.domains.people.queries import person_ref

from . import schemas

MOST = 1_000

_NUMBER = Numeric(30, SCALE)
_BY_KEY_RESULTS, _BY_GOALS = (Driver.KEY_RESULTS, Driver.BOTH), (Driver.GOALS, Driver.BOTH)

_child = aliased(Goal, name="child")
_child_progress = aliased(GoalProgress, name="child_progress")

_STANDS = and_(
    KeyResultProgress.organization_id == KeyResult.organization_id,
    KeyResultProgress.key_result_id == KeyResult.id,
)
_IS_ITS_KEY_RESULT = (
    KeyResult.organization_id == Goal.organization_id,
    KeyResult.goal_id == Goal.id,
    KeyResult.archived_at.is_(None),
    Goal.driver.in_(_BY_KEY_RESULTS),
)
_CHILD_STANDS = and_(
    _child_progress.organization_id == _child.organization_id,
    _child_progress.goal_id == _child.id,
)
_IS_ITS_CHILD = (
    _child.organization_id == Goal.organization_id,
    _child.parent_id == Goal.id,
    _child.state.in_(COUNTING),
    Goal.driver.in_(_BY_GOALS),
)


def _counts(part: Any, progress: Any) -> ColumnElement[bool]:
    return and_(part.weight > 0, progress.is_not(None))


def _weight(
    part: Any, stands: Any, on: ColumnElement[bool], *where: ColumnElement[bool]
) -> ColumnElement[Any]:
    return (
        select(func.coalesce(func.sum(part.weight), 0))
        .select_from(part)
        .join(stands, on)
        .where(*where, _counts(part, stands.progress))
        .correlate(Goal)
        .scalar_subquery()
    )


_TOTAL_WEIGHT: ColumnElement[Any] = cast(
    _weight(KeyResult, KeyResultProgress, _STANDS, *_IS_ITS_KEY_RESULT)
    + _weight(_child, _child_progress, _CHILD_STANDS, *_IS_ITS_CHILD),
    _NUMBER,
)


def _adds(part: Any, progress: Any, total: Any) -> ColumnElement[Any]:
    added = func.ratio_half_even(part.weight * progress, total, type_=_NUMBER)
    return case((_counts(part, progress), added), else_=cast(null(), _NUMBER))


def _check_in_behind() -> ColumnElement[Any]:
    return (
        select(json_object(schemas.CheckInBehind, CheckIn, author=person_ref(CheckIn.author_id)))
        .where(
            CheckIn.organization_id == KeyResult.organization_id,
            CheckIn.key_result_id == KeyResult.id,
        )
        .order_by(CheckIn.checked_in_at.desc(), CheckIn.id.desc())
        .limit(1)
        .correlate(KeyResult)
        .scalar_subquery()
    )


def _below() -> CTE:
    """Goals that are not seen end the way down: what is below them is nobody's business here."""
    start = select(Goal.id.label("goal_id"), Goal.driver, literal(0).label("steps")).where(
        Goal.organization_id == ORGANIZATION,
        Goal.id == bindparam("goal_id", type_=Uuid()),
        policy.VISIBLE,
    )
    below = start.cte("below", recursive=True)
    further = select(_child.id, _child.driver, below.c.steps + 1).where(
        _child.organization_id == ORGANIZATION,
        _child.parent_id == below.c.goal_id,
        below.c.driver.in_(_BY_GOALS),
        _child.state.in_(COUNTING),
        policy.may_see(_child),
    )
    return below.union_all(further)


def _provenance() -> Any:
    below = _below()
    weighed = (
        select(_TOTAL_WEIGHT.label("total"))
        .where(Goal.organization_id == ORGANIZATION, Goal.id == below.c.goal_id)
        .correlate(below)
        .lateral("weighed")
    )
    total = weighed.c.total
    row = json_object(
        schemas.GoalParts,
        Goal,
        progress=GoalProgress.progress,
        total_weight=total,
        steps=below.c.steps,
        key_results=children(
            schemas.KeyResultPart,
            KeyResult,
            *_IS_ITS_KEY_RESULT,
            _STANDS,
            order=(KeyResult.position, KeyResult.id),
            progress=KeyResultProgress.progress,
            adds=_adds(KeyResult, KeyResultProgress.progress, total),
            check_in=_check_in_behind(),
        ),
        goals=children(
            schemas.GoalPart,
            _child,
            *_IS_ITS_CHILD,
            _CHILD_STANDS,
            policy.may_see(_child),
            order=(_child.weight.desc(), _child.title, _child.id),
            limit=MOST,
            owner=person_ref(_child.owner_id),
            progress=_child_progress.progress,
            adds=_adds(_child, _child_progress.progress, total),
        ),
        hidden_goals=children(
            HiddenGoal,
            _child,
            *_IS_ITS_CHILD,
            _CHILD_STANDS,
            not_(policy.may_see(_child)),
            order=(_child.weight.desc(),),
            limit=MOST,
        ),
    )
    order = (below.c.steps, Goal.title, Goal.id)
    goals = (
        select(row.label("row"), func.row_number().over(order_by=order).label("place"))
        .select_from(below)
        .join(Goal, and_(Goal.organization_id == ORGANIZATION, Goal.id == below.c.goal_id))
        .join(
            GoalProgress,
            and_(
                GoalProgress.organization_id == Goal.organization_id,
                GoalProgress.goal_id == Goal.id,
            ),
        )
        .join(weighed, true())
        .order_by(*order)
        .limit(MOST + 1)
        .subquery("goals_below")
    )
    listed = func.json_agg(aggregate_order_by(goals.c.row, goals.c.place))
    document = func.json_build_object(
        "goals", listed.filter(goals.c.place <= MOST), "is_complete", func.count() <= MOST
    )
    return own_rows(select(cast(document, Text), func.count()).select_from(goals))


_PROVENANCE = _provenance()


async def read_provenance(session: AsyncSession, goal_id: UUID) -> Json[schemas.Provenance]:
    document, count = (await session.execute(_PROVENANCE, {"goal_id": goal_id})).one()
    if not count:
        raise NotFound()
    return Json(document)

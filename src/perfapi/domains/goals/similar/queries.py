"""Likeness is that of trigrams, so that it needs no language: "renewals" is like "renew".

Row-level security would keep the index of trigrams from being used. So a function looks up what
is alike in the whole organization, and of that only leaves here what YOU see.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    REAL,
    Numeric,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.db import own_rows
from perfapi.core.documents import json_object, reference
from perfapi.core.errors import NotFound
from perfapi.domains.goals import measures, policy
from perfapi.domains.goals.cycles.schemas import GoalCycleRef
from perfapi.domains.goals.models import Goal, GoalCycle, GoalProgress, GoalState, KeyResult
from perfapi.domains.people.queries import person_ref

from . import schemas

MOST = 5

_OF_USE = (GoalState.DRAFT, GoalState.ACTIVE, GoalState.CLOSED)

_alike = (
    func.goals_like(bindparam("title", type_=Text()), bindparam("measured", type_=ARRAY(Text())))
    .table_valued(column("goal_id", Uuid()), column("likeness", REAL()))
    .alias("alike")
)
_this = aliased(Goal, name="this")
_THIS = bindparam("this_id", type_=Uuid())
# Itself, what it is aligned to or goes on from, and the other way round: that is known already.
_IS_RELATED = exists(
    select(1)
    .where(
        _this.organization_id == ORGANIZATION,
        _this.id == _THIS,
        or_(
            Goal.id == _this.id,
            Goal.id == _this.parent_id,
            Goal.id == _this.carried_from_id,
            Goal.parent_id == _this.id,
            Goal.carried_from_id == _this.id,
        ),
    )
    .correlate(Goal)
)


def _similar() -> Any:
    found = (
        select(
            json_object(
                schemas.SimilarGoal,
                Goal,
                owner=person_ref(Goal.owner_id),
                cycle=reference(GoalCycleRef, GoalCycle, Goal.cycle_id),
                progress=GoalProgress.progress,
                status=measures.status(Goal, GoalProgress.progress),
                similarity=func.round(cast(_alike.c.likeness, Numeric()), 2, type_=Numeric()),
            ).label("row"),
            func.row_number().over(order_by=(_alike.c.likeness.desc(), Goal.id)).label("place"),
        )
        .select_from(_alike)
        .join(Goal, and_(Goal.organization_id == ORGANIZATION, Goal.id == _alike.c.goal_id))
        .join(
            GoalProgress,
            and_(
                GoalProgress.organization_id == Goal.organization_id,
                GoalProgress.goal_id == Goal.id,
            ),
        )
        .where(
            policy.VISIBLE,
            Goal.state.in_(_OF_USE),
            case((_THIS.is_(None), True), else_=not_(_IS_RELATED)),
        )
        .order_by(_alike.c.likeness.desc(), Goal.id)
        .limit(MOST)
        .subquery()
    )
    listed = func.json_agg(aggregate_order_by(found.c.row, found.c.place))
    items = func.coalesce(listed, func.json_build_array())
    return own_rows(select(cast(func.json_build_object("items", items), Text)))


_SIMILAR = _similar()

MOST_MEASURES = 10
"""Of a goal, that others are compared with."""

_different = (
    select(func.lower(KeyResult.title).label("title"))
    .where(
        KeyResult.organization_id == Goal.organization_id,
        KeyResult.goal_id == Goal.id,
        KeyResult.archived_at.is_(None),
    )
    .distinct()
    .order_by("title")
    .limit(MOST_MEASURES)
    .correlate(Goal)
    .subquery()
)
_titles = select(func.array_agg(_different.c.title)).scalar_subquery()
_WORDS = own_rows(select(Goal.title, _titles).where(Goal.id == _THIS, policy.VISIBLE))


async def read_goals_like(session: AsyncSession, title: str) -> Json[schemas.SimilarGoals]:
    """Whoever writes a title may as well mean what others measure."""
    return await _read(session, title, [title], None)


async def read_similar_goals(session: AsyncSession, goal_id: UUID) -> Json[schemas.SimilarGoals]:
    words = (await session.execute(_WORDS, {"this_id": goal_id})).one_or_none()
    if words is None:
        raise NotFound()
    title, measured = words
    return await _read(session, title, measured or [], goal_id)


async def _read(
    session: AsyncSession, title: str, measured: Sequence[str], this: UUID | None
) -> Json[schemas.SimilarGoals]:
    values = {"title": title, "measured": measured, "this_id": this}
    return Json((await session.execute(_SIMILAR, values)).scalar_one())

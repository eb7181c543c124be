"""Statements that write what they read. Each is one, so that it sees one state of all tables."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    union,
    union_all,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.binds import ORGANIZATION
from perfapi.core.events import LoggedEvent
from perfapi.domains.analytics.measures import BELONGING, COLUMNS, SUMS, facts_of_goals, sums
from perfapi.domains.analytics.models import GoalFact, GoalSnapshot
from perfapi.domains.analytics.telling import FEWEST_GOALS, FEWEST_OWNERS
from perfapi.domains.goals.models import Goal, GoalCycle, Visibility
from perfapi.domains.goals.moments import NOW, THEN, Moment

_FACTS, _SNAPSHOTS = (cast("Table", one.__table__) for one in (GoalFact, GoalSnapshot))
_IDS = bindparam("goal_ids", type_=ARRAY(Uuid()))
_POSITION = bindparam("position", type_=BigInteger())
_DAY = bindparam("day", type_=Date())
GRACE = 14
"""Days after its end for which a cycle that nobody closed is still looked at."""


def _with_all_above(ids: ColumnElement[Any]) -> Select[Any]:
    """Goals, and whatever was above them at any time."""
    above = func.goals_ever_above(ORGANIZATION, ids).table_valued("goal_id")
    return select(above.c.goal_id)


def _written(fresh: Select[Any]) -> Any:
    """Puts right what differs, and tells which goals that were."""
    values = [name for name in COLUMNS if name not in {"organization_id", "goal_id"}]
    write = insert(_FACTS).from_select(COLUMNS, fresh)
    return write.on_conflict_do_update(
        index_elements=[_FACTS.c.organization_id, _FACTS.c.goal_id],
        set_={name: write.excluded[name] for name in values},
        where=tuple_(*(_FACTS.c[name] for name in values)).is_distinct_from(
            tuple_(*(write.excluded[name] for name in values))
        ),
    ).returning(_FACTS.c.goal_id)


_NAMED = _written(facts_of_goals(NOW).where(Goal.id.in_(_with_all_above(_IDS)))).cte("written")
_REFRESH = select(func.count()).select_from(_NAMED)


def _untold() -> Select[Any]:
    """Goals of which the log says what the facts have not heard yet."""
    unheard = (
        LoggedEvent.organization_id == ORGANIZATION,
        or_(LoggedEvent.position > _POSITION, LoggedEvent.position.is_(None)),
    )
    about = sql_cast(LoggedEvent.payload["goal_id"].astext, Uuid())
    person = sql_cast(LoggedEvent.payload["person_id"].astext, Uuid())
    named = select(about).where(*unheard, LoggedEvent.topic.startswith("goals."))
    moved = select(person).where(*unheard, LoggedEvent.topic == "people.person_changed")
    owned = select(Goal.id).where(Goal.organization_id == ORGANIZATION, Goal.owner_id.in_(moved))
    ids = union(named, owned).subquery()
    return _with_all_above(
        select(
            func.coalesce(func.array_agg(ids.c[0]), sql_cast([], ARRAY(Uuid())))
        ).scalar_subquery()
    )


_ALL = _written(facts_of_goals(NOW)).cte("written")
_RECOMPUTE = select(
    select(func.count())
    .select_from(Goal)
    .where(Goal.organization_id == ORGANIZATION)
    .scalar_subquery(),
    select(func.count())
    .select_from(_ALL)
    .where(_ALL.c.goal_id.not_in(_untold()))
    .scalar_subquery(),
)


def _snapshots(at: Moment) -> Any:
    if at.is_now:
        fact: Any = GoalFact
    else:
        fact = aliased(GoalFact, facts_of_goals(at).cte("facts_then"), adapt_on_names=True)
    belonging = union_all(
        *(
            select(literal(kind.value).label("kind"), pairs.c.group_id, pairs.c.goal_id)
            for kind, of in BELONGING.items()
            for pairs in [of(fact).subquery()]
        )
    ).subquery("belonging")
    key = (fact.organization_id, fact.cycle_id, belonging.c.kind, belonging.c.group_id)
    is_looked_at = and_(
        GoalCycle.starts_on <= _DAY,
        GoalCycle.ends_on >= _DAY - GRACE,
        or_(GoalCycle.closed_at.is_(None), GoalCycle.closed_at > at.instant),
    )
    counted = (
        select(*key, _DAY, *sums(fact, at))
        .select_from(fact)
        .join(belonging, belonging.c.goal_id == fact.goal_id)
        .join(
            GoalCycle,
            and_(GoalCycle.organization_id == fact.organization_id, GoalCycle.id == fact.cycle_id),
        )
        .where(
            fact.organization_id == ORGANIZATION,
            fact.activated_at.is_not(None),
            fact.visibility == Visibility.PUBLIC,
            is_looked_at,
        )
        .group_by(*key)
        .having(func.count() >= FEWEST_GOALS, func.count(fact.owner_id.distinct()) >= FEWEST_OWNERS)
    )
    columns = ["organization_id", "cycle_id", "group_kind", "group_id", "day", *SUMS]
    write = insert(_SNAPSHOTS).from_select(columns, counted)
    written = write.on_conflict_do_update(
        index_elements=[_SNAPSHOTS.c[name] for name in columns[:5]],
        set_={name: write.excluded[name] for name in SUMS},
    ).returning(_SNAPSHOTS.c.day)
    return select(func.count()).select_from(written.cte("written"))


_SNAPSHOT = {at.is_now: _snapshots(at) for at in (NOW, THEN)}


async def refresh(session: AsyncSession, goal_ids: Collection[UUID]) -> int:
    """Of these goals and whatever was ever above them; how many facts were not right yet."""
    await session.flush()
    return int((await session.execute(_REFRESH, {"goal_ids": list(goal_ids)})).scalar_one())


async def refresh_all(session: AsyncSession, position: int) -> tuple[int, int]:
    """How many goals there are, and how many facts were wrong though the log says no more."""
    await session.flush()
    goals, drift = (await session.execute(_RECOMPUTE, {"position": position})).one()
    return goals, drift


# All goals are met with all of their groups; who expects a single one takes half a minute for it.
_HASH, _AS_USUAL = (text(f"SET LOCAL enable_nestloop = {value}") for value in ("off", "on"))


async def write_snapshots(session: AsyncSession, day: date, *, at: datetime | None) -> int:
    await session.flush()
    await session.execute(_HASH)
    written = await session.execute(_SNAPSHOT[at is None], {"day": day, "as_of": at})
    await session.execute(_AS_USUAL)
    return int(written.scalar_one())


async def goals_of_people(session: AsyncSession, person_ids: Collection[UUID]) -> Sequence[UUID]:
    return (await session.scalars(select(Goal.id).where(Goal.owner_id.in_(person_ids)))).all()

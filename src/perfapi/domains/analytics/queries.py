"""Three statements: which group and cycle, its numbers with those of its parts, and its trend.

The facts say how a goal stands; who may see it is asked of the goals as they are. So a number is
never more than whoever asks could count in the list of goals, and no comparison of two numbers
says anything of a goal that is hidden from them.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.access import there_is
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, TODAY
from perfapi.core.db import facts, own_rows
from perfapi.core.errors import Invalid, InvalidPart, NotFound
from perfapi.core.listings import Listing, page
from perfapi.core.sheets import lines
from perfapi.domains.goals.documents import documents_of_goals, fields_of_goal
from perfapi.domains.goals.models import Goal, GoalCycle, Visibility
from perfapi.domains.goals.moments import NOW
from perfapi.domains.goals.schemas import Goal as GoalDocument
from perfapi.domains.goals.schemas import GoalPage
from perfapi.domains.organizations.models import Organization
from perfapi.domains.people.models import Chain, Department, Person, Team

from . import policy, schemas, telling
from .errors import InsightsNotYours
from .measures import COLUMNS, GROUP_ID, SUMS, belongs, counting, part_of, sums
from .models import GoalFact, GoalSnapshot, GroupKind

BELOW = dict.fromkeys(GroupKind, GroupKind.DEPARTMENT) | {GroupKind.MANAGER: GroupKind.MANAGER}
"""What the parts of a group are."""
MOST_GROUPS = 500
YEAR, DAYS_BEFORE = timedelta(days=400), 7

_CYCLE_ID = bindparam("cycle_id", type_=Uuid())


class Place(NamedTuple):
    """The group that is asked about, and the cycle."""

    id: UUID
    name: str | None
    is_allowed: bool
    cycle: dict[str, Any] | None


def _names(kind: GroupKind) -> Select[Any]:
    """No row: there is no such group."""
    if kind is GroupKind.COMPANY:
        company: Any = Organization
        return select(company.id, cast(null(), String)).where(company.id == ORGANIZATION)
    entity: Any = {GroupKind.DEPARTMENT: Department, GroupKind.TEAM: Team}.get(kind, Person)
    named: Select[Any] = select(entity.id, entity.name).where(entity.id == GROUP_ID)
    if kind is not GroupKind.MANAGER:
        return named
    below = aliased(Chain)
    manages = there_is([below], below.organization_id == ORGANIZATION, below.manager_id == GROUP_ID)
    return named.where(manages)


def _cycle() -> ColumnElement[Any]:
    is_running = and_(
        GoalCycle.starts_on <= TODAY, GoalCycle.ends_on >= TODAY, GoalCycle.closed_at.is_(None)
    )
    document = func.json_build_object(
        *(
            part
            for name in ("id", "name", "starts_on", "ends_on")
            for part in (literal(name), getattr(GoalCycle, name))
        )
    )
    return (
        select(document)
        .where(
            GoalCycle.organization_id == ORGANIZATION,
            or_(GoalCycle.id == _CYCLE_ID, and_(_CYCLE_ID.is_(None), is_running)),
        )
        .order_by(GoalCycle.starts_on.desc(), GoalCycle.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_PLACES = {
    kind: own_rows(_names(kind).add_columns(policy.may_read(kind, GROUP_ID), _cycle()))
    for kind in GroupKind
}


def _is_of(kind: GroupKind, fact: Any) -> ColumnElement[bool]:
    """Private goals and what was never active are nobody's number."""
    return and_(
        fact.organization_id == ORGANIZATION,
        fact.cycle_id == _CYCLE_ID,
        belongs(kind, fact),
        fact.activated_at.is_not(None),
        fact.visibility != Visibility.PRIVATE,
    )


def _numbers(kind: GroupKind) -> Select[Any]:
    fact = aliased(GoalFact)
    rows = (
        select(
            *(getattr(fact, name).label(name) for name in COLUMNS),
            part_of(kind, fact).label("part_id"),
        )
        .join(Goal, and_(Goal.organization_id == fact.organization_id, Goal.id == fact.goal_id))
        .where(_is_of(kind, fact), Goal.visibility != Visibility.PRIVATE, NOW.may_see(Goal))
        .subquery("rows")
    )
    counted = aliased(GoalFact, rows, adapt_on_names=True)
    part_id = rows.c.part_id
    summed = (
        select(part_id, cast(func.grouping(part_id), Integer).label("is_whole"), *sums(counted))
        .select_from(rows)
        .group_by(func.grouping_sets(part_id, literal_column("()")))
        .subquery("summed")
    )
    below: Any = Person if kind is GroupKind.MANAGER else Department
    may_open = and_(summed.c.part_id.is_not(None), policy.may_read(BELOW[kind], summed.c.part_id))
    name = (
        select(below.name)
        .where(below.organization_id == ORGANIZATION, below.id == summed.c.part_id)
        .scalar_subquery()
    )
    return own_rows(
        select(
            summed.c.is_whole,
            summed.c.part_id,
            name,
            may_open,
            *(summed.c[name] for name in SUMS),
        )
        .select_from(summed)
        .order_by(summed.c.goals.desc(), name, summed.c.part_id)
    )


_NUMBERS = {kind: _numbers(kind) for kind in GroupKind}

_WEEK = func.date_trunc("week", GoalSnapshot.day)
_TREND = own_rows(
    select(
        GoalSnapshot.day,
        GoalCycle.name.label("cycle"),
        *(
            getattr(GoalSnapshot, name)
            for name in schemas.InsightPoint.model_fields
            if name not in {"day", "cycle"}
        ),
    )
    .join(
        GoalCycle,
        and_(
            GoalCycle.organization_id == GoalSnapshot.organization_id,
            GoalCycle.id == GoalSnapshot.cycle_id,
        ),
    )
    .where(
        GoalSnapshot.organization_id == ORGANIZATION,
        GoalSnapshot.group_kind == bindparam("kind"),
        GoalSnapshot.group_id == GROUP_ID,
        GoalSnapshot.day > bindparam("since"),
        GoalSnapshot.day <= GoalCycle.ends_on,
        GoalCycle.starts_on <= bindparam("until"),
    )
    .ext(distinct_on(GoalCycle.starts_on, GoalCycle.id, _WEEK))
    .order_by(GoalCycle.starts_on, GoalCycle.id, _WEEK, GoalSnapshot.day.desc())
)


def _open_groups(kind: GroupKind, entity: Any) -> Select[Any]:
    return own_rows(
        select(cast(entity.id, String).label("id"), entity.name)
        .where(entity.organization_id == ORGANIZATION, policy.may_read(kind, entity.id))
        .order_by(entity.name, entity.id)
        .limit(MOST_GROUPS + 1)
    )


_OPEN_GROUPS = {
    "departments": _open_groups(GroupKind.DEPARTMENT, Department),
    "teams": _open_groups(GroupKind.TEAM, Team),
}


async def read_open_groups(session: AsyncSession) -> Json[schemas.InsightGroups]:
    found = {
        name: [row._asdict() for row in await session.execute(statement)]
        for name, statement in _OPEN_GROUPS.items()
    }
    is_complete = all(len(groups) <= MOST_GROUPS for groups in found.values())
    shown = {name: groups[:MOST_GROUPS] for name, groups in found.items()}
    return Json(to_json(shown | {"is_complete": is_complete}))


async def _find_place(session: AsyncSession, query: schemas.InsightQuery) -> Place:
    group_id = query.id
    if query.group is GroupKind.COMPANY and group_id is not None:
        raise Invalid(errors=[_part("id_not_wanted", "There is one company.")])
    if query.group is GroupKind.MANAGER and group_id is None:
        group_id = facts(session)["you"]
    elif query.group is not GroupKind.COMPANY and group_id is None:
        raise Invalid(errors=[_part("id_missing", "Say which one.")])
    given = {"group_id": group_id, "cycle_id": query.cycle_id}
    row = (await session.execute(_PLACES[query.group], given)).one_or_none()
    if row is None or (query.cycle_id is not None and row[3] is None):
        raise NotFound()
    place = Place(*row)
    if not place.is_allowed:
        raise InsightsNotYours()
    return place


def _part(code: str, detail: str) -> InvalidPart:
    return InvalidPart(parameter="id", code=code, detail=detail)


async def _find_numbers(
    session: AsyncSession, kind: GroupKind, place: Place
) -> tuple[telling.Sums, list[telling.Part]]:
    if place.cycle is None:
        return telling.Sums(), []
    given = {"group_id": place.id, "cycle_id": UUID(place.cycle["id"])}
    rows = (await session.execute(_NUMBERS[kind], given)).all()
    whole, parts = telling.Sums(), []
    for is_whole, part_id, name, may_open, *counted in rows:
        if is_whole:
            whole = telling.Sums(*counted)
        else:
            parts.append(telling.Part(part_id, name, may_open, telling.Sums(*counted)))
    has_parts = any(part.id is not None for part in parts)
    return whole, parts if has_parts else []


async def _find_trend(session: AsyncSession, kind: GroupKind, place: Place) -> Sequence[Any]:
    today = facts(session)["today"]
    until = today
    if place.cycle is not None:
        until = min(today, _day(place.cycle["ends_on"]))
    given = {"kind": kind, "group_id": place.id, "since": until - YEAR, "until": until}
    return (await session.execute(_TREND, given)).all()


def _day(written: str) -> date:
    return date.fromisoformat(written)


async def _find_insights(session: AsyncSession, query: schemas.InsightQuery) -> dict[str, Any]:
    kind = query.group
    place = await _find_place(session, query)
    whole, parts = await _find_numbers(session, kind, place)
    trend = await _find_trend(session, kind, place)
    is_told = whole.goals == 0 or not whole.is_small
    named = None if kind is GroupKind.COMPANY else place.id
    return {
        "day": facts(session)["today"],
        "cycle": place.cycle,
        "group": {"kind": kind, "id": named, "name": place.name},
        "numbers": telling.numbers(whole) if is_told else None,
        "parts": telling.parts(whole, parts, BELOW[kind]),
        "trend": [_point(row) for row in trend],
        "minimum": {"goals": telling.FEWEST_GOALS, "owners": telling.FEWEST_OWNERS},
        "definitions": telling.definitions(),
    }


def _point(row: Any) -> dict[str, Any]:
    point = dict(row._mapping)
    return point | {name: telling.in_words(point[name]) for name in ("progress", "expected")}


async def read_insights(
    session: AsyncSession, query: schemas.InsightQuery
) -> Json[schemas.GoalInsights]:
    return Json(to_json(await _find_insights(session, query)))


@cache
def _goals_behind(kind: GroupKind, counted: schemas.Counted) -> Listing[GoalPage]:
    fact = aliased(GoalFact)
    is_counted = there_is(
        [fact], fact.goal_id == Goal.id, _is_of(kind, fact), counting(fact)[counted]
    )
    goals = documents_of_goals(GoalDocument, fields_of_goal(NOW), NOW)
    return Listing(
        GoalPage,
        goals.where(is_counted, Goal.visibility != Visibility.PRIVATE),
        sorts={"title": (Goal.title, Goal.id)},
    )


async def list_goals_behind(
    session: AsyncSession, query: schemas.InsightGoalsQuery
) -> Json[GoalPage]:
    """As many as the number says, by the same words."""
    place = await _find_place(session, query)
    listing = _goals_behind(query.group, query.counted)
    cycle_id = place.cycle and UUID(place.cycle["id"])
    return await page(session, listing, query, group_id=place.id, cycle_id=cycle_id)


_SHARES = ("cadence", "staleness", "alignment")
_COUNTS = {"states": ("active", "closed", "cancelled", "archived")} | {
    "status": ("on_track", "at_risk", "off_track", "no_number")
}
_HEADING = (
    *("day", "cycle", "kind", "group_id", "group", "is_told", "goals", "owners"),
    *(name for names in _COUNTS.values() for name in names),
    *("progress", "expected", "with_progress"),
    *(f"{name}{end}" for name in _SHARES for end in ("", "_count", "_n")),
)


async def export_insights(session: AsyncSession, query: schemas.InsightQuery) -> str:
    """The group, then its parts; what is withheld is empty."""
    found = await _find_insights(session, query)
    cycle = found["cycle"] and found["cycle"]["name"]
    told = [found, *found["parts"]]
    rows = [[str(found["day"]), cycle, *_line(one["group"], one["numbers"])] for one in told]
    return lines([_HEADING, *rows])


def _line(group: dict[str, Any], numbers: dict[str, Any] | None) -> list[object]:
    start: list[object] = [group["kind"].value, group["id"], group["name"], numbers is not None]
    if numbers is None:
        return start + [None] * (len(_HEADING) - 2 - len(start))
    counts = [numbers[name][one] for name, ones in _COUNTS.items() for one in ones]
    progress = [numbers["progress"][name] for name in ("average", "expected", "n")]
    shares = [numbers[name][one] for name in _SHARES for one in ("share", "count", "n")]
    return [*start, numbers["goals"], numbers["owners"], *counts, *progress, *shares]

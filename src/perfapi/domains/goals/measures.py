"""What follows from a goal's progress and the calendar, as SQL: it changes with the day alone, so
none of it is stored.

All of it is asked of a moment: now, or then. The organization's settings are read where they are
used, each once per statement.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Numeric,
    String,
    and_,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
)

from perfapi.core.binds import ORGANIZATION, TODAY
from perfapi.core.db import SCALE
from perfapi.core.documents import Column

from .models import Closing, Driver, GoalState, KeyResultKind
from .moments import NOW, ZONE, Moment

SECTION = "goals"
"""Of the organization's settings."""

DEFAULTS: dict[str, Any] = {
    "cycle_days": 90,
    "check_in_every_days": 7,
    "on_track_from": "0.9",
    "at_risk_from": "0.6",
}
"""As they are stored: decimals as strings."""

TWO_WEEKS = 14
"""Days without a check-in after which a goal needs its owner."""

NUMBER = Numeric(30, SCALE)

Expression = ColumnElement[Any]


def setting(name: str, at: Moment = NOW) -> Expression:
    kind = Integer() if isinstance(DEFAULTS[name], int) else NUMBER
    default = cast(literal_column(f"'{DEFAULTS[name]}'"), kind)
    given = cast(at.organization.settings[(SECTION, name)].as_string(), kind)
    asked = select(given).where(at.organization.id == ORGANIZATION).scalar_subquery()
    return func.coalesce(asked, default, type_=kind)


def _ratio(numerator: Any, denominator: Any) -> Expression:
    return func.ratio_half_even(cast(numerator, NUMBER), cast(denominator, NUMBER), type_=NUMBER)


def cycle_state(cycle: Any) -> ColumnElement[str]:
    return case(
        (cycle.closed_at.is_not(None), "closed"),
        (cycle.starts_on > TODAY, "upcoming"),
        (cycle.ends_on < TODAY, "ended"),
        else_="active",
    )


def _days(later: Any, earlier: Any) -> Expression:
    return type_coerce(later - earlier, Integer())


def _total_days(goal: Any) -> Expression:
    return func.greatest(_days(goal.due_on, goal.starts_on), 1)


def _elapsed_days(goal: Any, at: Moment) -> Expression:
    return case(
        (goal.due_on <= at.day, _total_days(goal)),
        else_=func.greatest(_days(at.day, goal.starts_on), 0),
    )


def expected(goal: Any, at: Moment = NOW) -> Expression:
    """The share of its time that has passed: 0 on the first day, 1 on the due day."""
    share = _ratio(_elapsed_days(goal, at), _total_days(goal))
    return case((goal.state == GoalState.ACTIVE, share), else_=null())


def status(goal: Any, progress: Column, at: Moment = NOW) -> ColumnElement[str | None]:
    """As somebody decided, or else derived.

    Compared without dividing, so that a goal exactly at a threshold is above it.
    """
    reached = progress * _total_days(goal)
    elapsed = _elapsed_days(goal, at)
    return case(
        (goal.state != GoalState.ACTIVE, cast(null(), String)),
        (goal.manual_status.is_not(None), cast(goal.manual_status, String)),
        (progress.is_(None), cast(null(), String)),
        (reached >= setting("on_track_from", at) * elapsed, "on_track"),
        (reached >= setting("at_risk_from", at) * elapsed, "at_risk"),
        else_="off_track",
    )


def status_source(goal: Any) -> ColumnElement[str]:
    return case((goal.manual_status.is_(None), "derived"), else_="manual")


def period_score(key_result: Any, goal: Any, at: Moment = NOW) -> Expression:
    """The share of the goal's time in which the value was inside the band, until now or its end."""
    ended = (
        select(func.max(Closing.closed_at))
        .where(
            Closing.organization_id == goal.organization_id,
            Closing.goal_id == goal.id,
            Closing.closed_at <= at.instant,
        )
        .correlate_except(Closing)
        .scalar_subquery()
    )
    is_open = goal.state.in_([GoalState.DRAFT, GoalState.ACTIVE])
    until = case((is_open, at.instant), else_=ended)
    score = func.period_score(
        key_result.organization_id,
        key_result.id,
        key_result.lower,
        key_result.upper,
        _start_of(goal),
        until,
        type_=NUMBER,
    )
    return case((key_result.kind == KeyResultKind.MAINTAIN, score), else_=null())


def _start_of(goal: Any) -> Expression:
    """The first moment of its first day, by the organization's clocks."""
    return func.timezone(ZONE, cast(goal.starts_on, DateTime(timezone=False)))


def quiet_since(goal: Any, checked_in_at: Column) -> Expression:
    """The last check-in, or else the day from which one could be expected."""
    return func.coalesce(
        checked_in_at,
        func.greatest(goal.activated_at, _start_of(goal)),
        type_=DateTime(timezone=True),
    )


def quiet_days(goal: Any, checked_in_at: Column, at: Moment = NOW) -> Expression:
    day = cast(func.timezone(ZONE, quiet_since(goal, checked_in_at)), Date())
    return _days(at.day, day)


def waits_for_check_ins(goal: Any, has_key_results: ColumnElement[bool]) -> ColumnElement[bool]:
    """Active, and not moved by other goals alone."""
    return and_(goal.state == GoalState.ACTIVE, or_(goal.driver != Driver.GOALS, has_key_results))


def is_stale(
    goal: Any, checked_in_at: Column, has_key_results: ColumnElement[bool], at: Moment = NOW
) -> ColumnElement[bool]:
    """No check-in for twice its rhythm."""
    return and_(
        waits_for_check_ins(goal, has_key_results),
        quiet_days(goal, checked_in_at, at) >= 2 * goal.check_in_every_days,
    )

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.ids import uuid7
from perfapi.domains.goals import rollup
from perfapi.domains.goals.comments.models import GoalComment
from perfapi.domains.goals.models import (
    RAW,
    CheckIn,
    Closing,
    Goal,
    GoalCycle,
    GoalMember,
    GoalState,
    Initiative,
    KeyResult,
    KeyResultKind,
    Level,
    MemberRole,
    Milestone,
)
from perfapi.domains.people.models import Person
from tests.factories.people import enter_as

NEVER_ACTIVE = {GoalState.DRAFT}


def today_of(session: AsyncSession) -> date:
    today: date = facts(session)["today"]
    return today


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


async def acting_as(session: AsyncSession, person: Person) -> Actor:
    """Enters as the person, for commands that are called without HTTP."""
    await enter_as(session, person)
    return Actor(person.organization_id, person.id, uuid4(), frozenset())


async def a_cycle(
    session: AsyncSession,
    name: str = "This quarter",
    *,
    began: int = 45,
    days: int = 90,
    **fields: Any,
) -> GoalCycle:
    """Began so many days ago."""
    starts_on = today_of(session) - timedelta(days=began)
    ends_on = starts_on + timedelta(days=days - 1)
    cycle = GoalCycle(id=uuid7(), name=name, starts_on=starts_on, ends_on=ends_on, **fields)
    session.add(cycle)
    await session.flush()
    return cycle


async def a_goal(
    session: AsyncSession,
    owner: Person,
    title: str = "Every customer renews",
    *,
    under: Goal | None = None,
    began: int = 50,
    lasts: int = 100,
    state: GoalState = GoalState.ACTIVE,
    **fields: Any,
) -> Goal:
    """Half of its time has passed, unless told otherwise."""
    starts_on = fields.pop("starts_on", today_of(session) - timedelta(days=began))
    due_on = fields.pop("due_on", starts_on + timedelta(days=lasts))
    if state is GoalState.ARCHIVED:
        fields = {"archived_at": utcnow(), "archived_from": GoalState.CLOSED} | fields
    defaults: dict[str, Any] = {
        "level": Level.PERSON,
        "created_by_id": owner.id,
        "activated_at": None if state in NEVER_ACTIVE else noon(starts_on),
    }
    goal = Goal(
        id=uuid7(),
        title=title,
        owner_id=owner.id,
        parent_id=under.id if under else None,
        starts_on=starts_on,
        due_on=due_on,
        state=state,
        **defaults | fields,
    )
    session.add(goal)
    await session.flush()
    await rollup.roll_up(session, goal.id)
    return goal


async def a_key_result(
    session: AsyncSession,
    goal: Goal,
    title: str = "Renewal rate",
    *,
    start: str | None = "0",
    target: str | None = "100",
    **fields: Any,
) -> KeyResult:
    key_result = KeyResult(
        id=uuid7(),
        goal_id=goal.id,
        title=title,
        start=None if start is None else Decimal(start),
        target=None if target is None else Decimal(target),
        **{"kind": KeyResultKind.NUMBER} | fields,
    )
    session.add(key_result)
    await rollup.settle_key_results(session, [key_result.id])
    await rollup.roll_up(session, goal.id)
    return key_result


async def a_band(
    session: AsyncSession,
    goal: Goal,
    *,
    lower: str | None = None,
    upper: str | None = None,
    tolerance: str | None = None,
    **fields: Any,
) -> KeyResult:
    """A key result that stays between two values, or above or below one."""
    sides = {"lower": lower, "upper": upper, "tolerance": tolerance}
    band: dict[str, Any] = {name: Decimal(side) for name, side in sides.items() if side is not None}
    kind = KeyResultKind.MAINTAIN
    return await a_key_result(session, goal, start=None, target=None, kind=kind, **band, **fields)


async def a_milestone_key_result(
    session: AsyncSession, goal: Goal, **weights: str
) -> tuple[KeyResult, dict[str, Milestone]]:
    """Its milestones have the names and weights that are given."""
    key_result = await a_key_result(session, goal, target="1", kind=KeyResultKind.MILESTONES)
    steps = {
        title: Milestone(
            id=uuid7(),
            key_result_id=key_result.id,
            title=title,
            weight=Decimal(weight),
            position=position,
        )
        for position, (title, weight) in enumerate(weights.items())
    }
    session.add_all(steps.values())
    await rollup.settle_key_results(session, [key_result.id])
    await rollup.roll_up(session, goal.id)
    return key_result, steps


async def a_check_in(
    session: AsyncSession, key_result: KeyResult, value: str, *, by: Person, **fields: Any
) -> CheckIn:
    given = Decimal(value)
    raw = func.progress_at(
        given,
        key_result.start,
        key_result.target,
        key_result.lower,
        key_result.upper,
        key_result.tolerance,
        type_=RAW,
    )
    check_in = CheckIn(
        id=uuid7(),
        key_result_id=key_result.id,
        author_id=by.id,
        value=given,
        raw_progress=raw,
        progress=func.least(func.greatest(raw, 0), 1),
        **{"checked_in_at": func.clock_timestamp()} | fields,
    )
    session.add(check_in)
    await rollup.settle_key_results(session, [key_result.id])
    await rollup.roll_up(session, key_result.goal_id)
    return check_in


async def a_member(
    session: AsyncSession,
    goal: Goal,
    person: Person,
    role: MemberRole = MemberRole.CONTRIBUTOR,
    **fields: Any,
) -> GoalMember:
    member = GoalMember(goal_id=goal.id, person_id=person.id, role=role, **fields)
    session.add(member)
    await session.flush()
    return member


async def an_initiative(
    session: AsyncSession, goal: Goal, owner: Person, title: str = "Call them", **fields: Any
) -> Initiative:
    initiative = Initiative(id=uuid7(), goal_id=goal.id, owner_id=owner.id, title=title, **fields)
    session.add(initiative)
    await session.flush()
    return initiative


async def end(session: AsyncSession, goal: Goal, *, at: datetime) -> None:
    """Closed then, without a word."""
    goal.state = GoalState.CLOSED
    session.add(Closing(id=uuid7(), goal_id=goal.id, outcome=GoalState.CLOSED, closed_at=at))
    await session.flush()


async def a_comment(
    session: AsyncSession,
    goal: Goal,
    text: str | None = "Well done",
    *,
    by: Person,
    answers: GoalComment | None = None,
    **fields: Any,
) -> GoalComment:
    comment = GoalComment(
        id=uuid7(),
        goal_id=goal.id,
        author_id=by.id,
        text=text,
        reply_to_id=answers.id if answers else None,
        **{"created_at": func.clock_timestamp()} | fields,
    )
    session.add(comment)
    await session.flush()
    return comment

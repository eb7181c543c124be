from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import Event, LoggedEvent, publish
from perfapi.domains.goals import rollup
from perfapi.domains.goals.events import GoalSet, KeyResultAdded
from perfapi.domains.goals.models import (
    Goal,
    GoalProgress,
    GoalState,
    KeyResult,
    Level,
    Milestone,
)

from . import queries
from .errors import TooManyGoalsAtOnce, TooManyMilestonesAtOnce
from .events import GoalsSetInBulk
from .ids import derived
from .preparing import PreparedGoal, ensure_known_people, prepare
from .queries import Candidate
from .schemas import GoalBulk

MOST_GOALS = 5_000
MOST_KEY_RESULTS = 10_000
MOST_MILESTONES = 50_000
MOST_TOLD = 200
"""Of those who are chosen or left out, by name; the counts tell of all."""

Tell = Callable[[int, int], Awaitable[None]]


class Plan(NamedTuple):
    """Who is given the goals, and who is left out and why."""

    by_place: list[list[Candidate]]
    """Who gets the goal at each place of the body."""
    chosen: list[tuple[Candidate, int]]
    """Each with how many goals they get."""
    left_out: list[tuple[Candidate, str]]


async def check_bulk(session: AsyncSession, body: GoalBulk) -> None:
    """Refuses at once what no person could be given; who is given it is found later."""
    await ensure_known_people(session, body.people)
    await prepare(session, body)


async def plan_bulk(session: AsyncSession, operation: UUID, body: GoalBulk) -> dict[str, Any]:
    """What applying would do now."""
    await check_bulk(session, body)
    return _told(body, await _plan(session, operation, body))


async def set_goals(
    session: AsyncSession, operation: UUID, body: GoalBulk, *, by: UUID, tell: Tell
) -> dict[str, Any]:
    """All in one transaction: nobody ever sees half of it."""
    await rollup.hold_alignment(session)
    prepared = await prepare(session, body)
    plan = await _plan(session, operation, body)
    told = _told(body, plan)
    ids = [
        derived(operation, place, person.id)
        for place, people in enumerate(plan.by_place)
        for person in people
    ]
    if not ids or await queries.are_set(session, ids[:1]):
        return told
    added: list[UUID] = []
    for place, (goal, people) in enumerate(zip(prepared, plan.by_place, strict=True)):
        if people:
            added += await _set_for_all(session, operation, place, goal, people, by=by)
        await tell(len(added), len(ids))
    parents = {goal.columns["parent_id"] for goal in prepared} - {None}
    await rollup.roll_up(session, *parents)
    done = GoalsSetInBulk(operation_id=operation, goals=len(added), people=len(plan.chosen))
    publish(session, done, by=by)
    return told


async def _set_for_all(
    session: AsyncSession,
    operation: UUID,
    place: int,
    goal: PreparedGoal,
    people: Sequence[Candidate],
    *,
    by: UUID,
) -> list[UUID]:
    """One goal of the body for everybody: a handful of statements, however many they are."""
    organization = {"organization_id": facts(session)["organization"]}
    goal_rows: list[dict[str, Any]] = []
    result_rows: list[dict[str, Any]] = []
    step_rows: list[dict[str, Any]] = []
    events: list[Event] = []
    for person in people:
        goal_id = derived(operation, place, person.id)
        own = organization | {"id": goal_id, "owner_id": person.id, "created_by_id": by}
        goal_rows.append(goal.columns | own)
        is_draft = goal.columns["state"] is GoalState.DRAFT
        events.append(
            GoalSet(goal_id=goal_id, owner_id=person.id, level=Level.PERSON, is_draft=is_draft)
        )
        for position, key_result in enumerate(goal.key_results):
            result_id = derived(operation, place, person.id, position)
            own = organization | {"id": result_id, "goal_id": goal_id, "position": position}
            result_rows.append(key_result.columns | own)
            events.append(KeyResultAdded(key_result_id=result_id, goal_id=goal_id))
            for number, step in enumerate(key_result.milestones):
                step_id = derived(operation, place, person.id, position, number)
                own = organization | {"id": step_id, "key_result_id": result_id}
                step_rows.append(step | own | {"position": number})
    await session.execute(insert(Goal), goal_rows)
    if result_rows:
        await session.execute(insert(KeyResult), result_rows)
    if step_rows:
        await session.execute(insert(Milestone), step_rows)
    await rollup.settle_key_results(session, [row["id"] for row in result_rows])
    await _settle_alike(session, [row["id"] for row in goal_rows])
    publish(session, *events, by=by)
    await session.flush()
    _let_go(session)
    return [row["id"] for row in goal_rows]


async def _settle_alike(session: AsyncSession, goal_ids: list[UUID]) -> None:
    """Before the first check-in all of them stand where one of them stands: it is reckoned once."""
    model, *others = goal_ids
    await rollup.settle_goals(session, [model])
    columns, rows = queries.progress_like(facts(session)["organization"], model, others)
    await session.execute(insert(GoalProgress).from_select(columns, rows))


def _let_go(session: AsyncSession) -> None:
    """Of events that are written: each flush looks through everything that a session holds."""
    for row in list(session):
        if isinstance(row, LoggedEvent):
            session.expunge(row)


async def _plan(session: AsyncSession, operation: UUID, body: GoalBulk) -> Plan:
    plan = Plan([[] for _ in body.goals], [], [])
    found = await queries.find_people(session, body.people)
    takers = [person for person in found if person.may_set and not person.has_left]
    have = set()
    if body.skip_who_has_one:
        have = await queries.find_who_has(session, body.goals, takers, besides=operation)
    for person in found:
        if person.has_left:
            plan.left_out.append((person, "has_left"))
        elif not person.may_set:
            plan.left_out.append((person, "not_yours_to_set"))
        elif places := [n for n in range(len(body.goals)) if (person.id, n) not in have]:
            plan.chosen.append((person, len(places)))
            for place in places:
                plan.by_place[place].append(person)
        else:
            plan.left_out.append((person, "has_one_already"))
    return plan


def _told(body: GoalBulk, plan: Plan) -> dict[str, Any]:
    goals_in_all = sum(map(len, plan.by_place))
    measures = [len(goal.key_results) for goal in body.goals]
    key_results = sum(n * len(who) for n, who in zip(measures, plan.by_place, strict=True))
    if goals_in_all > MOST_GOALS or key_results > MOST_KEY_RESULTS:
        raise TooManyGoalsAtOnce()
    steps = [sum(len(one.milestones or ()) for one in goal.key_results) for goal in body.goals]
    if sum(n * len(who) for n, who in zip(steps, plan.by_place, strict=True)) > MOST_MILESTONES:
        raise TooManyMilestonesAtOnce()
    return {
        "mode": body.mode,
        "goals": goals_in_all,
        "people": len(plan.chosen),
        "chosen_people": [
            {"id": str(person.id), "name": person.name, "goals": goals}
            for person, goals in plan.chosen[:MOST_TOLD]
        ],
        "left_out": len(plan.left_out),
        "left_out_people": [
            {"id": str(person.id), "name": person.name, "reason": reason}
            for person, reason in plan.left_out[:MOST_TOLD]
        ],
    }

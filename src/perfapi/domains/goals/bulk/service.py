from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.errors import Problem, invalid
from perfapi.core.events import Event, LoggedEvent, publish
from perfapi.domains.goals import queries as goals
from perfapi.domains.goals import rollup
from perfapi.domains.goals.cycles.queries import find_goal_cycle
from perfapi.domains.goals.errors import AlignmentTooDeep
from perfapi.domains.goals.events import GoalSet, KeyResultAdded
from perfapi.domains.goals.models import Goal, GoalProgress, GoalState, KeyResult, Level
from perfapi.domains.goals.service import DEEPEST
from perfapi.domains.goals.settings.queries import get_goal_settings
from perfapi.domains.goals.templates.service import ensure_sense
from perfapi.domains.people.queries import visible_person_ids

from . import queries
from .errors import TooManyGoalsAtOnce
from .events import GoalsSetInBulk
from .queries import Candidate
from .schemas import BulkGoal, BulkPeople, GoalBulk

MOST_GOALS = 5_000
MOST_KEY_RESULTS = 10_000
MOST_TOLD = 200
"""Of those who are left out, by name; the count tells of all."""

Tell = Callable[[int, int], Awaitable[None]]


async def check_bulk(session: AsyncSession, body: GoalBulk) -> None:
    """Refuses at once what no person could be given; who is given it is found later."""
    await _ensure_known_people(session, body.people)
    await _columns(session, body)


async def plan_bulk(session: AsyncSession, body: GoalBulk) -> dict[str, Any]:
    """What applying would do now."""
    await check_bulk(session, body)
    chosen, left_out = _sorted_out(await queries.find_people(session, body.people))
    return _told(body, chosen, left_out)


async def set_goals(
    session: AsyncSession, operation: UUID, body: GoalBulk, *, by: UUID, tell: Tell
) -> dict[str, Any]:
    """All in one transaction: nobody ever sees half of it.

    Each goal has an id that follows from the operation, its place and its owner, so that an
    operation which is started again after a crash finds its own work and sets nothing twice.
    """
    await rollup.hold_alignment(session)
    columns = await _columns(session, body)
    chosen, left_out = _sorted_out(await queries.find_people(session, body.people))
    told = _told(body, chosen, left_out)
    if not chosen:
        return told
    first = [_id(operation, 0, person.id) for person in chosen]
    if await queries.are_set(session, first):
        return told
    total = len(body.goals) * len(chosen)
    added: list[UUID] = []
    for place, goal in enumerate(body.goals):
        added += await _set_for_all(session, operation, place, goal, columns[place], chosen, by=by)
        await tell(len(added), total)
    parents = {goal.parent_id for goal in body.goals if goal.parent_id is not None}
    await rollup.roll_up(session, *parents)
    done = GoalsSetInBulk(operation_id=operation, goals=len(added), people=len(chosen))
    publish(session, done, by=by)
    return told


async def _set_for_all(
    session: AsyncSession,
    operation: UUID,
    place: int,
    goal: BulkGoal,
    columns: dict[str, Any],
    people: list[Candidate],
    *,
    by: UUID,
) -> list[UUID]:
    """One goal of the body for everybody: a handful of statements, however many they are."""
    organization = facts(session)["organization"]
    goal_rows: list[dict[str, Any]] = []
    result_rows: list[dict[str, Any]] = []
    events: list[Event] = []
    for person in people:
        goal_id = _id(operation, place, person.id)
        own = {"organization_id": organization, "id": goal_id, "owner_id": person.id}
        goal_rows.append(columns | own | {"created_by_id": by})
        events.append(
            GoalSet(
                goal_id=goal_id,
                owner_id=person.id,
                level=Level.PERSON,
                is_draft=goal.state is GoalState.DRAFT,
            )
        )
        for position, key_result in enumerate(goal.key_results):
            result_id = _id(operation, place, person.id, position)
            row = {"organization_id": organization, "id": result_id, "goal_id": goal_id}
            result_rows.append(row | {"position": position} | key_result.model_dump())
            events.append(KeyResultAdded(key_result_id=result_id, goal_id=goal_id))
    await session.execute(insert(Goal), goal_rows)
    if result_rows:
        await session.execute(insert(KeyResult), result_rows)
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


async def _ensure_known_people(session: AsyncSession, people: BulkPeople) -> None:
    if not people.model_fields_set or all(value is None for value in people.model_dump().values()):
        raise invalid("/people", "missing", "Say for whom.")
    if people.department_id is not None and not await goals.is_department(
        session, people.department_id
    ):
        raise _unknown("/people/department_id", "department")
    if people.team_id is not None and not await goals.is_team(session, people.team_id):
        raise _unknown("/people/team_id", "team")
    named = [*(people.person_ids or ()), *([people.manager_id] if people.manager_id else ())]
    seen = await visible_person_ids(session, set(named))
    if people.manager_id is not None and people.manager_id not in seen:
        raise _unknown("/people/manager_id", "person")
    for place, person_id in enumerate(people.person_ids or ()):
        if person_id not in seen:
            raise _unknown(f"/people/person_ids/{place}", "person")


async def _columns(session: AsyncSession, body: GoalBulk) -> list[dict[str, Any]]:
    settings = await get_goal_settings(session)
    return [
        await _columns_of(session, goal, settings, at=f"/goals/{place}")
        for place, goal in enumerate(body.goals)
    ]


async def _columns_of(
    session: AsyncSession, goal: BulkGoal, settings: dict[str, Any], *, at: str
) -> dict[str, Any]:
    """What everybody's goal has in common, checked as a single goal is."""
    ensure_sense(goal.key_results, at=f"{at}/key_results")
    cycle = None
    if goal.cycle_id is not None:
        cycle = await find_goal_cycle(session, goal.cycle_id)
        if cycle is None:
            raise _unknown(f"{at}/cycle_id", "cycle")
        if cycle.closed_at is not None:
            raise invalid(f"{at}/cycle_id", "cycle_closed", "That cycle is closed.")
    if goal.parent_id is not None:
        await _ensure_parent(session, goal.parent_id, at=f"{at}/parent_id")
    starts_on = goal.starts_on or (cycle.starts_on if cycle else facts(session)["today"])
    due_on = goal.due_on or (cycle and cycle.ends_on)
    due_on = due_on or _last_day(starts_on, settings["cycle_days"], at=at)
    if due_on < starts_on:
        raise invalid(f"{at}/due_on", "due_before_it_starts", "It is due before it starts.")
    return goal.model_dump(exclude={"key_results"}) | {
        "level": Level.PERSON,
        "starts_on": starts_on,
        "due_on": due_on,
        "check_in_every_days": goal.check_in_every_days or settings["check_in_every_days"],
        "activated_at": utcnow() if goal.state is GoalState.ACTIVE else None,
    }


def _last_day(starts_on: date, days: int, *, at: str) -> date:
    try:
        return starts_on + timedelta(days=days - 1)
    except OverflowError:
        raise invalid(f"{at}/starts_on", "date_out_of_range", "It would never end.") from None


async def _ensure_parent(session: AsyncSession, parent_id: UUID, *, at: str) -> None:
    found = await goals.find_goal_to_align_to(session, parent_id)
    if found is None:
        raise _unknown(at, "goal")
    if not found[1]:
        raise invalid(at, "goal_ended", "That goal has ended.")
    if len(await goals.goals_above(session, parent_id)) + 2 > DEEPEST:
        raise invalid(at, AlignmentTooDeep.code(), AlignmentTooDeep.title)


def _sorted_out(found: list[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Who is given the goals, and who is left out and why."""
    chosen, left_out = [], []
    for person in found:
        if person.has_left:
            left_out.append((person, "has_left"))
        elif not person.may_set:
            left_out.append((person, "not_yours_to_set"))
        else:
            chosen.append(person)
    return chosen, left_out


def _told(
    body: GoalBulk, chosen: list[Candidate], left_out: list[tuple[Candidate, str]]
) -> dict[str, Any]:
    goals_in_all = len(body.goals) * len(chosen)
    key_results = len(chosen) * sum(len(goal.key_results) for goal in body.goals)
    if goals_in_all > MOST_GOALS or key_results > MOST_KEY_RESULTS:
        raise TooManyGoalsAtOnce()
    return {
        "mode": body.mode,
        "goals": goals_in_all,
        "people": len(chosen),
        "left_out": len(left_out),
        "left_out_people": [
            {"id": str(person.id), "name": person.name, "reason": reason}
            for person, reason in left_out[:MOST_TOLD]
        ],
    }


def _id(operation: UUID, *parts: object) -> UUID:
    """A UUIDv7 of the operation's moment whose rest follows from the parts."""
    digest = blake2b(" ".join(map(str, (operation, *parts))).encode(), digest_size=10).digest()
    moment = operation.int >> 80
    chance = int.from_bytes(digest, "big")
    high, low = (chance >> 62) & 0xFFF, chance & ((1 << 62) - 1)
    return UUID(int=moment << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def _unknown(pointer: str, thing: str) -> Problem:
    return invalid(pointer, "not_found", f"There is no such {thing}.")

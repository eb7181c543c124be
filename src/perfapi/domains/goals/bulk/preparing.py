"""What everybody's goal has in common, checked once as a single goal is."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.errors import Problem, invalid
from perfapi.domains.goals import queries as goals
from perfapi.domains.goals.cycles.queries import find_goal_cycle
from perfapi.domains.goals.errors import AlignmentTooDeep
from perfapi.domains.goals.key_results import kinds
from perfapi.domains.goals.models import GoalState, Level
from perfapi.domains.goals.service import DEEPEST, take_parent_of_key_result
from perfapi.domains.goals.settings.queries import get_goal_settings
from perfapi.domains.people.queries import visible_person_ids

from .schemas import BulkGoal, BulkKeyResult, BulkMilestone, BulkPeople, GoalBulk

Columns = dict[str, Any]


class PreparedKeyResult(NamedTuple):
    columns: Columns
    milestones: list[Columns]


class PreparedGoal(NamedTuple):
    columns: Columns
    key_results: list[PreparedKeyResult]


async def ensure_known_people(session: AsyncSession, people: BulkPeople) -> None:
    if all(value is None for value in people.model_dump(exclude={"except_person_ids"}).values()):
        raise invalid("/people", "missing", "Say for whom.")
    if people.department_id is not None and not await goals.is_department(
        session, people.department_id
    ):
        raise _unknown("/people/department_id", "department")
    if people.team_id is not None and not await goals.is_team(session, people.team_id):
        raise _unknown("/people/team_id", "team")
    lists = ("person_ids", "also_person_ids", "except_person_ids")
    named = [
        (person_id, f"/people/{name}/{place}")
        for name in lists
        for place, person_id in enumerate(getattr(people, name) or ())
    ]
    if people.manager_id is not None:
        named.insert(0, (people.manager_id, "/people/manager_id"))
    seen = await visible_person_ids(session, {person_id for person_id, _ in named})
    for person_id, pointer in named:
        if person_id not in seen:
            raise _unknown(pointer, "person")


async def prepare(session: AsyncSession, body: GoalBulk) -> list[PreparedGoal]:
    settings = await get_goal_settings(session)
    return [
        await _prepare_goal(session, goal, settings, at=f"/goals/{place}")
        for place, goal in enumerate(body.goals)
    ]


async def _prepare_goal(
    session: AsyncSession, goal: BulkGoal, settings: dict[str, Any], *, at: str
) -> PreparedGoal:
    cycle = None
    if goal.cycle_id is not None:
        cycle = await find_goal_cycle(session, goal.cycle_id)
        if cycle is None:
            raise _unknown(f"{at}/cycle_id", "cycle")
        if cycle.closed_at is not None:
            raise invalid(f"{at}/cycle_id", "cycle_closed", "That cycle is closed.")
    columns = goal.model_dump(exclude={"key_results"})
    await take_parent_of_key_result(session, columns, at=at)
    if columns["parent_id"] is not None:
        await _ensure_parent(session, columns["parent_id"], at=f"{at}/parent_id")
    starts_on = goal.starts_on or (cycle.starts_on if cycle else facts(session)["today"])
    due_on = goal.due_on or (cycle and cycle.ends_on)
    due_on = due_on or _after(starts_on, settings["cycle_days"] - 1, at=f"{at}/starts_on")
    if due_on < starts_on:
        raise invalid(f"{at}/due_on", "due_before_it_starts", "It is due before it starts.")
    columns |= {
        "level": Level.PERSON,
        "starts_on": starts_on,
        "due_on": due_on,
        "check_in_every_days": goal.check_in_every_days or settings["check_in_every_days"],
        "activated_at": utcnow() if goal.state is GoalState.ACTIVE else None,
    }
    return PreparedGoal(
        columns,
        [
            _prepare_key_result(one, starts_on, at=f"{at}/key_results/{place}")
            for place, one in enumerate(goal.key_results)
        ],
    )


def _prepare_key_result(body: BulkKeyResult, starts_on: date, *, at: str) -> PreparedKeyResult:
    told = kinds.columns(body.kind, body.model_dump(), pointer=at)
    return PreparedKeyResult(
        body.model_dump(include={"title", "kind", "weight"}) | told,
        [
            _prepare_milestone(step, starts_on, at=f"{at}/milestones/{place}")
            for place, step in enumerate(body.milestones or ())
        ],
    )


def _prepare_milestone(body: BulkMilestone, starts_on: date, *, at: str) -> Columns:
    columns = body.model_dump(exclude={"due_after_days"})
    if body.due_after_days is not None:
        pointer = f"{at}/due_after_days"
        if body.due_on is not None:
            raise invalid(pointer, "unexpected", "Send a day or a count of days, not both.")
        columns["due_on"] = _after(starts_on, body.due_after_days, at=pointer)
    return columns


def _after(starts_on: date, days: int, *, at: str) -> date:
    try:
        return starts_on + timedelta(days=days)
    except OverflowError:
        raise invalid(at, "date_out_of_range", "It would never end.") from None


async def _ensure_parent(session: AsyncSession, parent_id: UUID, *, at: str) -> None:
    found = await goals.find_goal_to_align_to(session, parent_id)
    if found is None:
        raise _unknown(at, "goal")
    if not found[1]:
        raise invalid(at, "goal_ended", "That goal has ended.")
    if len(await goals.goals_above(session, parent_id)) + 2 > DEEPEST:
        raise invalid(at, AlignmentTooDeep.code(), AlignmentTooDeep.title)


def _unknown(pointer: str, thing: str) -> Problem:
    return invalid(pointer, "not_found", f"There is no such {thing}.")

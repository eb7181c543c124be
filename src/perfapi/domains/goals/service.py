from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.errors import InvalidPart, Problem, invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Status

from . import agreement, policy, queries, rollup
from .cycles.queries import find_goal_cycle
from .cycles.service import last_day
from .errors import AlignmentCircular, AlignmentTooDeep
from .events import (
    GoalActivated,
    GoalCancelled,
    GoalChanged,
    GoalClosed,
    GoalDeleted,
    GoalSet,
)
from .key_results.service import measure_goal
from .members.queries import find_member
from .members.service import keep_former_owner
from .models import Closing, Goal, GoalCycle, GoalState, Level, Visibility
from .schemas import GoalCancellation, GoalClosing, GoalCreate, GoalUpdate
from .settings.queries import get_goal_settings

DEEPEST = 20

_UNITS = {Level.DEPARTMENT: "department_id", Level.TEAM: "team_id"}
_DECIDES_WHO_MAY_SET = {"level", "owner_id", "department_id", "team_id"}


async def set_goal(
    session: AsyncSession, actor: Actor, body: GoalCreate, *, at: datetime | None = None
) -> UUID:
    """`at` is when it was set, for history that is brought along."""
    await rollup.hold_alignment(session)
    fields = body.model_dump(exclude={"key_results"})
    fields["owner_id"] = body.owner_id or actor.person_id
    await take_parent_of_key_result(session, fields)
    _ensure_unit_fits(fields)
    await ensure_known(session, actor, {name: fields[name] for name in _REFERENCES})
    cycle = await open_cycle(session, body.cycle_id)
    await ensure_may_set(session, fields)
    ensure_owner_decides_on_private(actor, fields)
    await ensure_depth(session, parent_id=body.parent_id)
    fields |= await _days(session, body, cycle)
    ensure_order(fields)
    goal = Goal(id=uuid7(), created_by_id=actor.person_id, **fields)
    if at is not None:
        goal.created_at = at
    if goal.state is GoalState.ACTIVE:
        goal.activated_at = at or utcnow()
    session.add(goal)
    await session.flush()
    if body.key_results:
        await measure_goal(session, actor, goal.id, body.key_results, at="/key_results")
    await rollup.roll_up(session, goal.id)
    is_draft = goal.state is GoalState.DRAFT
    was_set = GoalSet(goal_id=goal.id, owner_id=goal.owner_id, level=goal.level, is_draft=is_draft)
    publish(session, was_set, by=actor.person_id)
    return goal.id


async def update_goal(
    session: AsyncSession, actor: Actor, goal_id: UUID, body: GoalUpdate, version: int | None
) -> None:
    sent = body.model_dump()
    moves = sent.keys() & {"parent_id", "parent_key_result_id"}
    hold = rollup.freeze_alignment if moves else rollup.hold_alignment
    await hold(session)
    goal = await queries.lock_goal(session, goal_id, *policy.MAY_EDIT)
    goal.expect(version)
    await take_parent_of_key_result(session, sent)
    changes = _changes(goal, sent)
    will_be = {name: changes.get(name, getattr(goal, name)) for name in GoalUpdate.model_fields}
    _ensure_unit_fits(will_be)
    await ensure_known(
        session, actor, {name: changes[name] for name in _REFERENCES if name in changes}
    )
    if "cycle_id" in changes:
        await open_cycle(session, changes["cycle_id"])
    if changes.keys() & _DECIDES_WHO_MAY_SET:
        await ensure_may_set(session, will_be)
    if changes.keys() & {"visibility", "owner_id"}:
        ensure_owner_decides_on_private(actor, will_be, owner_so_far=goal.owner_id)
    if changes.get("parent_id"):
        await _ensure_alignment(session, goal.id, changes["parent_id"])
    ensure_order(will_be)
    former_id = goal.owner_id
    left = [goal.parent_id] if "parent_id" in changes and goal.parent_id else []
    for name, value in changes.items():
        setattr(goal, name, value)
    if changes.keys() & {"parent_id", "weight", "driver"}:
        await rollup.roll_up(session, goal.id, *left)
    await _adapt_agreement(session, actor, goal, changes)
    if goal.owner_id != former_id:
        await _change_owner(session, actor, goal, former_id)
    if changes:
        changed = GoalChanged(goal_id=goal.id, fields=list(changes))
        publish(session, changed, by=actor.person_id)


async def _change_owner(session: AsyncSession, actor: Actor, goal: Goal, former_id: UUID) -> None:
    if member := await find_member(session, goal.id, goal.owner_id):
        await session.delete(member)
        await session.flush()
    if goal.activated_at is not None:
        await keep_former_owner(session, actor, goal, former_id)


async def activate_goal(
    session: AsyncSession, actor: Actor, goal_id: UUID, *, at: datetime | None = None
) -> None:
    """`at` is for history that is brought along, here and in what follows."""
    await rollup.hold_alignment(session)
    goal = await queries.lock_goal(session, goal_id, *policy.MAY_ACTIVATE)
    goal.state = GoalState.ACTIVE
    goal.activated_at = at or utcnow()
    await rollup.roll_up(session, goal.id)
    publish(session, GoalActivated(goal_id=goal.id), by=actor.person_id)


async def close_goal(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    body: GoalClosing,
    *,
    at: datetime | None = None,
) -> None:
    await rollup.hold_alignment(session)
    goal = await queries.lock_goal(session, goal_id, *policy.MAY_CLOSE)
    await end_with(session, actor, goal, body, at=at)


async def end_with(
    session: AsyncSession,
    actor: Actor,
    goal: Goal,
    body: GoalClosing,
    *,
    at: datetime | None = None,
) -> None:
    """Closes a goal that is locked and active."""
    goal.state = GoalState.CLOSED
    looking_back = body.retrospective.model_dump() if body.retrospective else {}
    _keep_closing(session, actor, goal, at, note=body.note, score=body.score, **looking_back)
    await rollup.roll_up(session, goal.id)
    publish(session, GoalClosed(goal_id=goal.id), by=actor.person_id)


async def cancel_goal(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    body: GoalCancellation,
    *,
    at: datetime | None = None,
) -> None:
    await rollup.hold_alignment(session)
    goal = await queries.lock_goal(session, goal_id, *policy.MAY_CANCEL)
    goal.state = GoalState.CANCELLED
    _keep_closing(session, actor, goal, at, note=body.note)
    await rollup.roll_up(session, goal.id)
    publish(session, GoalCancelled(goal_id=goal.id), by=actor.person_id)


async def delete_goal(
    session: AsyncSession, actor: Actor, goal_id: UUID, version: int | None
) -> None:
    """A draft counts nowhere, so that nothing above it moves."""
    await rollup.hold_alignment(session)
    goal = await queries.lock_goal(session, goal_id, *policy.MAY_DELETE)
    goal.expect(version)
    await session.delete(goal)
    publish(session, GoalDeleted(goal_id=goal.id), by=actor.person_id)


def _keep_closing(
    session: AsyncSession, actor: Actor, goal: Goal, at: datetime | None, **said: Any
) -> None:
    session.add(
        Closing(
            goal_id=goal.id,
            outcome=goal.state,
            closed_by_id=actor.person_id,
            closed_at=at or utcnow(),
            **said,
        )
    )


async def _adapt_agreement(
    session: AsyncSession, actor: Actor, goal: Goal, changes: Mapping[str, Any]
) -> None:
    if "owner_id" in changes or changes.get("visibility") is Visibility.PRIVATE:
        agreement.withdraw(session, actor, goal)
    elif changes.keys() & agreement.OF_GOALS:
        await agreement.note_change(session, actor, goal)


def _changes(goal: Goal, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What really changes. With another level, units of the former one go along."""
    level = sent.get("level", goal.level)
    dropped = {
        unit: None
        for of, unit in _UNITS.items()
        if "level" in sent and of is not level and unit not in sent
    }
    return {
        name: value
        for name, value in (dropped | dict(sent)).items()
        if getattr(goal, name) != value
    }


async def take_parent_of_key_result(
    session: AsyncSession, sent: dict[str, Any], *, at: str = ""
) -> None:
    """Whoever aligns a goal to a key result aligns it to its goal; another parent alone clears
    the key result. `at` is where the goal stands in the body."""
    key_result_id = sent.get("parent_key_result_id")
    if key_result_id is None:
        if "parent_id" in sent:
            sent.setdefault("parent_key_result_id", None)
        return
    pointer = f"{at}/parent_key_result_id"
    goal_id = await queries.find_goal_of_key_result(session, key_result_id)
    if goal_id is None:
        raise invalid(pointer, "not_found", "There is no such key result.")
    if sent.get("parent_id") not in {None, goal_id}:
        raise invalid(pointer, "not_of_parent", "That key result belongs to another goal.")
    sent["parent_id"] = goal_id


def _ensure_unit_fits(fields: Mapping[str, Any]) -> None:
    for level, unit in _UNITS.items():
        if fields["level"] is level and fields[unit] is None:
            raise invalid(f"/{unit}", "missing", f"A goal of a {level.value} names it.")
        if fields["level"] is not level and fields[unit] is not None:
            detail = f"Only a goal of a {level.value} names one."
            raise invalid(f"/{unit}", "unexpected", detail)


async def ensure_known(session: AsyncSession, actor: Actor, given: Mapping[str, Any]) -> None:
    """What is unknown and what YOU may not see is refused alike."""
    owner_id = given.get("owner_id")
    if owner_id is not None and owner_id != actor.person_id:
        status = await queries.find_status_of_owner(session, owner_id)
        if status is None:
            raise _unknown("owner_id", "There is no such person.")
        if status is Status.LEFT:
            raise invalid("/owner_id", "owner_has_left", "That person has left.")
    department_id, team_id = given.get("department_id"), given.get("team_id")
    if department_id is not None and not await queries.is_department(session, department_id):
        raise _unknown("department_id", "There is no such department.")
    if team_id is not None and not await queries.is_team(session, team_id):
        raise _unknown("team_id", "There is no such team.")
    if (parent_id := given.get("parent_id")) is not None:
        found = await queries.find_goal_to_align_to(session, parent_id)
        if found is None:
            raise _unknown("parent_id", "There is no such goal.")
        if not found[1]:
            raise invalid("/parent_id", "goal_ended", "That goal has ended.")


_REFERENCES = ("owner_id", "department_id", "team_id", "parent_id")


def _unknown(field: str, detail: str) -> Problem:
    return invalid(f"/{field}", "not_found", detail)


async def open_cycle(session: AsyncSession, cycle_id: UUID | None) -> GoalCycle | None:
    if cycle_id is None:
        return None
    cycle = await find_goal_cycle(session, cycle_id)
    if cycle is None:
        raise _unknown("cycle_id", "There is no such cycle.")
    if cycle.closed_at is not None:
        raise invalid("/cycle_id", "cycle_closed", "That cycle is closed.")
    return cycle


async def ensure_may_set(session: AsyncSession, fields: Mapping[str, Any]) -> None:
    await access.ensure(
        session,
        policy.MAY_SET[fields["level"]],
        for_owner=fields["owner_id"],
        for_department=fields["department_id"],
        for_team=fields["team_id"],
    )


def ensure_owner_decides_on_private(
    actor: Actor, fields: Mapping[str, Any], *, owner_so_far: UUID | None = None
) -> None:
    """Nobody hides a goal from its managers in another's name, nor from its owner in their own."""
    owners = {fields["owner_id"], owner_so_far or actor.person_id}
    if fields["visibility"] is Visibility.PRIVATE and owners != {actor.person_id}:
        raise invalid("/visibility", "owner_decides", "Only its owner makes a goal private.")


async def _days(session: AsyncSession, body: GoalCreate, cycle: GoalCycle | None) -> dict[str, Any]:
    settings = await get_goal_settings(session)
    starts_on = body.starts_on or (cycle.starts_on if cycle else facts(session)["today"])
    due_on = body.due_on or (cycle.ends_on if cycle else await last_day(session, starts_on))
    rhythm = body.check_in_every_days or settings["check_in_every_days"]
    return {"starts_on": starts_on, "due_on": due_on, "check_in_every_days": rhythm}


def ensure_order(fields: Mapping[str, Any]) -> None:
    if fields["due_on"] < fields["starts_on"]:
        raise invalid("/due_on", "due_before_it_starts", "It is due before it starts.")


async def _ensure_alignment(session: AsyncSession, goal_id: UUID, parent_id: UUID) -> None:
    above = [parent_id, *await queries.goals_above(session, parent_id)]
    if goal_id in above:
        raise AlignmentCircular(errors=[_at_parent(AlignmentCircular)])
    await ensure_depth(
        session, parent_id=parent_id, below=await queries.levels_below(session, goal_id)
    )


async def ensure_depth(session: AsyncSession, *, parent_id: UUID | None, below: int = 0) -> None:
    if parent_id is None:
        return
    above = 1 + len(await queries.goals_above(session, parent_id))
    if above + 1 + below > DEEPEST:
        raise AlignmentTooDeep(errors=[_at_parent(AlignmentTooDeep)])


def _at_parent(problem: type[Problem]) -> InvalidPart:
    return InvalidPart(pointer="/parent_id", code=problem.code(), detail=problem.title)

"""A goal goes on in another cycle, as a new goal that remembers where it comes from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.db import facts
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals import policy, rollup, service
from perfapi.domains.goals.cycles.service import last_day
from perfapi.domains.goals.errors import GoalNotActive
from perfapi.domains.goals.events import GoalCarried, GoalSet, KeyResultAdded
from perfapi.domains.goals.members.service import keep_former_owner
from perfapi.domains.goals.models import (
    Goal,
    GoalCycle,
    GoalMember,
    GoalState,
    Initiative,
    KeyResult,
    KeyResultKind,
    Milestone,
)
from perfapi.domains.goals.queries import lock_goal

from . import queries
from .schemas import CarryOver

_SAME = (
    *("title", "description", "level", "department_id", "team_id", "visibility", "weight"),
    *("driver", "check_in_every_days", "ambition", "purpose"),
)

_RANGES = {KeyResultKind.NUMBER, KeyResultKind.PERCENT, KeyResultKind.CURRENCY}
"""Kinds that go from a start to a target: they go on from where they stand."""

_OF_THE_OLD_ONE = {
    *("organization_id", "id", "version", "created_at", "updated_at", "goal_id", "archived_at"),
}


async def carry_goal_over(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    body: CarryOver,
    *,
    at: datetime | None = None,
) -> UUID:
    """`at` is for history that is brought along."""
    await rollup.hold_alignment(session)
    old = await lock_goal(session, goal_id, *policy.MAY_CARRY_OVER)
    if body.close is not None and old.state is not GoalState.ACTIVE:
        raise GoalNotActive()
    new = await _goal(session, actor, old, body, at or utcnow())
    carried = await _carry_key_results(session, old, new)
    await _carry_people_and_initiatives(session, actor, old, new, carried, at or utcnow())
    if body.close is not None:
        await service.end_with(session, actor, old, body.close, at=at)
    await rollup.roll_up(session, new.id)
    is_draft = new.state is GoalState.DRAFT
    publish(
        session,
        GoalSet(goal_id=new.id, owner_id=new.owner_id, level=new.level, is_draft=is_draft),
        *(KeyResultAdded(key_result_id=one, goal_id=new.id) for one in carried.values()),
        GoalCarried(goal_id=old.id, to_id=new.id),
        by=actor.person_id,
    )
    return new.id


async def _goal(
    session: AsyncSession, actor: Actor, old: Goal, body: CarryOver, at: datetime
) -> Goal:
    cycle = await service.open_cycle(session, body.cycle_id)
    if cycle is not None and cycle.id == old.cycle_id:
        raise invalid("/cycle_id", "same_cycle", "It is in that cycle already.")
    fields: dict[str, Any] = {name: getattr(old, name) for name in _SAME}
    fields["owner_id"] = body.owner_id or old.owner_id
    await service.ensure_known(session, actor, {"owner_id": fields["owner_id"]})
    if fields["owner_id"] != old.owner_id:
        await service.ensure_may_set(session, fields)
        service.ensure_owner_decides_on_private(actor, fields)
    fields |= await _days(session, body, cycle)
    service.ensure_order(fields)
    fields |= await _parent(session, old, body.cycle_id)
    new = Goal(
        id=uuid7(),
        created_by_id=actor.person_id,
        cycle_id=body.cycle_id,
        carried_from_id=old.id,
        state=body.state,
        activated_at=at if body.state is GoalState.ACTIVE else None,
        **fields,
    )
    session.add(new)
    await session.flush()
    return new


async def _days(session: AsyncSession, body: CarryOver, cycle: GoalCycle | None) -> dict[str, Any]:
    starts_on = body.starts_on or (cycle.starts_on if cycle else facts(session)["today"])
    due_on = body.due_on or (cycle.ends_on if cycle else await last_day(session, starts_on))
    return {"starts_on": starts_on, "due_on": due_on}


async def _parent(session: AsyncSession, old: Goal, cycle_id: UUID | None) -> dict[str, Any]:
    if old.parent_id is None:
        return {}
    parent_id = await queries.find_next_parent(session, old.parent_id, cycle_id)
    await service.ensure_depth(session, parent_id=parent_id)
    kept = old.parent_key_result_id if parent_id == old.parent_id else None
    return {"parent_id": parent_id, "parent_key_result_id": kept}


async def _carry_key_results(session: AsyncSession, old: Goal, new: Goal) -> dict[UUID, UUID]:
    """Old to new. A range goes on from where it stands, milestones with those that are open; what
    is done stays behind, but a band is never done."""
    names = {attribute.key for attribute in inspect(KeyResult).column_attrs} - _OF_THE_OLD_ONE
    carried: dict[UUID, UUID] = {}
    for key_result, current, progress in await queries.key_results_to_carry(session, old.id):
        fields = {name: getattr(key_result, name) for name in names}
        is_done = progress is not None and progress >= 1
        if is_done and key_result.kind is not KeyResultKind.MAINTAIN:
            continue
        if key_result.kind in _RANGES:
            fields["start"] = current
        carried[key_result.id] = uuid7()
        session.add(KeyResult(id=carried[key_result.id], goal_id=new.id, **fields))
    await session.flush()
    session.add_all(
        Milestone(
            key_result_id=carried[one.key_result_id],
            title=one.title,
            weight=one.weight,
            due_on=one.due_on,
            position=one.position,
        )
        for one in await queries.open_milestones(session, old.id)
        if one.key_result_id in carried
    )
    await rollup.settle_key_results(session, list(carried.values()))
    return carried


async def _carry_people_and_initiatives(
    session: AsyncSession,
    actor: Actor,
    old: Goal,
    new: Goal,
    carried: dict[UUID, UUID],
    at: datetime,
) -> None:
    """Initiatives that are not done go along, below their key result if that does."""
    session.add_all(
        GoalMember(
            goal_id=new.id,
            person_id=member.person_id,
            role=member.role,
            was_owner=member.was_owner,
            added_at=at,
        )
        for member in await queries.members_of(session, old.id)
        if member.person_id != new.owner_id
    )
    if old.owner_id != new.owner_id and old.activated_at is not None:
        await session.flush()
        await keep_former_owner(session, actor, new, old.owner_id)
    session.add_all(
        Initiative(
            goal_id=new.id,
            key_result_id=one.key_result_id and carried.get(one.key_result_id),
            title=one.title,
            owner_id=one.owner_id,
            due_on=one.due_on,
        )
        for one in await queries.open_initiatives(session, old.id)
    )

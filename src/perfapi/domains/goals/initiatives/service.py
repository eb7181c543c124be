from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals.errors import TooManyInitiatives
from perfapi.domains.goals.events import (
    InitiativeAdded,
    InitiativeChanged,
    InitiativeCompleted,
    InitiativeRemoved,
    InitiativeResumed,
)
from perfapi.domains.goals.key_results.queries import lock_goal
from perfapi.domains.goals.members.queries import find_status
from perfapi.domains.goals.models import Initiative
from perfapi.domains.people.models import Status

from . import policy, queries
from .schemas import InitiativeCreate, InitiativeUpdate

MOST = 100


async def add_initiative(
    session: AsyncSession, actor: Actor, goal_id: UUID, body: InitiativeCreate
) -> UUID:
    goal = await lock_goal(session, goal_id, *policy.MAY_ADD)
    fields = body.model_dump()
    fields["owner_id"] = body.owner_id or actor.person_id
    await _ensure_known(session, actor, goal.id, fields)
    if await queries.count_initiatives(session, goal.id) >= MOST:
        raise TooManyInitiatives()
    initiative = Initiative(id=uuid7(), goal_id=goal.id, **fields)
    session.add(initiative)
    added = InitiativeAdded(initiative_id=initiative.id, goal_id=goal.id)
    publish(session, added, by=actor.person_id)
    return initiative.id


async def update_initiative(
    session: AsyncSession,
    actor: Actor,
    initiative_id: UUID,
    body: InitiativeUpdate,
    version: int | None,
) -> None:
    initiative, goal = await queries.lock_initiative(session, initiative_id, *policy.MAY_EDIT)
    initiative.expect(version)
    changes = {
        name: value
        for name, value in body.model_dump().items()
        if getattr(initiative, name) != value
    }
    await _ensure_known(session, actor, goal.id, changes)
    for name, value in changes.items():
        setattr(initiative, name, value)
    if changes:
        changed = InitiativeChanged(
            initiative_id=initiative.id, goal_id=goal.id, fields=list(changes)
        )
        publish(session, changed, by=actor.person_id)


async def complete_initiative(
    session: AsyncSession, actor: Actor, initiative_id: UUID, *, at: datetime | None = None
) -> None:
    """`at` is for history that is brought along."""
    initiative, goal = await queries.lock_initiative(session, initiative_id, *policy.MAY_COMPLETE)
    initiative.done_at = at or utcnow()
    done = InitiativeCompleted(initiative_id=initiative.id, goal_id=goal.id)
    publish(session, done, by=actor.person_id)


async def resume_initiative(session: AsyncSession, actor: Actor, initiative_id: UUID) -> None:
    initiative, goal = await queries.lock_initiative(session, initiative_id, *policy.MAY_RESUME)
    initiative.done_at = None
    resumed = InitiativeResumed(initiative_id=initiative.id, goal_id=goal.id)
    publish(session, resumed, by=actor.person_id)


async def remove_initiative(
    session: AsyncSession, actor: Actor, initiative_id: UUID, version: int | None
) -> None:
    initiative, goal = await queries.lock_initiative(session, initiative_id, *policy.MAY_REMOVE)
    initiative.expect(version)
    await session.delete(initiative)
    removed = InitiativeRemoved(initiative_id=initiative.id, goal_id=goal.id)
    publish(session, removed, by=actor.person_id)


async def _ensure_known(
    session: AsyncSession, actor: Actor, goal_id: UUID, given: Mapping[str, Any]
) -> None:
    owner_id, key_result_id = given.get("owner_id"), given.get("key_result_id")
    if owner_id is not None and owner_id != actor.person_id:
        status = await find_status(session, owner_id)
        if status is None:
            raise invalid("/owner_id", "not_found", "There is no such person.")
        if status is Status.LEFT:
            raise invalid("/owner_id", "owner_has_left", "That person has left.")
    if key_result_id is not None and not await queries.is_key_result_of(
        session, key_result_id, goal_id
    ):
        raise invalid("/key_result_id", "not_found", "The goal has no such key result.")

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.errors import NotFound
from perfapi.core.events import publish
from perfapi.domains.goals import policy
from perfapi.domains.goals.errors import (
    FormerOwnerStays,
    OwnerIsNoMember,
    PersonHasLeft,
    TooManyMembers,
)
from perfapi.domains.goals.events import GoalMemberRemoved, GoalMemberSet
from perfapi.domains.goals.key_results.queries import lock_goal
from perfapi.domains.goals.models import Goal, GoalMember, MemberRole
from perfapi.domains.people.models import Status

from . import queries

MOST = 50


async def set_goal_member(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    person_id: UUID,
    role: MemberRole,
    *,
    at: datetime | None = None,
) -> None:
    """Adds them, or gives them another role. `at` is for history that is brought along."""
    goal = await lock_goal(session, goal_id, *policy.MAY_EDIT)
    status = await queries.find_status(session, person_id)
    if status is None:
        raise NotFound()
    if status is Status.LEFT:
        raise PersonHasLeft()
    if goal.owner_id == person_id:
        raise OwnerIsNoMember()
    member = await queries.find_member(session, goal.id, person_id)
    if member is not None and member.role is role:
        return
    if member is None:
        if await queries.count_members(session, goal.id) >= MOST:
            raise TooManyMembers()
        session.add(
            GoalMember(goal_id=goal.id, person_id=person_id, role=role, added_at=at or func.now())
        )
    else:
        member.role = role
    was_set = GoalMemberSet(goal_id=goal.id, person_id=person_id, role=role)
    publish(session, was_set, by=actor.person_id)


async def keep_former_owner(
    session: AsyncSession, actor: Actor, goal: Goal, former_id: UUID
) -> None:
    """On a goal that has another owner by now, unless they have left: whoever takes a goal over
    does not hide it from them. For goals that are more than a draft."""
    if await queries.has_left(session, former_id):
        return
    if await queries.count_members(session, goal.id) >= MOST:
        raise TooManyMembers()
    kept = GoalMember(
        goal_id=goal.id,
        person_id=former_id,
        role=MemberRole.CONTRIBUTOR,
        # Who hands it on themself needs no protection from themself, and may be let go.
        was_owner=former_id != actor.person_id,
    )
    session.add(kept)
    was_set = GoalMemberSet(goal_id=goal.id, person_id=former_id, role=kept.role)
    publish(session, was_set, by=actor.person_id)


async def remove_goal_member(
    session: AsyncSession, actor: Actor, goal_id: UUID, person_id: UUID
) -> None:
    acts = (policy.MAY_LEAVE,) if person_id == actor.person_id else policy.MAY_EDIT
    goal = await lock_goal(session, goal_id, *acts)
    member = await queries.find_member(session, goal.id, person_id)
    if member is None:
        raise NotFound()
    is_by_another = person_id != actor.person_id
    if member.was_owner and is_by_another and not await queries.has_left(session, person_id):
        raise FormerOwnerStays()
    await session.delete(member)
    removed = GoalMemberRemoved(goal_id=goal.id, person_id=person_id)
    publish(session, removed, by=actor.person_id)

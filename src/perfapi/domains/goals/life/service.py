"""What becomes of a goal after it was set."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.events import publish
from perfapi.domains.goals import agreement, policy, rollup
from perfapi.domains.goals.errors import GoalProposalChanged
from perfapi.domains.goals.events import (
    GoalAgreed,
    GoalArchived,
    GoalChangesRequested,
    GoalReopened,
    GoalRestored,
)
from perfapi.domains.goals.models import Agreement, Goal, GoalState, NegotiationStep
from perfapi.domains.goals.negotiations.queries import find_last_step
from perfapi.domains.goals.queries import ids_that_go_along, lock_goal

from .schemas import ChangesRequest, GoalAgreement, GoalProposal


async def reopen_goal(session: AsyncSession, actor: Actor, goal_id: UUID) -> None:
    """Its closings and check-ins stay. One that was cancelled as a draft begins now."""
    await rollup.hold_alignment(session)
    goal = await lock_goal(session, goal_id, *policy.MAY_REOPEN)
    goal.state = GoalState.ACTIVE
    goal.activated_at = goal.activated_at or utcnow()
    await rollup.roll_up(session, goal.id)
    publish(session, GoalReopened(goal_id=goal.id), by=actor.person_id)


async def archive_goal(
    session: AsyncSession, actor: Actor, goal_id: UUID, *, at: datetime | None = None
) -> None:
    """`at` is for history that is brought along, here and in what follows."""
    await rollup.freeze_alignment(session)
    goal = await lock_goal(session, goal_id, *policy.MAY_ARCHIVE)
    archived = [goal.id, *await ids_that_go_along(session, goal.id)]
    # The same instant for all: by it they are restored together.
    await _set_aside(session, archived, at=at or utcnow())
    await rollup.roll_up(session, *archived)
    publish(session, *(GoalArchived(goal_id=one) for one in archived), by=actor.person_id)


async def restore_goal(session: AsyncSession, actor: Actor, goal_id: UUID) -> None:
    await rollup.freeze_alignment(session)
    goal = await lock_goal(session, goal_id, *policy.MAY_RESTORE)
    restored = [goal.id, *await ids_that_go_along(session, goal.id)]
    await _set_aside(session, restored, at=None)
    await rollup.roll_up(session, *restored)
    publish(session, *(GoalRestored(goal_id=one) for one in restored), by=actor.person_id)


async def propose_goal(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    body: GoalProposal,
    *,
    at: datetime | None = None,
) -> None:
    goal = await lock_goal(session, goal_id, *policy.MAY_PROPOSE)
    await agreement.propose(session, actor, goal, body.comment, at=at)


async def agree_to_goal(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    body: GoalAgreement,
    *,
    at: datetime | None = None,
) -> None:
    goal = await lock_goal(session, goal_id, *policy.MAY_AGREE)
    await _ensure_it_was_read(session, goal.id, body.step_id)
    agreement.settle(goal, Agreement.AGREED)
    agreement.note_step(session, actor, goal, NegotiationStep.AGREED, body.comment, at=at)
    publish(session, GoalAgreed(goal_id=goal.id), by=actor.person_id)


async def request_goal_changes(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    body: ChangesRequest,
    *,
    at: datetime | None = None,
) -> None:
    goal = await lock_goal(session, goal_id, *policy.MAY_REQUEST_CHANGES)
    await _ensure_it_was_read(session, goal.id, body.step_id)
    agreement.settle(goal, Agreement.NONE)
    step = NegotiationStep.CHANGES_REQUESTED
    agreement.note_step(session, actor, goal, step, body.comment, at=at)
    publish(session, GoalChangesRequested(goal_id=goal.id), by=actor.person_id)


async def _ensure_it_was_read(session: AsyncSession, goal_id: UUID, step_id: UUID) -> None:
    """Every change of what is proposed is a step; the goal is locked, so that none comes now."""
    if await find_last_step(session, goal_id) != step_id:
        raise GoalProposalChanged()


async def _set_aside(session: AsyncSession, ids: list[UUID], *, at: datetime | None) -> None:
    """Archives goals, or restores them without an instant; one statement, however many."""
    aside: dict[str, Any] = (
        {"state": Goal.archived_from, "archived_from": None}
        if at is None
        else {"state": GoalState.ARCHIVED, "archived_from": Goal.state}
    )
    await session.execute(
        update(Goal)
        .where(Goal.id.in_(ids))
        .values(archived_at=at, version=Goal.version + 1, **aside)
        .execution_options(synchronize_session=False)
    )

"""What was agreed stays agreed only as long as it stays the same."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.core.events import publish

from .events import GoalProposed
from .models import Agreement, Goal, GoalMember, MemberRole, Negotiation, NegotiationStep, Side


async def propose_again(session: AsyncSession, actor: Actor, goal: Goal) -> None:
    """After a change of what both sides had agreed on, the other side is asked again."""
    if goal.agreement is Agreement.AGREED:
        await propose(session, actor, goal, NegotiationStep.CHANGED)


async def propose(
    session: AsyncSession,
    actor: Actor,
    goal: Goal,
    step: NegotiationStep = NegotiationStep.PROPOSED,
    comment: str | None = None,
    *,
    at: datetime | None = None,
) -> None:
    awaits = Side.MANAGER if await _is_owner(session, actor, goal) else Side.OWNER
    goal.agreement, goal.awaits = Agreement.PROPOSED, awaits
    goal.proposed_by_id = actor.person_id
    note_step(session, actor, goal, step, comment, at=at)
    publish(session, GoalProposed(goal_id=goal.id, awaits=awaits), by=actor.person_id)


def withdraw(session: AsyncSession, actor: Actor, goal: Goal) -> None:
    """With another owner, or out of the manager's sight, nothing is agreed any more."""
    if goal.agreement is not Agreement.NONE:
        settle(goal, Agreement.NONE)
        note_step(session, actor, goal, NegotiationStep.WITHDRAWN)


def settle(goal: Goal, agreement: Agreement) -> None:
    goal.agreement, goal.awaits, goal.proposed_by_id = agreement, None, None


def note_step(
    session: AsyncSession,
    actor: Actor,
    goal: Goal,
    step: NegotiationStep,
    comment: str | None = None,
    *,
    at: datetime | None = None,
) -> None:
    """`at` is for history that is brought along."""
    session.add(
        Negotiation(
            goal_id=goal.id,
            step=step,
            comment=comment,
            by_id=actor.person_id,
            at=at or func.clock_timestamp(),
        )
    )


async def _is_owner(session: AsyncSession, actor: Actor, goal: Goal) -> bool:
    """The one who answers for it, or a co-owner."""
    if goal.owner_id == actor.person_id:
        return True
    key = (facts(session)["organization"], goal.id, actor.person_id)
    member = await session.get(GoalMember, key)
    return member is not None and member.role is MemberRole.OWNER

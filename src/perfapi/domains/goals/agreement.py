"""What was agreed stays agreed only as long as it stays the same."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.events import publish

from .events import GoalProposed
from .models import Agreement, Goal, Negotiation, NegotiationStep, Side
from .negotiations.queries import your_side

OF_GOALS = {"title", "starts_on", "due_on", "ambition", "driver"}
"""What both sides agree on, beside the key results with all that they are but their order."""


async def note_change(session: AsyncSession, actor: Actor, goal: Goal) -> None:
    """After a change of what is proposed or agreed, the other side is asked.

    Whoever is on neither side cannot speak for one of them: after their change both have to find
    together again.
    """
    if goal.agreement is Agreement.NONE:
        return
    side = await your_side(session, goal.id)
    if side is None:
        withdraw(session, actor, goal)
    else:
        _ask_the_other(session, actor, goal, side, NegotiationStep.CHANGED)


async def propose(
    session: AsyncSession,
    actor: Actor,
    goal: Goal,
    comment: str | None,
    *,
    at: datetime | None = None,
) -> None:
    side = await your_side(session, goal.id) or Side.OWNER
    _ask_the_other(session, actor, goal, side, NegotiationStep.PROPOSED, comment, at=at)


def withdraw(session: AsyncSession, actor: Actor, goal: Goal) -> None:
    """With another owner, out of the manager's sight, or after a change by somebody who is on
    neither side, nothing is agreed any more."""
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
            owner_id=goal.owner_id,
            at=at or func.clock_timestamp(),
        )
    )


def _ask_the_other(
    session: AsyncSession,
    actor: Actor,
    goal: Goal,
    side: Side,
    step: NegotiationStep,
    comment: str | None = None,
    *,
    at: datetime | None = None,
) -> None:
    other = Side.MANAGER if side is Side.OWNER else Side.OWNER
    if goal.awaits is not other:
        publish(session, GoalProposed(goal_id=goal.id, awaits=other), by=actor.person_id)
    goal.agreement, goal.awaits = Agreement.PROPOSED, other
    goal.proposed_by_id = actor.person_id
    note_step(session, actor, goal, step, comment, at=at)

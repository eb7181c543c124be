"""Goals that were set in bulk by mistake go away again, as far as nobody made them their own."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.errors import NotFound
from perfapi.core.events import Event, publish
from perfapi.core.operations import OperationStatus
from perfapi.domains.goals import rollup
from perfapi.domains.goals.events import GoalCancelled, GoalDeleted
from perfapi.domains.goals.models import Closing, Goal, GoalState

from . import queries
from .errors import NothingToTakeBack
from .events import GoalsTakenBack
from .ids import derived
from .schemas import GoalBulk


async def ensure_can_be_taken_back(session: AsyncSession, run: UUID) -> None:
    """That YOU set goals by it."""
    asked = await queries.find_operation(session, run)
    if asked is None or asked.kind != "set_goals_in_bulk":
        raise NotFound()
    is_done = asked.status is OperationStatus.SUCCEEDED
    if not is_done or GoalBulk.model_validate_json(asked.parameters["bulk"]).mode != "apply":
        raise NothingToTakeBack()


async def take_back(session: AsyncSession, run: UUID, *, by: UUID) -> dict[str, Any]:
    """All in one transaction. Started again after a crash, it finds nothing to do."""
    await rollup.hold_alignment(session)
    asked = await queries.find_operation(session, run)
    assert asked is not None
    body = GoalBulk.model_validate_json(asked.parameters["bulk"])
    there = await queries.lock_goals_of(session, run)
    results = await queries.key_results_of(session, [goal.id for goal, _ in there])
    goals = [
        goal
        for goal, is_untouched in there
        if is_untouched and _is_as_it_was_set(run, body, goal, results.get(goal.id, set()))
    ]
    cancelled = [goal for goal in goals if goal.state is GoalState.ACTIVE]
    events: list[Event] = []
    for goal in goals:
        if goal.state is GoalState.ACTIVE:
            goal.state = GoalState.CANCELLED
            session.add(_closing(goal, by))
            events.append(GoalCancelled(goal_id=goal.id))
        else:
            await session.delete(goal)
            events.append(GoalDeleted(goal_id=goal.id))
    # A draft counts nowhere, so that nothing above it moves.
    await rollup.settle_goals(session, [goal.id for goal in cancelled])
    await rollup.roll_up(session, *{goal.parent_id for goal in cancelled if goal.parent_id})
    if goals:
        events.append(GoalsTakenBack(operation_id=run, goals=len(goals)))
        publish(session, *events, by=by)
    return {"goals": len(goals), "kept": len(there) - len(goals)}


def _is_as_it_was_set(run: UUID, body: GoalBulk, goal: Goal, results: set[UUID]) -> bool:
    """Its owner is who it was set for, and it has the key results that it was set with."""
    for place, wanted in enumerate(body.goals):
        if goal.id == derived(run, place, goal.owner_id):
            positions = range(len(wanted.key_results))
            return results == {derived(run, place, goal.owner_id, n) for n in positions}
    return False


def _closing(goal: Goal, by: UUID) -> Closing:
    return Closing(
        goal_id=goal.id, outcome=GoalState.CANCELLED, closed_by_id=by, closed_at=utcnow()
    )

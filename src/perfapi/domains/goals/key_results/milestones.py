"""The milestones of a key result: an ordered list that is written as a whole."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.errors import invalid
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import Milestone

from . import queries
from .schemas import MilestoneCreate, MilestoneUpdate


def milestones_of(key_result_id: UUID, bodies: Sequence[MilestoneCreate]) -> list[Milestone]:
    return [_milestone(key_result_id, place, body) for place, body in enumerate(bodies)]


async def rearrange_milestones(
    session: AsyncSession,
    key_result_id: UUID,
    before: Sequence[Milestone],
    wanted: Sequence[MilestoneUpdate],
) -> bool:
    """Whether anything changes. What is not wanted any more is archived if history names it."""
    there = {step.id: step for step in before}
    is_changed = _told(before) != _told(wanted)
    for place, body in enumerate(wanted):
        if body.id is None:
            session.add(_milestone(key_result_id, place, body))
        elif (step := there.pop(body.id, None)) is None:
            raise invalid(f"/milestones/{place}/id", "not_found", "There is no such milestone.")
        else:
            step.title, step.weight, step.due_on = body.title, body.weight, body.due_on
            step.position = place
    named = await queries.named_in_check_ins(session, there.keys()) if there else set()
    for step in there.values():
        if step.id in named:
            step.archived_at = utcnow()
        else:
            await session.delete(step)
    await session.flush()
    return is_changed


def _told(steps: Sequence[Milestone | MilestoneUpdate]) -> list[tuple[object, ...]]:
    return [(step.id, step.title, step.weight, step.due_on) for step in steps]


def _milestone(key_result_id: UUID, place: int, body: MilestoneCreate) -> Milestone:
    return Milestone(
        id=uuid7(),
        key_result_id=key_result_id,
        title=body.title,
        weight=body.weight,
        due_on=body.due_on,
        position=place,
    )

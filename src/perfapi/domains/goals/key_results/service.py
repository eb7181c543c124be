from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.errors import InvalidPart
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals import agreement, rollup
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.errors import KeyResultHasHistory, TooManyKeyResults
from perfapi.domains.goals.events import KeyResultAdded, KeyResultChanged, KeyResultRemoved
from perfapi.domains.goals.models import KeyResult, KeyResultKind, Milestone

from . import kinds, policy, queries
from .milestones import milestones_of, rearrange_milestones
from .schemas import KeyResultCreate, KeyResultUpdate, MilestoneUpdate

MOST = 50


async def add_key_result(
    session: AsyncSession, actor: Actor, goal_id: UUID, body: KeyResultCreate
) -> UUID:
    await rollup.hold_alignment(session)
    goal = await queries.lock_goal(session, goal_id, *goals.MAY_ADD_KEY_RESULT)
    count, last = await queries.count_and_last_position(session, goal.id)
    if count >= MOST:
        raise TooManyKeyResults()
    [key_result_id] = await measure_goal(session, actor, goal.id, [body], after=last)
    await rollup.roll_up(session, goal.id)
    await agreement.note_change(session, actor, goal)
    return key_result_id


async def measure_goal(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    bodies: Sequence[KeyResultCreate],
    *,
    after: int = -1,
    at: str = "",
) -> list[UUID]:
    """Gives a goal key results, without rolling up; `at` is where the bodies stand in the body."""
    added: list[KeyResult] = []
    steps: list[Milestone] = []
    for number, body in enumerate(bodies):
        columns = kinds.columns(
            body.kind, body.model_dump(), pointer=f"{at}/{number}" if at else ""
        )
        key_result = KeyResult(
            id=uuid7(),
            goal_id=goal_id,
            position=after + 1 + number,
            **body.model_dump(include={"title", "kind", "weight"}),
            **columns,
        )
        added.append(key_result)
        steps += milestones_of(key_result.id, body.milestones or ())
    session.add_all(added)
    await session.flush()
    session.add_all(steps)
    await rollup.settle_key_results(session, [key_result.id for key_result in added])
    publish(
        session,
        *(KeyResultAdded(key_result_id=key_result.id, goal_id=goal_id) for key_result in added),
        by=actor.person_id,
    )
    return [key_result.id for key_result in added]


async def update_key_result(
    session: AsyncSession,
    actor: Actor,
    key_result_id: UUID,
    body: KeyResultUpdate,
    version: int | None,
) -> None:
    await rollup.hold_alignment(session)
    key_result, goal = await queries.lock_key_result(session, key_result_id, *policy.MAY_EDIT)
    key_result.expect(version)
    sent = body.model_dump()
    former, kind = key_result.kind, sent.get("kind", key_result.kind)
    if kind is not former and await queries.has_check_ins(session, key_result.id):
        raise KeyResultHasHistory(errors=[_AT_KIND])
    steps = await queries.milestones_in_use(session, key_result.id)
    before = {name: getattr(key_result, name) for name in kinds.COLUMNS}
    before["milestones"] = [{"weight": step.weight} for step in steps]
    told = kinds.told(kind, kinds.told(former, before)) | {
        name: sent[name] for name in kinds.TOLD if name in sent
    }
    fields = {name: sent[name] for name in _PLAIN if name in sent}
    fields |= kinds.columns(kind, told, changed=sent.keys())
    changed = [name for name, value in fields.items() if getattr(key_result, name) != value]
    for name in changed:
        setattr(key_result, name, fields[name])
    wanted = _wanted_milestones(kind, body)
    if wanted is not None and await rearrange_milestones(session, key_result.id, steps, wanted):
        changed.append("milestones")
        key_result.updated_at = utcnow()  # a new version, though none of its columns changes
    if set(changed) & {"kind", *kinds.TOLD}:
        await rollup.settle_key_results(session, [key_result.id])
    if set(changed) & {"kind", "weight", *kinds.TOLD}:
        await rollup.roll_up(session, goal.id)
    if set(changed) - {"position"}:
        await agreement.note_change(session, actor, goal)
    if changed:
        has_changed = KeyResultChanged(key_result_id=key_result.id, goal_id=goal.id, fields=changed)
        publish(session, has_changed, by=actor.person_id)


def _wanted_milestones(
    kind: KeyResultKind, body: KeyResultUpdate
) -> Sequence[MilestoneUpdate] | None:
    """None: they stay as they are."""
    if kind is not KeyResultKind.MILESTONES:
        return ()
    return body.milestones if isinstance(body.milestones, list) else None


async def remove_key_result(
    session: AsyncSession, actor: Actor, key_result_id: UUID, version: int | None
) -> None:
    """Deletes it, or archives it once there are check-ins or goals that serve it."""
    await rollup.hold_alignment(session)
    key_result, goal = await queries.lock_key_result(session, key_result_id, *policy.MAY_REMOVE)
    key_result.expect(version)
    is_archived = await queries.is_referred_to(session, key_result.id)
    if is_archived:
        key_result.archived_at = utcnow()
    else:
        await session.delete(key_result)
    await rollup.roll_up(session, goal.id)
    await agreement.note_change(session, actor, goal)
    removed = KeyResultRemoved(
        key_result_id=key_result.id, goal_id=goal.id, is_archived=is_archived
    )
    publish(session, removed, by=actor.person_id)


_PLAIN = ("title", "kind", "weight", "position")
_AT_KIND = InvalidPart(
    pointer="/kind", code=KeyResultHasHistory.code(), detail=KeyResultHasHistory.title
)

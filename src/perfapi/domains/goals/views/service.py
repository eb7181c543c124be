from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.events import publish
from perfapi.core.ids import uuid7

from . import policy, queries
from .events import GoalViewChanged, GoalViewDeleted, GoalViewSaved
from .models import GoalView, GoalViewDefault
from .schemas import GoalViewCreate, GoalViewUpdate


async def save_goal_view(session: AsyncSession, actor: Actor, body: GoalViewCreate) -> UUID:
    if body.is_shared:
        await access.ensure(session, policy.SHARE_VIEWS)
    view = GoalView(id=uuid7(), owner_id=actor.person_id, **_stored(body))
    session.add(view)
    saved = GoalViewSaved(goal_view_id=view.id, is_shared=view.is_shared)
    publish(session, saved, by=actor.person_id)
    return view.id


async def update_goal_view(
    session: AsyncSession,
    actor: Actor,
    view_id: UUID,
    body: GoalViewUpdate,
    version: int | None,
) -> None:
    changes = _stored(body)
    acts = (policy.MAY_EDIT, policy.MAY_SHARE) if "is_shared" in changes else (policy.MAY_EDIT,)
    view = await queries.get_goal_view(session, view_id, *acts)
    view.expect(version)
    for field, value in changes.items():
        setattr(view, field, value)
    if changes:
        changed = GoalViewChanged(goal_view_id=view.id, fields=sorted(changes))
        publish(session, changed, by=actor.person_id)


async def delete_goal_view(
    session: AsyncSession, actor: Actor, view_id: UUID, version: int | None
) -> None:
    """Whoever began with it begins with all goals again."""
    view = await queries.get_goal_view(session, view_id, policy.MAY_EDIT)
    view.expect(version)
    await session.delete(view)
    publish(session, GoalViewDeleted(goal_view_id=view.id), by=actor.person_id)


async def begin_with_goal_view(session: AsyncSession, actor: Actor, view_id: UUID) -> None:
    view = await queries.get_goal_view(session, view_id)
    chosen = await queries.find_default(session)
    if chosen is None:
        session.add(GoalViewDefault(person_id=actor.person_id, view_id=view.id))
    else:
        chosen.view_id = view.id


async def stop_beginning_with_goal_view(session: AsyncSession, view_id: UUID) -> None:
    """Of a view that is not the default, nothing changes."""
    view = await queries.get_goal_view(session, view_id)
    chosen = await queries.find_default(session)
    if chosen is not None and chosen.view_id == view.id:
        await session.delete(chosen)


def _stored(body: GoalViewCreate | GoalViewUpdate) -> dict[str, object]:
    """The query as JSON, everything else as it is."""
    return body.model_dump(exclude={"query"}) | body.model_dump(mode="json", include={"query"})

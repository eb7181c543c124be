from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.core.events import Event, publish

from .events import (
    CheckInReactionAdded,
    CheckInReactionRemoved,
    GoalCommentReactionAdded,
    GoalCommentReactionRemoved,
)
from .models import CheckInReaction, GoalCommentReaction, ReactionKind


async def react_to_comment(
    session: AsyncSession, actor: Actor, comment_id: UUID, kind: ReactionKind
) -> None:
    """Whoever reacted so already has done so: sent twice, or twice at once, it counts once."""
    added = GoalCommentReactionAdded(comment_id=comment_id, kind=kind)
    await _add(session, actor, GoalCommentReaction, added, comment_id=comment_id, kind=kind)


async def take_back_reaction_to_comment(
    session: AsyncSession, actor: Actor, comment_id: UUID, kind: ReactionKind
) -> None:
    removed = GoalCommentReactionRemoved(comment_id=comment_id, kind=kind)
    await _remove(session, actor, GoalCommentReaction, removed, comment_id=comment_id, kind=kind)


async def react_to_check_in(
    session: AsyncSession, actor: Actor, check_in_id: UUID, kind: ReactionKind
) -> None:
    added = CheckInReactionAdded(check_in_id=check_in_id, kind=kind)
    await _add(session, actor, CheckInReaction, added, check_in_id=check_in_id, kind=kind)


async def take_back_reaction_to_check_in(
    session: AsyncSession, actor: Actor, check_in_id: UUID, kind: ReactionKind
) -> None:
    removed = CheckInReactionRemoved(check_in_id=check_in_id, kind=kind)
    await _remove(session, actor, CheckInReaction, removed, check_in_id=check_in_id, kind=kind)


async def _add(
    session: AsyncSession, actor: Actor, reaction: Any, added: Event, **key: Any
) -> None:
    row = {"organization_id": facts(session)["organization"], "person_id": actor.person_id, **key}
    adding = insert(reaction).values(row).on_conflict_do_nothing().returning(reaction.kind)
    if (await session.execute(adding)).one_or_none() is not None:
        publish(session, added, by=actor.person_id)


async def _remove(
    session: AsyncSession, actor: Actor, reaction: Any, removed: Event, **key: Any
) -> None:
    is_it = [getattr(reaction, name) == value for name, value in key.items()]
    removing = delete(reaction).where(reaction.person_id == actor.person_id, *is_it)
    if (await session.execute(removing.returning(reaction.kind))).one_or_none() is not None:
        publish(session, removed, by=actor.person_id)

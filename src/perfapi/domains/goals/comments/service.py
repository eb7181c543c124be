from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.errors import Invalid, InvalidPart, invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import Goal
from perfapi.domains.goals.reactions import service as reactions
from perfapi.domains.goals.reactions.models import GoalCommentReaction, ReactionKind
from perfapi.domains.people.queries import among

from . import policy, queries
from .errors import TooManyReplies
from .events import GoalCommented, GoalCommentEdited, GoalCommentRemoved
from .models import GoalComment, GoalCommentMention, GoalCommentNotice
from .schemas import GoalCommentCreate, GoalCommentUpdate


async def comment_on_goal(
    session: AsyncSession,
    actor: Actor,
    goal_id: UUID,
    body: GoalCommentCreate,
    *,
    at: datetime | None = None,
) -> UUID:
    """`at` is for history that is brought along."""
    goal = await queries.get_goal(session, goal_id, *policy.MAY_COMMENT)
    answered = await _answered(session, goal, body.reply_to_id)
    mentioned = list(dict.fromkeys(body.mention_ids))
    await _ensure_they_see(session, goal.id, body.mention_ids, mentioned)
    comment = GoalComment(
        id=uuid7(),
        goal_id=goal.id,
        author_id=actor.person_id,
        reply_to_id=body.reply_to_id,
        text=body.text,
        created_at=at or utcnow(),
    )
    session.add(comment)
    await session.flush()
    concerned = {goal.owner_id, *mentioned, *([answered.author_id] if answered else [])}
    _mention(session, comment.id, mentioned)
    _give_notice(session, comment.id, concerned - {actor.person_id})
    commented = GoalCommented(
        goal_id=goal.id,
        comment_id=comment.id,
        reply_to_id=body.reply_to_id,
        mentioned_ids=mentioned,
    )
    publish(session, commented, by=actor.person_id)
    return comment.id


async def edit_goal_comment(
    session: AsyncSession,
    actor: Actor,
    comment_id: UUID,
    body: GoalCommentUpdate,
    version: int | None,
) -> None:
    comment = await queries.get_comment(session, comment_id, *policy.MAY_EDIT, lock=True)
    comment.expect(version)
    sent = body.model_dump()
    if comment.deleted_at is not None and "text" not in sent:
        raise invalid("/text", "missing", "What was deleted comes back with a text.")
    if comment.deleted_at is not None and comment.reply_to_id is not None:
        await queries.find_comment_on(session, comment.goal_id, comment.reply_to_id)
        await _ensure_room(session, comment.reply_to_id)
    before = await queries.mentioned_in(session, comment.id)
    wanted = list(dict.fromkeys(sent.get("mention_ids", before)))
    added = [person_id for person_id in wanted if person_id not in before]
    await _ensure_they_see(session, comment.goal_id, sent.get("mention_ids", ()), added)
    gone = before - set(wanted)
    if sent.get("text", comment.text) == comment.text and not added and not gone:
        return
    comment.text = sent.get("text", comment.text)
    comment.edited_at, comment.deleted_at = utcnow(), None
    await _forget(session, comment.id, gone)
    _mention(session, comment.id, added)
    await session.flush()
    _give_notice(session, comment.id, set(added) - {actor.person_id})
    edited = GoalCommentEdited(goal_id=comment.goal_id, comment_id=comment.id, mentioned_ids=added)
    publish(session, edited, by=actor.person_id)


async def delete_goal_comment(
    session: AsyncSession, actor: Actor, comment_id: UUID, version: int | None
) -> None:
    """The words, whom they spoke to and who reacted are gone; answers to it stay."""
    comment = await queries.get_comment(session, comment_id, *policy.MAY_DELETE, lock=True)
    comment.expect(version)
    comment.text, comment.deleted_at = None, utcnow()
    for part in (GoalCommentMention, GoalCommentNotice, GoalCommentReaction):
        await session.execute(delete(part).where(part.comment_id == comment.id))
    removed = GoalCommentRemoved(goal_id=comment.goal_id, comment_id=comment.id)
    publish(session, removed, by=actor.person_id)


async def react_to_comment(
    session: AsyncSession, actor: Actor, comment_id: UUID, kind: ReactionKind
) -> None:
    comment = await queries.get_comment(session, comment_id, *policy.MAY_REACT, lock=True)
    await reactions.react_to_comment(session, actor, comment.id, kind)


async def take_back_reaction(
    session: AsyncSession, actor: Actor, comment_id: UUID, kind: ReactionKind
) -> None:
    comment = await queries.get_comment(session, comment_id)
    await reactions.take_back_reaction_to_comment(session, actor, comment.id, kind)


async def mark_comments_seen(session: AsyncSession, actor: Actor, goal_id: UUID) -> None:
    """Nobody but YOU can do this for you, and nothing is kept of it."""
    goal = await queries.get_goal(session, goal_id)
    await session.execute(
        delete(GoalCommentNotice)
        .where(GoalCommentNotice.person_id == actor.person_id, queries.on_goal(goal.id))
        .execution_options(synchronize_session=False)
    )


async def _answered(
    session: AsyncSession, goal: Goal, reply_to_id: UUID | None
) -> GoalComment | None:
    if reply_to_id is None:
        return None
    answered = await queries.find_comment_on(session, goal.id, reply_to_id)
    if answered is None:
        raise invalid("/reply_to_id", "not_found", "There is no such comment on this goal.")
    if answered.reply_to_id is not None:
        raise invalid("/reply_to_id", "is_a_reply", "Answer the comment that began the thread.")
    if answered.deleted_at is not None:
        raise invalid("/reply_to_id", "deleted", "That comment was deleted.")
    await _ensure_room(session, answered.id)
    return answered


async def _ensure_room(session: AsyncSession, comment_id: UUID) -> None:
    """For one more reply to a comment that is locked."""
    if await queries.count_replies(session, comment_id) >= queries.MOST_REPLIES:
        raise TooManyReplies()


async def _ensure_they_see(
    session: AsyncSession, goal_id: UUID, sent: Sequence[UUID], added: Collection[UUID]
) -> None:
    """Who does not see the goal is refused like somebody whom nobody knows."""
    if not added:
        return
    unknown = set(added) - await queries.people_who_see(session, goal_id, added)
    if unknown:
        detail = "Nobody of this kind sees the goal."
        raise Invalid(
            errors=[
                InvalidPart(pointer=f"/mention_ids/{place}", code="not_found", detail=detail)
                for place, person_id in enumerate(sent)
                if person_id in unknown
            ]
        )


def _mention(session: AsyncSession, comment_id: UUID, people: Collection[UUID]) -> None:
    session.add_all(
        GoalCommentMention(comment_id=comment_id, person_id=person_id) for person_id in people
    )


def _give_notice(session: AsyncSession, comment_id: UUID, people: Collection[UUID]) -> None:
    session.add_all(
        GoalCommentNotice(comment_id=comment_id, person_id=person_id) for person_id in people
    )


async def _forget(session: AsyncSession, comment_id: UUID, people: Collection[UUID]) -> None:
    """Who is mentioned no more need not look either."""
    for part in (GoalCommentMention, GoalCommentNotice):
        await session.execute(
            delete(part).where(part.comment_id == comment_id, among(part.person_id, people))
        )

from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.goals.reactions.models import ReactionKind

from . import queries, schemas, service
from .errors import GoalCommentDeleted, GoalCommentNotYours, TooManyReplies

router = Router(tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.get("/goals/{goal_id}/comments", responses=problems(NotFound, CursorInvalid))
async def list_goal_comments(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    filters: Annotated[schemas.GoalCommentFilter, Query()],
) -> Json[schemas.GoalCommentPage]:
    """The conversation about a goal, the newest thread first, each with its newest replies.

    A deleted comment keeps its place, without its text, as long as there are replies to it.
    """
    return await queries.list_goal_comments(session, goal_id, filters)


@router.post(
    "/goals/{goal_id}/comments", status_code=201, responses=problems(NotFound, TooManyReplies)
)
async def comment_on_goal(
    session: TenantSession,
    actor: Writer,
    goal_id: UUID,
    body: Body[schemas.GoalCommentCreate],
) -> Json[schemas.GoalComment]:
    """Say something about a goal, or answer a comment on it. Everybody who sees the goal may.

    The goal's owner, whoever is answered and whoever is mentioned find it among what needs them.
    """
    comment_id = await service.comment_on_goal(session, actor, goal_id, body)
    answer = await queries.goal_comment_after_change(session, comment_id)
    return answer.created(f"/v1/goal-comments/{comment_id}")


@router.put("/goals/{goal_id}/comments/seen", status_code=204, responses=problems(NotFound))
async def mark_goal_comments_seen(session: TenantSession, actor: Writer, goal_id: UUID) -> None:
    """Say that you have looked: what waited for you in this conversation waits no more.

    Nothing is kept of it, neither when nor whether anybody looked.
    """
    await service.mark_comments_seen(session, actor, goal_id)


@router.get("/goals/{goal_id}/comments/mentionable-people", responses=problems(NotFound))
async def list_mentionable_people(
    session: TenantSession,
    actor: Reader,
    goal_id: UUID,
    filters: Annotated[schemas.MentionablePeopleFilter, Query()],
) -> Json[schemas.MentionablePeople]:
    """Whom a comment on this goal can speak to: everybody who sees it, found by name."""
    return await queries.list_mentionable_people(session, goal_id, filters)


@router.get("/goal-comments/{goal_comment_id}", responses=problems(NotFound))
async def get_goal_comment(
    session: TenantSession, actor: Reader, goal_comment_id: UUID
) -> Json[schemas.GoalComment]:
    """One comment, for everybody who sees its goal."""
    return await queries.read_goal_comment(session, goal_comment_id)


@router.get("/goal-comments/{goal_comment_id}/replies", responses=problems(NotFound, CursorInvalid))
async def list_goal_comment_replies(
    session: TenantSession,
    actor: Reader,
    goal_comment_id: UUID,
    filters: Annotated[schemas.GoalReplyFilter, Query()],
) -> Json[schemas.GoalReplyPage]:
    """What was answered to a comment, the newest first, without deleted ones."""
    return await queries.list_goal_comment_replies(session, goal_comment_id, filters)


@router.patch(
    "/goal-comments/{goal_comment_id}",
    responses=problems(NotFound, GoalCommentNotYours, TooManyReplies, *CHANGE_PROBLEMS),
)
async def edit_goal_comment(
    session: TenantSession,
    actor: Writer,
    goal_comment_id: UUID,
    body: Body[schemas.GoalCommentUpdate],
    version: ExpectedVersion,
) -> Json[schemas.GoalComment]:
    """Change what you wrote. A comment that you deleted comes back with the text that you send."""
    await service.edit_goal_comment(session, actor, goal_comment_id, body, version)
    return await queries.goal_comment_after_change(session, goal_comment_id)


@router.delete(
    "/goal-comments/{goal_comment_id}",
    status_code=204,
    responses=problems(NotFound, GoalCommentNotYours, GoalCommentDeleted, *CHANGE_PROBLEMS),
)
async def delete_goal_comment(
    session: TenantSession, actor: Writer, goal_comment_id: UUID, version: ExpectedVersion
) -> None:
    """Delete what you wrote: text, mentions and reactions are gone for good, replies stay."""
    await service.delete_goal_comment(session, actor, goal_comment_id, version)


@router.put(
    "/goal-comments/{goal_comment_id}/reactions/{kind}",
    status_code=204,
    responses=problems(NotFound, GoalCommentDeleted),
)
async def add_goal_comment_reaction(
    session: TenantSession, actor: Writer, goal_comment_id: UUID, kind: ReactionKind
) -> None:
    """React to a comment. Once more changes nothing."""
    await service.react_to_comment(session, actor, goal_comment_id, kind)


@router.delete(
    "/goal-comments/{goal_comment_id}/reactions/{kind}",
    status_code=204,
    responses=problems(NotFound),
)
async def remove_goal_comment_reaction(
    session: TenantSession, actor: Writer, goal_comment_id: UUID, kind: ReactionKind
) -> None:
    """Take your reaction back; without one, nothing changes."""
    await service.take_back_reaction(session, actor, goal_comment_id, kind)

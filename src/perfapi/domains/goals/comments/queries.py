from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, load, permissions, there_is, viewers
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.db import own_rows
from perfapi.core.documents import Column, children, documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.goals import policy as goals
from perfapi.domains.goals.models import Goal
from perfapi.domains.goals.reactions.queries import reactions_to_comment
from perfapi.domains.people.models import Person, Status
from perfapi.domains.people.queries import among, holds_every_word, person_ref
from perfapi.domains.people.schemas import PersonRef

from . import policy, schemas
from .models import GoalComment, GoalCommentMention, GoalCommentNotice

MOST_REPLIES = 200
REPLIES_IN_THREAD = 3


def _mentions(comment: Any) -> ColumnElement[Any]:
    mention, person = aliased(GoalCommentMention), aliased(Person)
    return children(
        PersonRef,
        person,
        mention.organization_id == comment.organization_id,
        mention.comment_id == comment.id,
        person.organization_id == mention.organization_id,
        person.id == mention.person_id,
        order=(person.name, person.id),
    )


_notice = aliased(GoalCommentNotice, name="notice")


def _notices_you(comment_id: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        _notice.organization_id == ORGANIZATION,
        _notice.comment_id == comment_id,
        _notice.person_id == YOU,
    )


def _waits_for_you(comment: Any) -> ColumnElement[bool]:
    return there_is([_notice], *_notices_you(comment.id))


def _fields(comment: Any) -> dict[str, Column]:
    return {
        "author": person_ref(comment.author_id),
        "mentions": _mentions(comment),
        "reactions": reactions_to_comment(comment.id),
        "is_new": _waits_for_you(comment),
        "permissions": permissions(**policy.acts_on(comment)),
    }


_reply = aliased(GoalComment, name="reply")
_IS_REPLY = (
    _reply.organization_id == GoalComment.organization_id,
    _reply.reply_to_id == GoalComment.id,
    _reply.deleted_at.is_(None),
)

_COMMENT = documents(schemas.GoalComment, GoalComment, **_fields(GoalComment)).where(policy.VISIBLE)

_THREADS = Listing(
    schemas.GoalCommentPage,
    documents(
        schemas.GoalCommentThread,
        GoalComment,
        **_fields(GoalComment),
        reply_count=(
            select(func.count()).where(*_IS_REPLY).correlate_except(_reply).scalar_subquery()
        ),
        has_new_replies=there_is([_reply, _notice], *_IS_REPLY, *_notices_you(_reply.id)),
        replies=children(
            schemas.GoalComment,
            _reply,
            *_IS_REPLY,
            order=(_reply.created_at.desc(), _reply.id.desc()),
            limit=REPLIES_IN_THREAD,
            **_fields(_reply),
        ),
    ).where(
        policy.VISIBLE,
        GoalComment.goal_id == bindparam("goal_id", type_=Uuid()),
        GoalComment.reply_to_id.is_(None),
        # What was deleted keeps its place as long as something hangs on it.
        or_(GoalComment.deleted_at.is_(None), there_is([_reply], *_IS_REPLY)),
    ),
    schemas.GoalCommentFilter,
    sorts={"newest": (GoalComment.created_at.desc(), GoalComment.id.desc())},
)

_REPLIES = Listing(
    schemas.GoalReplyPage,
    _COMMENT.where(
        GoalComment.reply_to_id == bindparam("comment_id", type_=Uuid()),
        GoalComment.deleted_at.is_(None),
    ),
    schemas.GoalReplyFilter,
    sorts={"newest": (GoalComment.created_at.desc(), GoalComment.id.desc())},
)

_waiting, _mention = aliased(GoalComment, name="waiting"), aliased(GoalCommentMention)
_MENTIONS_YOU = func.bool_or(
    there_is(
        [_mention],
        _mention.organization_id == ORGANIZATION,
        _mention.comment_id == _waiting.id,
        _mention.person_id == YOU,
    )
)

NEEDS = (
    select(
        case((_MENTIONS_YOU, "goal_mentions_you"), else_="goal_comments_new").label("kind"),
        literal("goals").label("resource"),
        Goal.id.label("id"),
        Goal.title.label("title"),
        cast(null(), Text).label("detail"),
        func.min(_waiting.created_at).label("since"),
        func.count().label("count"),
    )
    .select_from(GoalCommentNotice)
    .join(
        _waiting,
        and_(
            _waiting.organization_id == GoalCommentNotice.organization_id,
            _waiting.id == GoalCommentNotice.comment_id,
        ),
    )
    .join(
        Goal,
        and_(Goal.organization_id == _waiting.organization_id, Goal.id == _waiting.goal_id),
    )
    .where(
        GoalCommentNotice.organization_id == ORGANIZATION,
        GoalCommentNotice.person_id == YOU,
        goals.VISIBLE,
    )
    .group_by(Goal.organization_id, Goal.id)
)
"""For "Needs you now": goals whose conversation has something for you that you have not seen."""


_person = aliased(Person)
_PEOPLE = own_rows(
    select(
        cast(
            func.json_build_object(
                "items",
                children(
                    PersonRef,
                    _person,
                    _person.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
                    order=(_person.name, _person.id),
                    limit=20,
                ),
            ),
            Text,
        )
    )
)


async def list_goal_comments(
    session: AsyncSession, goal_id: UUID, filters: schemas.GoalCommentFilter
) -> Json[schemas.GoalCommentPage]:
    await get_goal(session, goal_id)
    return await page(session, _THREADS, filters, goal_id=goal_id)


async def list_goal_comment_replies(
    session: AsyncSession, comment_id: UUID, filters: schemas.GoalReplyFilter
) -> Json[schemas.GoalReplyPage]:
    await get_comment(session, comment_id)
    return await page(session, _REPLIES, filters, comment_id=comment_id)


async def read_goal_comment(session: AsyncSession, comment_id: UUID) -> Json[schemas.GoalComment]:
    return await one(session, _COMMENT, comment_id)


async def goal_comment_after_change(
    session: AsyncSession, comment_id: UUID
) -> Json[schemas.GoalComment]:
    return await outcome(session, _COMMENT, comment_id)


async def get_goal(session: AsyncSession, goal_id: UUID, *acts: Act) -> Goal:
    return await load(session, goals.VISIBLE, goal_id, *acts, entity=Goal)


async def get_comment(
    session: AsyncSession, comment_id: UUID, *acts: Act, lock: bool = False
) -> GoalComment:
    return await load(session, policy.VISIBLE, comment_id, *acts, entity=GoalComment, lock=lock)


async def find_comment_on(
    session: AsyncSession, goal_id: UUID, comment_id: UUID
) -> GoalComment | None:
    """Locked, so that it is not deleted, nor answered by one too many, meanwhile."""
    found = select(GoalComment).where(GoalComment.id == comment_id, GoalComment.goal_id == goal_id)
    return (await session.scalars(found.with_for_update())).one_or_none()


async def count_replies(session: AsyncSession, comment_id: UUID) -> int:
    counted = select(func.count()).where(
        GoalComment.reply_to_id == comment_id, GoalComment.deleted_at.is_(None)
    )
    return (await session.scalars(counted)).one()


async def people_who_see(
    session: AsyncSession, goal_id: UUID, people: Collection[UUID]
) -> set[UUID]:
    """Which of these people work here and see the goal."""

    def who(viewer: Any) -> ColumnElement[bool]:
        return and_(among(viewer.id, people), viewer.status != Status.LEFT)

    found = await viewers(session, goals.VISIBLE, goal_id, among=Person, who=who)
    return {person_id for person_id, _ in found}


async def list_mentionable_people(
    session: AsyncSession, goal_id: UUID, filters: schemas.MentionablePeopleFilter
) -> Json[schemas.MentionablePeople]:
    await get_goal(session, goal_id)

    def who(viewer: Any) -> ColumnElement[bool]:
        is_meant = holds_every_word(filters.q, viewer.name) if filters.q else true()
        return and_(viewer.status != Status.LEFT, is_meant)

    found = await viewers(session, goals.VISIBLE, goal_id, among=Person, who=who)
    ids = [person_id for person_id, _ in found]
    document = (await session.execute(_PEOPLE, {"ids": ids})).scalar_one()
    return Json(document)


async def mentioned_in(session: AsyncSession, comment_id: UUID) -> set[UUID]:
    found = select(GoalCommentMention.person_id).where(GoalCommentMention.comment_id == comment_id)
    return set(await session.scalars(found))


def on_goal(goal_id: UUID) -> ColumnElement[bool]:
    """Of a notice: it is about a comment on this goal."""
    comment = aliased(GoalComment)
    return exists(
        select(1).where(
            comment.organization_id == GoalCommentNotice.organization_id,
            comment.id == GoalCommentNotice.comment_id,
            comment.goal_id == goal_id,
        )
    )

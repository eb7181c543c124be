from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import ColumnElement, Integer, Text, and_, case, cast, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, load, permissions, there_is
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.documents import Column, children, documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.goals.queries import goal_ref, you_see_goal
from perfapi.domains.people.models import Chain, Person, Status
from perfapi.domains.people.queries import among, holds_every_word, person_ref

from . import policy, schemas
from .comments.policy import MAY_COMMENT
from .comments.queries import comments_on
from .models import Feedback, FeedbackKind, FeedbackReceiver, FeedbackValue, FeedbackVisibility
from .moderation.policy import IS_REPORTED, MAY_REPORT
from .reactions.queries import reactions_to
from .values.models import CompanyValue
from .values.schemas import CompanyValueRef

_receiver, _person = aliased(FeedbackReceiver), aliased(Person)
_tag, _value = aliased(FeedbackValue), aliased(CompanyValue)

_RECEIVERS = children(
    schemas.FeedbackReceiver,
    _receiver,
    _receiver.organization_id == Feedback.organization_id,
    _receiver.feedback_id == Feedback.id,
    order=(
        select(_person.name)
        .where(
            _person.organization_id == _receiver.organization_id, _person.id == _receiver.person_id
        )
        .correlate(_receiver)
        .scalar_subquery(),
        _receiver.person_id,
    ),
    person=person_ref(_receiver.person_id),
    goal=goal_ref(_receiver.goal_id),
)
_VALUES = children(
    CompanyValueRef,
    _value,
    _tag.organization_id == Feedback.organization_id,
    _tag.feedback_id == Feedback.id,
    _value.organization_id == _tag.organization_id,
    _value.id == _tag.value_id,
    order=(_value.name, _value.id),
)
_IS_BETWEEN_YOU = policy.MAY_CHANGE_VISIBILITY[0].condition


def _fields() -> dict[str, Column]:
    return {
        "giver": person_ref(Feedback.giver_id),
        "receivers": _RECEIVERS,
        "values": _VALUES,
        "goal": goal_ref(Feedback.goal_id),
        "reactions": reactions_to(Feedback.id),
        "comment_count": comments_on(Feedback.id),
        # What is proposed is between those who decide it.
        "proposed_visibility": case((_IS_BETWEEN_YOU, Feedback.proposed_visibility)),
        "waits_for_you": policy.WAITS_FOR_YOU,
        "permissions": permissions(
            edit=policy.MAY_EDIT,
            withdraw=policy.MAY_WITHDRAW,
            thank=policy.MAY_THANK,
            acknowledge=policy.MAY_ACKNOWLEDGE,
            make_a_goal=policy.MAY_MAKE_A_GOAL,
            change_visibility=policy.MAY_CHANGE_VISIBILITY,
            agree=policy.MAY_AGREE,
            decline=policy.MAY_DECLINE,
            comment=MAY_COMMENT,
            react=policy.MAY_REACT,
            report=MAY_REPORT,
            hide=policy.MAY_HIDE,
            restore=policy.MAY_RESTORE,
        ),
    }


FEEDBACK = documents(schemas.Feedback, Feedback, **_fields()).where(policy.VISIBLE)

_chain = aliased(Chain)


def _has_receiver(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return there_is(
        [_receiver],
        _receiver.organization_id == ORGANIZATION,
        _receiver.feedback_id == Feedback.id,
        *conditions,
    )


_IS_ABOUT_YOUR_REPORTS = there_is(
    [_receiver, _chain],
    _receiver.organization_id == ORGANIZATION,
    _receiver.feedback_id == Feedback.id,
    _chain.organization_id == ORGANIZATION,
    _chain.manager_id == YOU,
    _chain.report_id == _receiver.person_id,
    _chain.depth == 1,
)
IS_ON_THE_WALL = and_(
    Feedback.visibility == FeedbackVisibility.PUBLIC,
    Feedback.kind == FeedbackKind.PRAISE,
    Feedback.hidden_at.is_(None),
)
_BOXES: dict[schemas.Box, ColumnElement[bool]] = {
    schemas.Box.RECEIVED: _has_receiver(_receiver.person_id == YOU),
    schemas.Box.GIVEN: Feedback.giver_id == YOU,
    schemas.Box.REPORTS: _IS_ABOUT_YOUR_REPORTS,
    schemas.Box.WALL: IS_ON_THE_WALL,
    schemas.Box.HIDDEN: Feedback.hidden_at.is_not(None),
    schemas.Box.REPORTED: and_(policy.you_moderate(), IS_REPORTED),
}


def _speaks_of(value_id: Any) -> ColumnElement[bool]:
    return there_is(
        [_tag],
        _tag.organization_id == ORGANIZATION,
        _tag.feedback_id == Feedback.id,
        _tag.value_id == value_id,
    )


_NEWEST = (Feedback.created_at.desc(), Feedback.id.desc())

_LISTS: dict[schemas.Box | None, Listing[schemas.FeedbackPage]] = {
    box: Listing(
        schemas.FeedbackPage,
        FEEDBACK if condition is None else FEEDBACK.where(condition),
        schemas.FeedbackConditions,
        sorts={"newest": _NEWEST},
        receiver_id=lambda person_id: _has_receiver(_receiver.person_id == person_id),
        value_id=_speaks_of,
        # About a goal that YOU cannot see there is nothing.
        goal_id=lambda goal_id: and_(Feedback.goal_id == goal_id, you_see_goal(goal_id)),
        since=lambda day: Feedback.given_on >= day,
        until=lambda day: Feedback.given_on <= day,
        q=lambda text: holds_every_word(text, Feedback.text),
    )
    for box, condition in [(None, None), *_BOXES.items()]
}


NEEDS = (
    select(
        literal("feedback_received").label("kind"),
        literal("feedback").label("resource"),
        Feedback.id.label("id"),
        select(Person.name)
        .where(Person.organization_id == ORGANIZATION, Person.id == Feedback.giver_id)
        .correlate(Feedback)
        .scalar_subquery()
        .label("title"),
        cast(null(), Text).label("detail"),
        Feedback.created_at.label("since"),
        cast(null(), Integer).label("count"),
    )
    .join_from(
        FeedbackReceiver,
        Feedback,
        and_(
            Feedback.organization_id == FeedbackReceiver.organization_id,
            Feedback.id == FeedbackReceiver.feedback_id,
        ),
    )
    .where(
        FeedbackReceiver.organization_id == ORGANIZATION,
        FeedbackReceiver.person_id == YOU,
        FeedbackReceiver.acknowledged_at.is_(None),
        policy.VISIBLE,
    )
)
"""For "Needs you now": feedback that you received and have not acknowledged."""


async def list_feedback(
    session: AsyncSession, filters: schemas.FeedbackFilter
) -> Json[schemas.FeedbackPage]:
    conditions = schemas.FeedbackConditions(**filters.model_dump(exclude={"box"}))
    return await page(session, _LISTS[filters.box], conditions)


async def read_feedback(session: AsyncSession, feedback_id: UUID) -> Json[schemas.Feedback]:
    return await one(session, FEEDBACK, feedback_id)


async def feedback_after_change(session: AsyncSession, feedback_id: UUID) -> Json[schemas.Feedback]:
    return await outcome(session, FEEDBACK, feedback_id)


async def get_feedback(session: AsyncSession, feedback_id: UUID, *acts: Act) -> Feedback:
    """Locked: what its giver and its receivers decide about it comes one after the other."""
    return await load(session, policy.VISIBLE, feedback_id, *acts, entity=Feedback, lock=True)


async def receivers_of(session: AsyncSession, feedback_id: UUID) -> Sequence[FeedbackReceiver]:
    found = select(FeedbackReceiver).where(FeedbackReceiver.feedback_id == feedback_id)
    return (await session.scalars(found)).all()


async def working_here(session: AsyncSession, people: Collection[UUID]) -> set[UUID]:
    found = select(Person.id).where(among(Person.id, people), Person.status != Status.LEFT)
    return set(await session.scalars(found))


async def offered_values(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    found = select(CompanyValue.id).where(
        among(CompanyValue.id, ids), CompanyValue.archived_at.is_(None)
    )
    return set(await session.scalars(found))


async def values_of(session: AsyncSession, feedback_id: UUID) -> Sequence[FeedbackValue]:
    found = select(FeedbackValue).where(FeedbackValue.feedback_id == feedback_id)
    return (await session.scalars(found)).all()


def made_goal(goal_id: UUID) -> Json[schemas.MadeGoal]:
    return Json(to_json({"goal_id": goal_id}))

from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import load
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.documents import documents
from perfapi.core.listings import Listing, page
from perfapi.domains.goals import policy
from perfapi.domains.goals.models import Goal, GoalState, Negotiation, Side
from perfapi.domains.goals.moments import NOW, Moment
from perfapi.domains.people.models import Person
from perfapi.domains.people.queries import person_ref
from perfapi.domains.people.relations import you_manage

from . import schemas

_LATEST = (Negotiation.at.desc(), Negotiation.id.desc())

_IS_FOR_YOU = or_(
    Negotiation.by_id == YOU, Negotiation.owner_id == YOU, you_manage(Negotiation.owner_id)
)
"""The sides are those of the step: whoever takes a goal over does not read what was said before."""

_OF_A_GOAL = Listing(
    schemas.NegotiationPage,
    documents(
        schemas.Negotiation,
        Negotiation,
        by=person_ref(Negotiation.by_id),
        comment=case((_IS_FOR_YOU, Negotiation.comment)),
    )
    .select_from(Negotiation)
    .join(
        Goal,
        and_(Goal.organization_id == Negotiation.organization_id, Goal.id == Negotiation.goal_id),
    )
    .where(policy.VISIBLE, Goal.id == bindparam("goal_id", type_=Uuid())),
    schemas.NegotiationFilter,
    sorts={"newest": _LATEST},
)

NEEDS = select(
    literal("goal_to_agree").label("kind"),
    literal("goals").label("resource"),
    Goal.id.label("id"),
    Goal.title.label("title"),
    select(Person.name)
    .where(Person.organization_id == ORGANIZATION, Person.id == Goal.proposed_by_id)
    .correlate(Goal)
    .scalar_subquery()
    .label("detail"),
    select(func.max(Negotiation.at))
    .where(Negotiation.organization_id == ORGANIZATION, Negotiation.goal_id == Goal.id)
    .correlate(Goal)
    .scalar_subquery()
    .label("since"),
    cast(null(), Integer).label("count"),
).where(
    Goal.organization_id == ORGANIZATION,
    policy.VISIBLE,
    Goal.state.in_([GoalState.DRAFT, GoalState.ACTIVE]),
    policy.waits_for_you(directly=True),
)
"""For "Needs you now": proposals that wait for you. Of the owner's managers, the next one only."""


def last_step_of_goal(at: Moment) -> ColumnElement[UUID]:
    """For documents of a goal: the step up to which a reader of it has read."""
    found = select(Negotiation.id).where(
        Negotiation.organization_id == ORGANIZATION, Negotiation.goal_id == at.goal.id
    )
    if not at.is_now:
        found = found.where(Negotiation.at <= at.instant)
    return found.order_by(*_LATEST).limit(1).correlate(at.goal).scalar_subquery()


async def your_side(session: AsyncSession, goal_id: UUID) -> Side | None:
    return await session.scalar(select(policy.YOUR_SIDE).where(Goal.id == goal_id))


async def find_last_step(session: AsyncSession, goal_id: UUID) -> UUID | None:
    return await session.scalar(select(last_step_of_goal(NOW)).where(Goal.id == goal_id))


async def list_goal_negotiations(
    session: AsyncSession, goal_id: UUID, filters: schemas.NegotiationFilter
) -> Json[schemas.NegotiationPage]:
    await load(session, policy.VISIBLE, goal_id, entity=Goal)
    return await page(session, _OF_A_GOAL, filters, goal_id=goal_id)

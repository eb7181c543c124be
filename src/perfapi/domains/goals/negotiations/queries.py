from uuid import UUID

from sqlalchemy import Integer, Uuid, and_, bindparam, cast, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.documents import documents
from perfapi.core.listings import Listing, page
from perfapi.domains.goals import policy
from perfapi.domains.goals.key_results.queries import see_goal
from perfapi.domains.goals.models import Goal, GoalState, Negotiation
from perfapi.domains.people.models import Person
from perfapi.domains.people.queries import person_ref

from . import schemas

_OF_A_GOAL = Listing(
    schemas.NegotiationPage,
    documents(schemas.Negotiation, Negotiation, by=person_ref(Negotiation.by_id))
    .select_from(Negotiation)
    .join(
        Goal,
        and_(Goal.organization_id == Negotiation.organization_id, Goal.id == Negotiation.goal_id),
    )
    .where(policy.VISIBLE, Goal.id == bindparam("goal_id", type_=Uuid())),
    schemas.NegotiationFilter,
    sorts={"newest": (Negotiation.at.desc(), Negotiation.id.desc())},
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


async def list_goal_negotiations(
    session: AsyncSession, goal_id: UUID, filters: schemas.NegotiationFilter
) -> Json[schemas.NegotiationPage]:
    await see_goal(session, goal_id)
    return await page(session, _OF_A_GOAL, filters, goal_id=goal_id)

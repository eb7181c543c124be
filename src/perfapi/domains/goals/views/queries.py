from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import Act, load, permissions, there_is
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.people.queries import person_ref

from . import policy, schemas
from .models import GoalView, GoalViewDefault

_VIEW = documents(
    schemas.GoalView,
    GoalView,
    owner=person_ref(GoalView.owner_id),
    is_default=there_is(
        [GoalViewDefault],
        GoalViewDefault.organization_id == ORGANIZATION,
        GoalViewDefault.person_id == YOU,
        GoalViewDefault.view_id == GoalView.id,
    ),
    permissions=permissions(edit=policy.MAY_EDIT, share=policy.MAY_SHARE, delete=policy.MAY_EDIT),
).where(policy.VISIBLE)

_VIEWS = Listing(
    schemas.GoalViewPage,
    _VIEW,
    schemas.GoalViewFilter,
    sorts={"name": (GoalView.name, GoalView.id)},
)


async def list_goal_views(
    session: AsyncSession, filters: schemas.GoalViewFilter
) -> Json[schemas.GoalViewPage]:
    return await page(session, _VIEWS, filters)


async def read_goal_view(session: AsyncSession, view_id: UUID) -> Json[schemas.GoalView]:
    return await one(session, _VIEW, view_id)


async def goal_view_after_change(session: AsyncSession, view_id: UUID) -> Json[schemas.GoalView]:
    return await outcome(session, _VIEW, view_id)


async def get_goal_view(session: AsyncSession, view_id: UUID, *acts: Act) -> GoalView:
    return await load(session, policy.VISIBLE, view_id, *acts, entity=GoalView)


async def find_default(session: AsyncSession) -> GoalViewDefault | None:
    """The one of YOU."""
    statement = select(GoalViewDefault).where(GoalViewDefault.person_id == YOU).with_for_update()
    return (await session.scalars(statement)).one_or_none()

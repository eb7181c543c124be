from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.documents import children
from perfapi.domains.goals.models import GoalMember
from perfapi.domains.goals.moments import Moment
from perfapi.domains.people.models import Person, Status
from perfapi.domains.people.queries import person_ref, visible_person_ids

from . import schemas


def members_of_goal(at: Moment) -> ColumnElement[Any]:
    """For documents of a goal: co-owners first, each in the order in which they came."""
    member = at.member
    return children(
        schemas.GoalMember,
        member,
        at.of(at.goal, member, member.goal_id == at.goal.id),
        order=(member.role.desc(), member.added_at, member.person_id),
        person=person_ref(member.person_id),
    )


async def find_member(session: AsyncSession, goal_id: UUID, person_id: UUID) -> GoalMember | None:
    found = select(GoalMember).where(
        GoalMember.goal_id == goal_id, GoalMember.person_id == person_id
    )
    return (await session.scalars(found)).one_or_none()


async def count_members(session: AsyncSession, goal_id: UUID) -> int:
    counted = select(func.count()).select_from(GoalMember).where(GoalMember.goal_id == goal_id)
    return (await session.execute(counted)).scalar_one()


async def has_left(session: AsyncSession, person_id: UUID) -> bool:
    """Whether YOU see them or not."""
    status = await session.scalar(select(Person.status).where(Person.id == person_id))
    return status is Status.LEFT


async def find_status(session: AsyncSession, person_id: UUID) -> Status | None:
    """None if there is no such person for YOU."""
    if person_id not in await visible_person_ids(session, {person_id}):
        return None
    return await session.scalar(select(Person.status).where(Person.id == person_id))

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.people.models import Person, Role, RoleAssignment, Status
from perfapi.domains.people.queries import among


class Known(NamedTuple):
    """What somebody was before the change."""

    status: Status
    email: str | None
    left_on: date | None


async def lock_known(session: AsyncSession, people: Collection[UUID]) -> dict[UUID, Known]:
    found = (
        select(Person.id, Person.status, Person.email, Person.left_on)
        .where(among(Person.id, people))
        .with_for_update()
    )
    return {
        row.id: Known(row.status, row.email, row.left_on) for row in await session.execute(found)
    }


async def role_holders_among(session: AsyncSession, people: Collection[UUID]) -> set[UUID]:
    found = select(RoleAssignment.person_id).where(among(RoleAssignment.person_id, people))
    return set(await session.scalars(found))


async def is_administrator(session: AsyncSession, person_id: UUID) -> bool:
    found = select(RoleAssignment.id).where(
        RoleAssignment.person_id == person_id, RoleAssignment.role == Role.ADMIN
    )
    return (await session.scalars(found)).one_or_none() is not None

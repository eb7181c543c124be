from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.answers import Json
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.people import policy
from perfapi.domains.people.models import Department, Person, Role, RoleAssignment, Status
from perfapi.domains.people.queries import among, department_ref, person_ref

from . import schemas

_ROLES = documents(
    schemas.RoleAssignment,
    RoleAssignment,
    person=person_ref(RoleAssignment.person_id),
    department=department_ref(RoleAssignment.department_id),
    permissions=access.permissions(withdraw=policy.MAY_WITHDRAW_ROLE),
).where(policy.ROLES)

_LIST = Listing(schemas.RoleAssignmentPage, _ROLES, schemas.RoleAssignmentFilter)


async def list_role_assignments(
    session: AsyncSession, filters: schemas.RoleAssignmentFilter
) -> Json[schemas.RoleAssignmentPage]:
    return await page(session, _LIST, filters)


async def read_role_assignment(
    session: AsyncSession, role_assignment_id: UUID
) -> Json[schemas.RoleAssignment]:
    return await one(session, _ROLES, role_assignment_id)


async def role_after_change(
    session: AsyncSession, role_assignment_id: UUID
) -> Json[schemas.RoleAssignment]:
    return await outcome(session, _ROLES, role_assignment_id)


async def get_role_to_withdraw(session: AsyncSession, role_assignment_id: UUID) -> RoleAssignment:
    return await access.load(
        session,
        policy.ROLES,
        role_assignment_id,
        policy.MAY_WITHDRAW_ROLE,
        entity=RoleAssignment,
        lock=True,
    )


async def department_exists(session: AsyncSession, department_id: UUID) -> bool:
    found = select(Department.id).where(Department.id == department_id)
    return (await session.scalars(found)).one_or_none() is not None


async def administrators_among(session: AsyncSession, people: Collection[UUID]) -> set[UUID]:
    found = select(RoleAssignment.person_id).where(
        RoleAssignment.role == Role.ADMIN, among(RoleAssignment.person_id, people)
    )
    return set(await session.scalars(found))


async def has_other_administrators(session: AsyncSession, people: Collection[UUID]) -> bool:
    """Whether somebody administers the organization who is not among these and has not left."""
    works_here = exists(
        select(1).where(
            Person.organization_id == RoleAssignment.organization_id,
            Person.id == RoleAssignment.person_id,
            Person.status != Status.LEFT,
        )
    )
    found = select(RoleAssignment.id).where(
        RoleAssignment.role == Role.ADMIN,
        ~among(RoleAssignment.person_id, people),
        works_here,
    )
    return (await session.scalars(found.limit(1))).one_or_none() is not None


async def roles_of(session: AsyncSession, people: Collection[UUID]) -> list[RoleAssignment]:
    found = select(RoleAssignment).where(among(RoleAssignment.person_id, people))
    return list(await session.scalars(found))

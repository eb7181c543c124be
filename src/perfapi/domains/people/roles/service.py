from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.people import policy
from perfapi.domains.people.errors import LastAdministrator
from perfapi.domains.people.events import RoleAssigned, RoleWithdrawn
from perfapi.domains.people.locks import lock_structure
from perfapi.domains.people.models import Role, RoleAssignment
from perfapi.domains.people.queries import find_person

from . import queries
from .schemas import RoleAssignmentCreate


async def assign_role(
    session: AsyncSession, actor: Actor, body: RoleAssignmentCreate
) -> RoleAssignment:
    await lock_structure(session)
    await access.ensure(session, policy.MANAGE_ROLES)
    person = await find_person(session, body.person_id)
    if person is None:
        raise invalid("/person_id", "not_found", "There is no such person.")
    if person.has_left:
        raise invalid("/person_id", "has_left", "They have left.")
    if body.department_id is not None:
        if body.role == "admin":
            detail = "Administrators are administrators of the whole organization."
            raise invalid("/department_id", "not_for_administrators", detail)
        if not await queries.department_exists(session, body.department_id):
            raise invalid("/department_id", "not_found", "There is no such department.")
    assignment = RoleAssignment(
        id=uuid7(),
        person_id=person.id,
        role=Role(body.role),
        department_id=body.department_id,
    )
    session.add(assignment)
    await session.flush()
    assigned = RoleAssigned(
        person_id=person.id,
        role_assignment_id=assignment.id,
        role=body.role,
        department_id=body.department_id,
    )
    publish(session, assigned, by=actor.person_id)
    return assignment


async def withdraw_role(
    session: AsyncSession, actor: Actor, role_assignment_id: UUID, version: int | None
) -> None:
    await lock_structure(session)
    assignment = await queries.get_role_to_withdraw(session, role_assignment_id)
    assignment.expect(version)
    if assignment.role is Role.ADMIN:
        await ensure_administrator_remains(session, [assignment.person_id])
    await _withdraw(session, [assignment], by=actor.person_id)


async def ensure_administrator_remains(session: AsyncSession, people: Collection[UUID]) -> None:
    """Unless none of these people is one. The lock of the structure is held."""
    if not await queries.administrators_among(session, people):
        return
    if not await queries.has_other_administrators(session, people):
        raise LastAdministrator()


async def withdraw_roles_of(
    session: AsyncSession, people: Collection[UUID], *, by: UUID | None
) -> None:
    """All of them; `ensure_administrator_remains` was asked before."""
    await _withdraw(session, await queries.roles_of(session, people), by=by)


async def _withdraw(
    session: AsyncSession, assignments: Collection[RoleAssignment], *, by: UUID | None
) -> None:
    for assignment in assignments:
        withdrawn = RoleWithdrawn(
            person_id=assignment.person_id,
            role_assignment_id=assignment.id,
            role=assignment.role.value,
            department_id=assignment.department_id,
        )
        await session.delete(assignment)
        publish(session, withdrawn, by=by)
    await session.flush()

from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.people.errors import LastAdministrator, OnlyAdministrators, RoleHeld

from . import queries, schemas, service

router = Router(prefix="/role-assignments", tags=["people"])

Reader = Annotated[Actor, requires("people:read")]
Writer = Annotated[Actor, requires("people:write")]


@router.get("")
async def list_role_assignments(
    session: TenantSession,
    actor: Reader,
    filters: Annotated[schemas.RoleAssignmentFilter, Query()],
) -> Json[schemas.RoleAssignmentPage]:
    """Who is an administrator or an HR partner, the latest first. Everybody may know."""
    return await queries.list_role_assignments(session, filters)


@router.post("", status_code=201, responses=problems(OnlyAdministrators, RoleHeld))
async def assign_role(
    session: TenantSession, actor: Writer, body: Body[schemas.RoleAssignmentCreate]
) -> Json[schemas.RoleAssignment]:
    """Make somebody an administrator, or HR of all or of some departments. For administrators.

    It counts from the person's next request on.
    """
    assignment = await service.assign_role(session, actor, body)
    answer = await queries.role_after_change(session, assignment.id)
    return answer.created(f"/v1/role-assignments/{assignment.id}")


@router.get("/{role_assignment_id}", responses=problems(NotFound))
async def get_role_assignment(
    session: TenantSession, actor: Reader, role_assignment_id: UUID
) -> Json[schemas.RoleAssignment]:
    """One role of one person."""
    return await queries.read_role_assignment(session, role_assignment_id)


@router.delete(
    "/{role_assignment_id}",
    status_code=204,
    responses=problems(NotFound, OnlyAdministrators, LastAdministrator, *CHANGE_PROBLEMS),
)
async def withdraw_role(
    session: TenantSession, actor: Writer, role_assignment_id: UUID, version: ExpectedVersion
) -> None:
    """Withdraw a role. For administrators; the last of them keeps theirs.

    It counts from the person's next request on.
    """
    await service.withdraw_role(session, actor, role_assignment_id, version)

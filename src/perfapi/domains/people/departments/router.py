from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, StillReferenced, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.people.errors import DepartmentCircular, NameTaken, OnlyHr

from . import queries, schemas, service

router = Router(prefix="/departments", tags=["people"])

Reader = Annotated[Actor, requires("people:read")]
Writer = Annotated[Actor, requires("people:write")]


@router.get("")
async def list_departments(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.DepartmentFilter, Query()]
) -> Json[schemas.DepartmentPage]:
    """All departments by name, with how many people work in each and below."""
    return await queries.list_departments(session, filters)


@router.post("", status_code=201, responses=problems(OnlyHr, NameTaken))
async def add_department(
    session: TenantSession, actor: Writer, body: Body[schemas.DepartmentCreate]
) -> Json[schemas.Department]:
    """Add a department. Below a department for its HR, at the top for HR of all."""
    department = await service.add_department(session, actor, body)
    answer = await queries.department_after_change(session, department.id)
    return answer.created(f"/v1/departments/{department.id}")


@router.get("/{department_id}", responses=problems(NotFound))
async def get_department(
    session: TenantSession, actor: Reader, department_id: UUID
) -> Json[schemas.Department]:
    """One department."""
    return await queries.read_department(session, department_id)


@router.patch(
    "/{department_id}",
    responses=problems(NotFound, OnlyHr, NameTaken, DepartmentCircular, *CHANGE_PROBLEMS),
)
async def update_department(
    session: TenantSession,
    actor: Writer,
    department_id: UUID,
    body: Body[schemas.DepartmentUpdate],
    version: ExpectedVersion,
) -> Json[schemas.Department]:
    """Rename a department, or move it with everything below. For its HR.

    Whoever moves it must be HR of the department above it too.
    """
    await service.update_department(session, actor, department_id, body, version)
    return await queries.department_after_change(session, department_id)


@router.delete(
    "/{department_id}",
    status_code=204,
    responses=problems(NotFound, OnlyHr, StillReferenced, *CHANGE_PROBLEMS),
)
async def remove_department(
    session: TenantSession, actor: Writer, department_id: UUID, version: ExpectedVersion
) -> None:
    """Remove a department to which nobody belongs and below which there is none. For its HR."""
    await service.remove_department(session, actor, department_id, version)

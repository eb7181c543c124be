from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.feedback.errors import OnlyHrKeepsValues

from . import queries, schemas, service
from .errors import ValueNameTaken

router = Router(prefix="/company-values", tags=["feedback"])

Reader = Annotated[Actor, requires("feedback:read")]
Writer = Annotated[Actor, requires("feedback:write")]


@router.get("", responses=problems(CursorInvalid))
async def list_company_values(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.CompanyValueFilter, Query()]
) -> Json[schemas.CompanyValuePage]:
    """What the organization wants to be praised for, by name."""
    return await queries.list_company_values(session, filters)


@router.post("", status_code=201, responses=problems(OnlyHrKeepsValues, ValueNameTaken))
async def add_company_value(
    session: TenantSession, actor: Writer, body: Body[schemas.CompanyValueCreate]
) -> Json[schemas.CompanyValue]:
    """Name a value. For HR of the whole organization and administrators."""
    value_id = await service.add_company_value(session, actor, body)
    answer = await queries.company_value_after_change(session, value_id)
    return answer.created(f"/v1/company-values/{value_id}")


@router.get("/{company_value_id}", responses=problems(NotFound))
async def get_company_value(
    session: TenantSession, actor: Reader, company_value_id: UUID
) -> Json[schemas.CompanyValue]:
    """One value, offered or not."""
    return await queries.read_company_value(session, company_value_id)


@router.patch(
    "/{company_value_id}",
    responses=problems(NotFound, OnlyHrKeepsValues, ValueNameTaken, *CHANGE_PROBLEMS),
)
async def update_company_value(
    session: TenantSession,
    actor: Writer,
    company_value_id: UUID,
    body: Body[schemas.CompanyValueUpdate],
    version: ExpectedVersion,
) -> Json[schemas.CompanyValue]:
    """Word a value anew, or offer it no longer. Feedback that speaks of it keeps it."""
    await service.update_company_value(session, actor, company_value_id, body, version)
    return await queries.company_value_after_change(session, company_value_id)

from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.domains.people.errors import OnlyHr
from perfapi.domains.people.schemas import PersonRefPage

from . import queries, schemas

router = Router(tags=["people"])

Reader = Annotated[Actor, requires("people:read")]


@router.get("/org-chart/{person_id}/managers", responses=problems(NotFound, OnlyHr))
async def list_managers(
    session: TenantSession,
    actor: Reader,
    person_id: UUID,
    filters: Annotated[schemas.ManagerFilter, Query()],
) -> Json[schemas.ManagerChain]:
    """The chain of managers above a person, nearest first, today or on another day.

    People whom you do not see (who have left since) are left out; `depth` still counts them.
    """
    return await queries.list_managers(session, person_id, filters.as_of)


@router.get("/org-chart/{person_id}/reports", responses=problems(NotFound, OnlyHr))
async def list_reports(
    session: TenantSession,
    actor: Reader,
    person_id: UUID,
    filters: Annotated[schemas.ReportFilter, Query()],
) -> Json[PersonRefPage]:
    """Who reports to a person, directly or over any number of steps, by name."""
    return await queries.list_reports(session, person_id, filters)


@router.get("/org-chart", responses=problems(OnlyHr))
async def get_org_chart(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.OrgChartFilter, Query()]
) -> Json[schemas.OrgChart]:
    """Everybody who works here and whom they report to, today or on another day.

    On a day in the past it shows who was here then and whom you see today: people who have left
    since are shown to those who may see leavers. Of whom no first day is known, it is taken that
    they were here. Plans for later days are for HR of all
    departments and administrators.
    """
    return await queries.read_org_chart(session, filters.as_of)

from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.documents import OUT_OF_SIGHT
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.people.errors import (
    HasLeft,
    LineCircular,
    LineEnded,
    LineOverlaps,
    OnlyHr,
    OnlyHrOfReports,
)

from . import queries, schemas, service

router = Router(tags=["people"])

Reader = Annotated[Actor, requires("people:read")]
Writer = Annotated[Actor, requires("people:write")]


@router.get("/org-chart/{person_id}/reporting-lines", responses=problems(NotFound))
async def list_reporting_lines(
    session: TenantSession,
    actor: Reader,
    person_id: UUID,
    filters: Annotated[schemas.ReportingLineFilter, Query()],
) -> Json[schemas.ReportingLinePage]:
    """Whom a person reports to and reported to, the latest line first.

    Lines that are still to come are shown to the person's HR and to administrators; lines to
    people whom you do not see are left out.
    """
    return await queries.list_lines(session, person_id, filters)


@router.post(
    "/org-chart/{person_id}/reporting-lines",
    status_code=201,
    responses=problems(NotFound, OnlyHr, OnlyHrOfReports, HasLeft, LineCircular, LineOverlaps)
    | OUT_OF_SIGHT,
)
async def add_reporting_line(
    session: TenantSession,
    actor: Writer,
    person_id: UUID,
    body: Body[schemas.ReportingLineCreate],
) -> Json[schemas.ReportingLine]:
    """Draw a line to a manager, from a day in the past or the future on. For HR.

    A primary line holds until the day for which another one is planned; the line that it replaces
    ends. `manager_id: null` ends the primary line on that day and answers 204. Nobody may, on any
    day, report to themselves over any number of steps.
    """
    line = await service.add_line(session, actor, person_id, body)
    if line is None:
        return Json(None)
    answer = await queries.line_after_change(session, line.id)
    return answer.created(f"/v1/reporting-lines/{line.id}")


@router.get("/reporting-lines/{line_id}", responses=problems(NotFound))
async def get_reporting_line(
    session: TenantSession, actor: Reader, line_id: UUID
) -> Json[schemas.ReportingLine]:
    """One reporting line."""
    return await queries.read_line(session, line_id)


@router.delete(
    "/reporting-lines/{line_id}",
    status_code=204,
    responses=problems(NotFound, OnlyHr, OnlyHrOfReports, HasLeft, LineEnded, *CHANGE_PROBLEMS),
)
async def end_reporting_line(
    session: TenantSession, actor: Writer, line_id: UUID, version: ExpectedVersion
) -> None:
    """End a line today; one that is still to come is taken back. For HR."""
    await service.end_line(session, actor, line_id, version)

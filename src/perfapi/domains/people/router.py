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

from . import queries, schemas, service
from .errors import (
    EmailTaken,
    ExternalIdTaken,
    HasLeft,
    HasNotLeft,
    LastAdministrator,
    LeavesBeforeJoining,
    LineCircular,
    OnlyAdministrators,
    OnlyHr,
    OnlyHrOfReports,
)
from .past import queries as past
from .past.queries import moment_of

router = Router(tags=["people"])

Reader = Annotated[Actor, requires("people:read")]
Writer = Annotated[Actor, requires("people:write")]


@router.get("/people")
async def list_people(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.PersonFilter, Query()]
) -> Json[schemas.PersonPage]:
    """The directory. Who has left is shown to their last managers, their HR and administrators."""
    if moment := await moment_of(session, filters.as_of):
        return await past.list_people_of_then(session, filters, moment)
    return await queries.list_people(session, filters)


@router.post("/people", status_code=201, responses=problems(OnlyHr, ExternalIdTaken, EmailTaken))
async def add_person(
    session: TenantSession, actor: Writer, body: Body[schemas.PersonCreate]
) -> Json[schemas.PersonDetail]:
    """Add a person. For HR, in their departments; without a department for HR of all.

    The line to the manager begins on the day on which both were here, as far as that is known.
    """
    person = await service.add_person(session, actor, body)
    answer = await queries.person_after_change(session, person.id)
    return answer.created(f"/v1/people/{person.id}")


@router.get("/people/{person_id}", responses=problems(NotFound))
async def get_person(
    session: TenantSession,
    actor: Reader,
    person_id: UUID,
    asked: Annotated[schemas.PersonMoment, Query()],
) -> Json[schemas.PersonDetail]:
    """One person, with managers, teams, roles and what of the employment is for your eyes."""
    if moment := await moment_of(session, asked.as_of):
        return await past.read_person_of_then(session, person_id, moment)
    return await queries.read_person(session, person_id)


@router.patch(
    "/people/{person_id}",
    responses=problems(
        NotFound,
        OnlyHr,
        OnlyHrOfReports,
        OnlyAdministrators,
        HasLeft,
        ExternalIdTaken,
        EmailTaken,
        LineCircular,
        LeavesBeforeJoining,
        *CHANGE_PROBLEMS,
    )
    | OUT_OF_SIGHT,
)
async def update_person(
    session: TenantSession,
    actor: Writer,
    person_id: UUID,
    body: Body[schemas.PersonUpdate],
    version: ExpectedVersion,
) -> Json[schemas.PersonDetail]:
    """Change a person. For their HR and administrators.

    `manager_id` draws a primary line from today on, `attributes` are merged. The e-mail address
    of whoever holds a role is changed by administrators only; into another department people are
    put by its HR.
    """
    await service.update_person(session, actor, person_id, body, version)
    return await queries.person_after_change(session, person_id)


@router.post(
    "/employments/{person_id}/leave",
    responses=problems(NotFound, OnlyHr, HasLeft, LastAdministrator) | OUT_OF_SIGHT,
)
async def record_leaving(
    session: TenantSession, actor: Writer, person_id: UUID, body: Body[schemas.LeavingRecord]
) -> Json[schemas.PersonDetail]:
    """Record that somebody leaves. For their HR and administrators.

    Up to today it counts at once: their sessions end, their lines end on that day, their reports
    go to the manager above, roles and teams are given up. A later day is kept as planned, known
    to HR and administrators only, and carried out when it comes.
    """
    await service.record_leaving(session, actor, person_id, body)
    return await queries.person_after_change(session, person_id)


@router.post(
    "/employments/{person_id}/return",
    responses=problems(NotFound, OnlyHr, OnlyHrOfReports, HasNotLeft, LineCircular) | OUT_OF_SIGHT,
)
async def record_return(
    session: TenantSession, actor: Writer, person_id: UUID, body: Body[schemas.ReturnRecord]
) -> Json[schemas.PersonDetail]:
    """Record that somebody who left is here again, or that a planned leaving does not happen.

    Lines, roles and teams that were given up do not come back by themselves.
    """
    await service.record_return(session, actor, person_id, body)
    return await queries.person_after_change(session, person_id)

from typing import Annotated

from fastapi import Path

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body, Line
from perfapi.domains.people.errors import LastAdministrator, LineCircular, OnlyHr
from perfapi.domains.people.queries import person_after_change
from perfapi.domains.people.schemas import PersonDetail

from . import queries, schemas, service

router = Router(prefix="/people", tags=["people"])

Writer = Annotated[Actor, requires("people:write")]
ExternalIdInPath = Annotated[
    Line,
    Path(max_length=100, pattern=r"^\S(.*\S)?$", description="The id in your HRIS."),
]


@router.put(
    "/by-external-id/{external_id:path}",
    responses={
        201: {"description": "The person was added."},
        **problems(OnlyHr, LastAdministrator, LineCircular),
    },
)
async def upsert_person(
    session: TenantSession,
    actor: Writer,
    external_id: ExternalIdInPath,
    body: Body[schemas.PersonUpsert],
) -> Json[PersonDetail]:
    """Add or change the person with this id in your HRIS. For HR of all and administrators.

    What is left out stays as it is. Sending the same again changes nothing. Of somebody without
    such an id, the e-mail address tells that it is them.
    """
    planned = await service.upsert_person(session, actor, (external_id, body))
    assert planned.person_id is not None
    answer = await person_after_change(session, planned.person_id)
    is_new = planned.outcome == "create"
    return answer.created(f"/v1/people/{planned.person_id}") if is_new else answer


@router.post("/batch-upsert", responses=problems(OnlyHr, LastAdministrator, LineCircular))
async def batch_upsert_people(
    session: TenantSession, actor: Writer, body: Body[schemas.PersonBatch]
) -> Json[schemas.UpsertResults]:
    """Add or change up to 1,000 people by their ids in your HRIS, in one transaction.

    Managers may come before or after their reports. A row with errors is not carried out, the
    others are; with `dry_run` none is. For HR of all departments and administrators.
    """
    rows = [(row.external_id, row) for row in body.people]
    planned = await service.upsert_people(session, actor, rows, dry_run=body.dry_run)
    return queries.results(planned, added=not body.dry_run)

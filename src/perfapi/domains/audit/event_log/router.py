from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import StreamingResponse

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.audit import tell_of_read
from perfapi.core.clock import utcnow
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, problems
from perfapi.core.routing import Router
from perfapi.domains.audit import policy
from perfapi.domains.audit.errors import OnlyAdministrators

from . import queries, schemas

router = Router(prefix="/event-log", tags=["audit"])

Reader = Annotated[Actor, requires("audit:read")]


def _about_another(actor: Actor, wanted: schemas.Wanted) -> UUID | None:
    """Whose doings, or what somebody else did with it, is looked up: anybody's but your own."""
    asked = (wanted.actor_id, wanted.subject_id)
    return next((one for one in asked if one not in {None, actor.person_id}), None)


@router.get("", responses=problems(OnlyAdministrators, CursorInvalid))
async def list_event_log(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.LogFilter, Query()]
) -> Json[schemas.LogPage]:
    """What has happened in the organization, the newest first. For administrators.

    Facts hold ids, never what people wrote. What was done anonymously names nobody, here neither.
    """
    answer = await queries.list_event_log(session, filters)
    about = _about_another(actor, filters)
    if about is not None and filters.cursor is None:
        tell_of_read(session, actor, "event-log", about)
    return answer


_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "UTF-8, a heading, one line per fact.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses=_CSV | problems(OnlyAdministrators),
)
async def export_event_log(
    request: Request,
    session: TenantSession,
    actor: Reader,
    query: Annotated[schemas.LogExportQuery, Query()],
) -> StreamingResponse:
    """The same as CSV, all of it that the filters let through. For administrators."""
    await access.ensure(session, policy.READ_EVENT_LOG)
    tell_of_read(session, actor, "event-log/export", _about_another(actor, query))
    name = f"event-log-{utcnow():%Y-%m-%d}.csv"
    return StreamingResponse(
        queries.export_rows(request.app.state.sessions, actor, query),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )

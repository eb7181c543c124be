from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import StreamingResponse

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.clock import utcnow
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, problems
from perfapi.core.reads import tell_of_read
from perfapi.core.routing import Router
from perfapi.domains.audit import policy
from perfapi.domains.audit.errors import OnlyAdministrators

from . import queries, schemas

router = Router(prefix="/event-log", tags=["audit"])

Reader = Annotated[Actor, requires("audit:read")]


@router.get("", responses=problems(OnlyAdministrators, CursorInvalid))
async def list_event_log(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.LogFilter, Query()]
) -> Json[schemas.LogPage]:
    """What has happened in the organization, the newest first. For administrators.

    Facts hold ids, never what people wrote. What was done anonymously names nobody, here neither.
    """
    answer = await queries.list_event_log(session, filters)
    others = {filters.actor_id, filters.subject_id} - {None, actor.person_id}
    if others and filters.cursor is None:
        tell_of_read(session, actor, "event-log", filters.actor_id or filters.subject_id)
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
    tell_of_read(session, actor, "event-log/export", query.actor_id or query.subject_id)
    name = f"event-log-{utcnow():%Y-%m-%d}.csv"
    return StreamingResponse(
        queries.export_rows(request.app.state.sessions, actor, query),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )

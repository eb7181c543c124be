from typing import Annotated

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import problems
from perfapi.core.operations import OperationDocument, read_operation
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.domains.audit.errors import OnlyAdministrators

from . import queries, schemas, service

router = Router(prefix="/event-log", tags=["audit"])

Reader = Annotated[Actor, requires("audit:read")]
Verifier = Annotated[Actor, requires("audit:write")]


@router.get("/head", responses=problems(OnlyAdministrators))
async def get_event_log_head(session: TenantSession, actor: Reader) -> Json[schemas.ChainHead]:
    """Where the chain over the event log ends, and what its last verification found.

    Keep it elsewhere, as an anchor: whoever rewrites the log later, the chain included, cannot
    rewrite your copy. For administrators.
    """
    return await queries.read_head(session)


@router.post("/verify", status_code=202, responses=problems(OnlyAdministrators))
async def verify_event_log(
    session: TenantSession, actor: Verifier, body: Body[schemas.Verification]
) -> Json[OperationDocument]:
    """Look whether the event log is still what it was, from the first entry to the last.

    It finds what was changed, removed, inserted or put in another order by going past the
    application. With an `anchor`, a head that you kept, it also finds a log that was rewritten as
    a whole. Answers with an operation; its result is `{outcome, count, position, erased, waiting,
    broken_at, broken_by}`. For administrators.
    """
    asked = await service.request_verification(session, body, by=actor.person_id)
    answer = await read_operation(session, asked.id)
    return answer.accepted(f"/v1/operations/{asked.id}")

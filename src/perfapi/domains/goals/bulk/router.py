from typing import Annotated

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.operations import OperationDocument, read_operation, request_operation
from perfapi.core.routing import Router
from perfapi.core.schema import Body

from . import schemas, service

router = Router(tags=["goals"])

Writer = Annotated[Actor, requires("goals:write")]


@router.post("/goals/bulk", status_code=202)
async def set_goals_in_bulk(
    session: TenantSession, actor: Writer, body: Body[schemas.GoalBulk]
) -> Json[OperationDocument]:
    """Set the same goals for many people: for each whom you may set goals for, the others are told.

    Answers with an operation. Its result is `{mode, goals, people, left_out, left_out_people}`;
    somebody is left out with a reason: `not_yours_to_set` or `has_left`. `dry_run` sets nothing.
    `apply` sets all of them or none; at most 5,000 at once.
    """
    await service.check_bulk(session, body)
    asked = await request_operation(
        session, "set_goals_in_bulk", by=actor.person_id, bulk=body.model_dump_json()
    )
    answer = await read_operation(session, asked.id)
    return answer.accepted(f"/v1/operations/{asked.id}")

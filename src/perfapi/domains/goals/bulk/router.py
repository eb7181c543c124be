from typing import Annotated
from uuid import UUID

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.operations import OperationDocument, read_operation, request_operation
from perfapi.core.routing import Router
from perfapi.core.schema import Body

from . import schemas, service, taking_back
from .errors import NothingToTakeBack

router = Router(tags=["goals"])

Writer = Annotated[Actor, requires("goals:write")]


@router.post("/goals/bulk", status_code=202)
async def set_goals_in_bulk(
    session: TenantSession, actor: Writer, body: Body[schemas.GoalBulk]
) -> Json[OperationDocument]:
    """Set the same goals for many people: for each whom you may set goals for, the others are told.

    Answers with an operation. Its result is `{mode, goals, people, chosen_people, left_out,
    left_out_people}`; of those who are chosen it names each with how many goals they get; somebody
    is left out with a reason: `not_yours_to_set`, `has_left` or `has_one_already`. Both lists end
    after 200. `dry_run` sets nothing. `apply` sets all of them or none; at most 5,000 at once.
    """
    await service.check_bulk(session, body)
    asked = await request_operation(
        session, "set_goals_in_bulk", by=actor.person_id, bulk=body.model_dump_json()
    )
    answer = await read_operation(session, asked.id)
    return answer.accepted(f"/v1/operations/{asked.id}")


@router.post(
    "/goals/bulk/{operation_id}/take-back",
    status_code=202,
    responses=problems(NotFound, NothingToTakeBack),
)
async def take_back_goals(
    session: TenantSession, actor: Writer, operation_id: UUID
) -> Json[OperationDocument]:
    """Take back goals that you set in bulk, as far as nobody touched them since.

    Drafts are deleted, active goals are cancelled. A goal stays if it or its key results were
    changed, checked in on or talked about, if somebody joined it or aligned to it, or if you may
    not cancel it any more. Answers with an operation; its result is `{goals, kept}`.
    """
    await taking_back.ensure_can_be_taken_back(session, operation_id)
    asked = await request_operation(
        session, "take_back_goals", by=actor.person_id, run=str(operation_id)
    )
    answer = await read_operation(session, asked.id)
    return answer.accepted(f"/v1/operations/{asked.id}")

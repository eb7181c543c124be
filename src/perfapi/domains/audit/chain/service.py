from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.chain import EventChain
from perfapi.core.clock import utcnow
from perfapi.core.operations import Operation, request_operation
from perfapi.domains.audit import policy

from . import queries, schemas


async def request_verification(
    session: AsyncSession, body: schemas.Verification, *, by: UUID
) -> Operation:
    await access.ensure(session, policy.READ_EVENT_LOG)
    asked = body.model_dump_json()
    return await request_operation(session, "verify_event_log", by=by, verification=asked)


async def verify(
    transaction: queries.Transaction,
    organization: UUID,
    *,
    anchor: schemas.Anchor | None = None,
    tell: queries.Tell | None = None,
) -> schemas.Verdict:
    """Walks along the chain, and notes beside its head what came of it."""
    verdict = await queries.verify(transaction, organization, anchor=anchor, tell=tell)
    noted = {"checked_at": utcnow(), "verdict": verdict.model_dump(mode="json")}
    async with transaction() as session:
        await session.execute(update(EventChain).values(noted))
    return verdict

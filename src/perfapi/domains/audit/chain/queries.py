from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.answers import Json
from perfapi.core.chain import Entry, entries, genesis
from perfapi.core.db import facts
from perfapi.domains.audit import policy

from . import schemas
from .checking import Break, Broken, Head, Walk

PAGE = 1_000

_HEAD = text(
    "SELECT coalesce(c.count, 0) AS count, coalesce(c.position, 0) AS position, c.chain, "
    "  c.chained_at, c.checked_at, c.verdict, "
    "  (SELECT count(*) FROM event_log e WHERE e.organization_id = :organization "
    "   AND (e.position > coalesce(c.position, 0) OR e.position IS NULL) AND e.chain IS NULL) "
    "  AS waiting "
    "FROM (VALUES (1)) AS always LEFT JOIN event_chains c ON c.organization_id = :organization"
)
# In one statement, since the chain goes on meanwhile.
_STATE = text(
    f"SELECT h.*, "
    "  (SELECT count(*) FROM event_log e WHERE e.organization_id = :organization "
    "   AND e.position <= h.position) AS held, "
    "  (SELECT min(e.position) FROM event_log e WHERE e.organization_id = :organization "
    "   AND e.position > h.position AND e.chain IS NOT NULL) AS beyond "
    f"FROM ({_HEAD.text}) h"
)


async def read_head(session: AsyncSession) -> Json[schemas.ChainHead]:
    await access.ensure(session, policy.READ_EVENT_LOG)
    organization = facts(session)["organization"]
    row = (await session.execute(_HEAD, {"organization": organization})).one()
    verified = row.verdict and row.verdict | {"at": row.checked_at}
    document = {
        "count": row.count,
        "position": row.position,
        "chain": (row.chain or genesis(organization)).hex(),
        "chained_at": row.chained_at,
        "waiting": row.waiting,
        "verified": verified,
    }
    return Json(to_json(document))


Transaction = Callable[[], AbstractAsyncContextManager[AsyncSession]]
Tell = Callable[[int, int], Awaitable[None]]


async def verify(
    transaction: Transaction,
    organization: UUID,
    *,
    anchor: schemas.Anchor | None = None,
    tell: Tell | None = None,
) -> schemas.Verdict:
    """Walks along the whole chain as it is now, a page at a time, each in a short transaction."""
    async with transaction() as session:
        state: Any = (await session.execute(_STATE, {"organization": organization})).one()
    start = genesis(organization)
    head = Head(state.count, state.position, state.chain or start)
    kept = None
    if anchor is not None:
        kept = Head(anchor.count, anchor.position, bytes.fromhex(anchor.chain))
    walk = Walk(head, start, missing=head.count - state.held, anchor=kept)
    broken: Broken | None = None
    try:
        await walk.along(_pages(transaction, organization, head, tell))
        if state.beyond is not None:
            raise Broken(Break.INSERTED, state.beyond)
    except Broken as found:
        broken = found
    return schemas.Verdict(
        outcome="broken" if broken else "whole",
        count=walk.count,
        position=walk.position,
        erased=walk.erased,
        waiting=state.waiting,
        broken_at=broken.at if broken else None,
        broken_by=broken.by if broken else None,
    )


async def _pages(
    transaction: Transaction, organization: UUID, head: Head, tell: Tell | None
) -> AsyncIterator[Entry]:
    after, done = -(2**63), 0
    while True:
        async with transaction() as session:
            page = await entries(session, organization, after=after, until=head.position, most=PAGE)
        for entry in page:
            yield entry
        if len(page) < PAGE:
            return
        after, done = page[-1].position, done + len(page)
        if tell is not None:
            await tell(min(done, head.count), head.count)

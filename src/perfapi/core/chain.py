"""The event log as a chain: who changes, removes or inserts an entry breaks it.

Each entry has a salted digest of what it says; each link covers the link before and the digest.
Both are added after the commit, per organization and in the order of position: in the request they
would make everybody wait for everybody. An erased entry keeps its digest, so the chain holds.
"""

import logging
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from . import crypto
from .db import Base, Owned, Sessions, in_organization
from .events import AT_ONCE

log = logging.getLogger(__name__)


class EventChain(Owned, Base):
    """How far the log of an organization is chained, and what came of the last check."""

    __tablename__ = "event_chains"

    count: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int] = mapped_column(BigInteger)
    chain: Mapped[bytes] = mapped_column(LargeBinary)
    chained_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    verdict: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Entry(NamedTuple):
    """A row of the log as the database spells it, so that one spelling is digested everywhere."""

    position: int
    id: str
    topic: str
    schema_version: int
    subject_id: str | None
    actor_id: str | None
    payload: str | None
    occurred_at: str
    salt: bytes | None
    digest: bytes | None
    chain: bytes | None

    @property
    def is_erased(self) -> bool:
        return self.payload is None and self.salt is None

    @property
    def is_intact(self) -> bool:
        """Whether it says what it said when it was chained; of an erased one nobody can tell."""
        if self.digest is None:
            return False
        return self.is_erased or self.digest == self.digested()

    def digested(self) -> bytes | None:
        if self.salt is None or len(self.salt) < crypto.SALT_BYTES:
            return None
        says = self._asdict()
        for name in ("salt", "digest", "chain"):
            del says[name]
        return crypto.digest(self.salt, crypto.canonical_json(says))

    def follows(self, chain: bytes) -> bool:
        return self.digest is not None and self.chain == link(chain, self.digest, self)


def genesis(organization: UUID) -> bytes:
    """Where the chain of an organization begins."""
    return sha256(b"perfapi event log " + organization.bytes).digest()


def link(before: bytes, digest: bytes, entry: Entry) -> bytes:
    """The same as `extend_chain` of the database computes. It covers what erasure leaves."""
    what = f"{entry.position} {entry.id} {entry.topic} {entry.occurred_at}"
    return sha256(before + digest + what.encode()).digest()


_COLUMNS = (
    "position, id::text, topic, schema_version, subject_id::text, actor_id::text, payload::text, "
    "extract(epoch FROM occurred_at)::text, salt, digest, chain"
)
_PAGE = text(
    f"SELECT {_COLUMNS} FROM event_log "
    "WHERE organization_id = :organization AND position > :after AND position <= :until "
    "ORDER BY position LIMIT :most"
)
_NEXT = text(
    f"SELECT {_COLUMNS} FROM event_log "
    "WHERE organization_id = :organization AND position > :after AND chain IS NULL "
    "ORDER BY position LIMIT :most"
)
_HEAD = text("SELECT position, chain FROM event_chains WHERE organization_id = :organization")
_BEHIND = text("SELECT organization_id FROM chains_behind() AS organization_id")
_EXTEND = text("SELECT extend_chain(:organization, :head, :positions, :digests)")
_ERASE = text("SELECT erase_events(:ids)")


async def entries(
    session: AsyncSession, organization: UUID, *, after: int, until: int, most: int
) -> list[Entry]:
    given = {"organization": organization, "after": after, "until": until, "most": most}
    return [Entry(*row) for row in await session.execute(_PAGE, given)]


async def chain_events(sessions: Sessions, *, batch: int = AT_ONCE) -> int:
    """One batch for every organization that lags behind; tells how many entries were chained."""
    async with sessions.begin() as session:
        behind = (await session.scalars(_BEHIND)).all()
    count = 0
    for organization in behind:
        try:
            async with in_organization(sessions, organization) as session:
                count += await _extend(session, organization, batch)
        except Exception:  # one organization holds up no other
            log.exception("the chain of %s stumbled", organization)
    return count


async def _extend(session: AsyncSession, organization: UUID, batch: int) -> int:
    head = (await session.execute(_HEAD, {"organization": organization})).one_or_none()
    position, chain = head or (0, genesis(organization))
    given = {"organization": organization, "after": position, "most": batch}
    fresh = [Entry(*row) for row in await session.execute(_NEXT, given)]
    if not fresh:
        return 0
    # What was erased before it was chained says nothing any more: its place and kind are chained.
    digests = [entry.digested() or secrets.token_bytes(32) for entry in fresh]
    positions = [entry.position for entry in fresh]
    extended = {"organization": organization, "head": chain, "positions": positions}
    filled: int = (await session.execute(_EXTEND, extended | {"digests": digests})).scalar_one()
    return filled


async def erase_events(session: AsyncSession, ids: list[UUID]) -> int:
    """Drops what these entries of the entered organization say; tells how many. For good.

    They stay in the chain, by digests that say nothing without their salt. What is not chained yet
    is left as it is: a moment later it can be erased.
    """
    erased: int = (await session.execute(_ERASE, {"ids": ids})).scalar_one()
    return erased

"""Aggregates that follow the event log: they read it in order, in batches, from where they stand.

Offset and aggregate are written in one transaction, so each event counts exactly once. Only
sequenced events are read: an event that commits late gets a later position, never one in between.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, UniqueConstraint, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, Sessions, Tenanted, facts, in_organization
from .events import AT_ONCE, LoggedEvent, subscriber_name
from .ids import uuid7

log = logging.getLogger(__name__)


class Fact(NamedTuple):
    position: int
    event_id: UUID
    topic: str
    payload: dict[str, Any] | None
    occurred_at: datetime


Projection = Callable[[AsyncSession, Sequence[Fact]], Awaitable[None]]

PROJECTIONS: dict[str, Projection] = {}


class ProjectionOffset(Tenanted, Base):
    __tablename__ = "projection_offsets"
    __table_args__ = (UniqueConstraint("organization_id", "name"),)

    name: Mapped[str]
    position: Mapped[int] = mapped_column(BigInteger, default=0)


def projection(handler: Projection) -> Projection:
    """Registers an aggregate: it gets every fact of an organization, in order, exactly once."""
    PROJECTIONS[subscriber_name(handler)] = handler
    return handler


_BEHIND = text("SELECT organization_id, name FROM projections_behind(:names)")
_BEGIN = text(
    "INSERT INTO projection_offsets (organization_id, id, name, position) "
    "VALUES (:organization, :id, :name, 0) ON CONFLICT DO NOTHING"
)


async def catch_up(sessions: Sessions, *, batch: int = AT_ONCE) -> int:
    """One batch for every aggregate that lags behind; tells how many facts were read.

    One that fails keeps its place and holds up nobody else.
    """
    if not PROJECTIONS:
        return 0
    async with sessions.begin() as session:
        behind = (await session.execute(_BEHIND, {"names": list(PROJECTIONS)})).all()
    count = 0
    for organization, name in behind:
        try:
            async with in_organization(sessions, organization) as session:
                count += await _advance(session, name, batch)
        except Exception:
            log.exception("the aggregate %s fails", name)
    return count


async def hold_place(session: AsyncSession, name: str) -> int:
    """Where an aggregate stands in the log; until the transaction ends, it stays there."""
    return (await _place(session, name)).position


async def _place(session: AsyncSession, name: str) -> ProjectionOffset:
    organization = facts(session)["organization"]
    await session.execute(_BEGIN, {"organization": organization, "id": uuid7(), "name": name})
    return (
        await session.scalars(
            select(ProjectionOffset).where(ProjectionOffset.name == name).with_for_update()
        )
    ).one()


async def _advance(session: AsyncSession, name: str, batch: int) -> int:
    offset = await _place(session, name)
    columns = (
        LoggedEvent.position,
        LoggedEvent.id,
        LoggedEvent.topic,
        LoggedEvent.payload,
        LoggedEvent.occurred_at,
    )
    rows = await session.execute(
        select(*columns)
        .where(LoggedEvent.position > offset.position)
        .order_by(LoggedEvent.position)
        .limit(batch)
    )
    found = [Fact(*row) for row in rows]
    if found:
        await PROJECTIONS[name](session, found)
        offset.position = found[-1].position
    return len(found)

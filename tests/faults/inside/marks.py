"""A subscriber and an aggregate whose effects are rows that could be written twice or never:
whether they were is what the checker looks at."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import on
from perfapi.core.projections import Fact, projection
from perfapi.domains.goals.events import CheckedIn

from .plants import is_planted

_EFFECT = text("INSERT INTO effects VALUES (:event_id)")
_READ = text("INSERT INTO facts_read VALUES (:organization, :position, :event_id)")


@on(CheckedIn)
async def leave_a_mark(session: AsyncSession, event: CheckedIn, event_id: UUID) -> None:
    if not is_planted("enqueue_before_commit"):  # which has its own way to this effect
        await session.execute(_EFFECT, {"event_id": event_id})


@projection
async def read_the_log(session: AsyncSession, found: Sequence[Fact]) -> None:
    organization = {"organization": facts(session)["organization"]}
    read = [organization | {"position": one.position, "event_id": one.event_id} for one in found]
    await session.execute(_READ, read)

from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, Text, bindparam, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import Sessions, in_organization, own_rows
from perfapi.core.documents import documents
from perfapi.core.events import LoggedEvent
from perfapi.core.listings import Listing, page
from perfapi.core.sheets import lines
from perfapi.domains.audit import policy
from perfapi.domains.people.models import Person
from perfapi.domains.people.queries import person_ref

from . import schemas

# What has no position yet may still be overtaken by a commit before it.
_IN_PLACE = LoggedEvent.position.is_not(None)

_LOG = Listing(
    schemas.LogPage,
    documents(
        schemas.LogEntry,
        LoggedEvent,
        position=cast(LoggedEvent.position, BigInteger),
        actor=person_ref(LoggedEvent.actor_id),
        subject=person_ref(LoggedEvent.subject_id),
    ).where(policy.EVENT_LOG, _IN_PLACE),
    schemas.LogFilter,
    sorts={"newest": (LoggedEvent.position.desc(), LoggedEvent.id.desc())},
    since=lambda instant: LoggedEvent.occurred_at >= instant,
    until=lambda instant: LoggedEvent.occurred_at < instant,
)


async def list_event_log(
    session: AsyncSession, filters: schemas.LogFilter
) -> Json[schemas.LogPage]:
    await access.ensure(session, policy.READ_EVENT_LOG)
    return await page(session, _LOG, filters)


COLUMNS = (
    "position",
    "occurred_at",
    "topic",
    "actor_id",
    "actor",
    "subject_id",
    "subject",
    "payload",
)
ROWS_AT_ONCE = 1_000


@lru_cache(maxsize=64)
def _rows(given: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    actor, subject = aliased(Person), aliased(Person)
    return own_rows(
        select(
            LoggedEvent.position,
            LoggedEvent.occurred_at,
            LoggedEvent.topic,
            LoggedEvent.actor_id,
            actor.name,
            LoggedEvent.subject_id,
            subject.name,
            cast(LoggedEvent.payload, Text),
        )
        .outerjoin(actor, actor.id == LoggedEvent.actor_id)
        .outerjoin(subject, subject.id == LoggedEvent.subject_id)
        .where(
            policy.EVENT_LOG,
            LoggedEvent.position < bindparam("before"),
            *(_LOG.conditions[name] for name in given),
        )
        .order_by(LoggedEvent.position.desc())
        .limit(ROWS_AT_ONCE)
    )


async def export_rows(
    sessions: Sessions, actor: Actor, query: schemas.LogExportQuery
) -> AsyncIterator[str]:
    """CSV in pieces, each read in a short transaction of its own: a slow reader holds none up."""
    given = {name: value for name, value in query if value is not None}
    statement, before = _rows(tuple(sorted(given))), 2**63 - 1
    values = {f"given_{name}": value for name, value in given.items()}
    yield lines([COLUMNS])
    while True:
        async with in_organization(sessions, actor.organization_id, you=actor.person_id) as session:
            rows = (await session.execute(statement, values | {"before": before})).all()
        if not rows:
            return
        before = rows[-1].position
        yield lines([tuple(row) for row in rows])

"""The event log: a change and the fact that tells of it commit together.

It is outbox, audit trail, source of webhooks and feed of the aggregates. It holds no secret and no
text that people wrote about each other, and rows are never changed by the application: position,
digest and chain are added after the commit (see `deliveries.py` and `chain.py`).
"""

import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import BigInteger, Index, LargeBinary, func, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, Tenanted, facts

E_ = TypeVar("E_", bound="Event")

EVENTS_PER_STATEMENT = 1_000
AT_ONCE = 2_000
"""How many events those who follow the log take into one transaction: with fewer of them, they
spend more time on beginning and ending than on reading."""


class Event(BaseModel):
    """A fact of a domain, named in the past tense: `class GoalClosed(Event)`.

    `topic` and the field that `subject` names never change; a payload that changes in another way
    than by new fields gets a new `schema_version`.
    """

    model_config = ConfigDict(frozen=True)

    topic: ClassVar[str]
    subject: ClassVar[str]
    schema_version: ClassVar[int] = 1


class LoggedEvent(Tenanted, Base):
    __tablename__ = "event_log"
    __table_args__ = (
        Index("ix_event_log_waiting", "id", postgresql_where=text("position IS NULL")),
        Index("ix_event_log_position", "position", unique=True),
        Index("ix_event_log_organization_position", "organization_id", "position"),
        Index("ix_event_log_subject", "organization_id", "subject_id", "id"),
        Index("ix_event_log_topic", "organization_id", "topic", "position"),
        Index("ix_event_log_actor", "organization_id", "actor_id", "position"),
        Index("ix_event_log_occurred_at", "occurred_at", postgresql_using="brin"),
    )

    topic: Mapped[str]
    schema_version: Mapped[int]
    subject_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary, default=lambda: secrets.token_bytes(16))
    occurred_at: Mapped[datetime] = mapped_column(server_default=func.now())
    position: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    chain: Mapped[bytes | None] = mapped_column(LargeBinary)


Handler = Callable[[AsyncSession, Any, UUID], Awaitable[None]]

SUBSCRIBERS: dict[str, tuple[type[Event], Handler]] = {}
"""By stable name: what a delivery row refers to."""
PATIENCE: dict[str, timedelta] = {}
"""For how long a subscriber that fails is tried again, where eight times are not enough."""
_BY_TOPIC: dict[str, list[str]] = defaultdict(list)


def publish(session: AsyncSession, *events: Event, by: UUID | None) -> None:
    """Tells in the transaction of the change. Who listens hears of it after the commit."""
    session.add_all(LoggedEvent(**_entry(event, by)) for event in events)


async def publish_many(session: AsyncSession, events: Iterable[Event], *, by: UUID | None) -> None:
    """The same for as many as there are: written as they come, none is kept in memory."""
    await session.flush()
    organization = facts(session)["organization"]
    rows = ({"organization_id": organization, **_entry(event, by)} for event in events)
    while batch := list(islice(rows, EVENTS_PER_STATEMENT)):
        await session.execute(insert(LoggedEvent), batch)


def _entry(event: Event, by: UUID | None) -> dict[str, Any]:
    return {
        "topic": event.topic,
        "schema_version": event.schema_version,
        "subject_id": getattr(event, event.subject),
        "payload": event.model_dump(mode="json"),
        "actor_id": by,
    }


def on(
    event: type[E_], *, patience: timedelta | None = None
) -> Callable[[Callable[[AsyncSession, E_, UUID], Awaitable[None]]], Any]:
    """Subscribes a handler: it runs in a transaction of its own, at least once, by event id.

    With `patience` it is tried again for that long, which is for what may be out of order for
    hours and is nobody's fault here: a mail server.
    """

    def register(handler: Callable[[AsyncSession, E_, UUID], Awaitable[None]]) -> Any:
        name = subscriber_name(handler)
        if name in SUBSCRIBERS:
            raise TypeError(f"there are two handlers {name}")
        SUBSCRIBERS[name] = (event, handler)
        if patience is not None:
            PATIENCE[name] = patience
        _BY_TOPIC[event.topic].append(name)
        return handler

    return register


def subscriber_name(handler: Callable[..., Any]) -> str:
    """`goals.close_goals_of_leaver`: the domain and the sentence, wherever the file moves."""
    path = handler.__module__.split(".")
    domain = path[path.index("domains") + 1] if "domains" in path else path[-1]
    return f"{domain}.{handler.__name__}"


def subscriptions() -> list[tuple[str, str]]:
    """Pairs of topic and subscriber."""
    return [(topic, name) for topic, names in sorted(_BY_TOPIC.items()) for name in names]

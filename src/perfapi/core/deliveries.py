"""Effects of events and of the calendar, at least once and once in effect.

A delivery is a row: the sequencer creates one per event and subscriber, the calendar one per
schedule and day. PostgreSQL is the record; the queue only wakes workers up. A handler runs in the
transaction that marks its delivery done, so that a crash leaves both or neither. An attempt is
counted before it begins, so that a handler that kills its worker ends as a dead letter too.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, Sessions, Tenanted, facts, in_organization
from .events import AT_ONCE, PATIENCE, SUBSCRIBERS, LoggedEvent, subscriber_name, subscriptions

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 8
"""Unless the subscriber says for how long it is tried."""
LONGEST_PAUSE = timedelta(hours=1)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Delivery(Tenanted, Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("organization_id", "event_id", "subscriber"),
        Index(
            "uq_deliveries_schedule",
            "organization_id",
            "subscriber",
            "due_at",
            unique=True,
            postgresql_where=text("event_id IS NULL"),
        ),
        Index(
            "ix_deliveries_open",
            "organization_id",
            "state",
            "created_at",
            "id",
            postgresql_where=text("state <> 'done'"),
        ),
        Index("ix_deliveries_waiting", "due_at", postgresql_where=text("state = 'waiting'")),
    )

    subscriber: Mapped[str]
    event_id: Mapped[UUID | None]
    due_at: Mapped[datetime]
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


ScheduledJob = Callable[[AsyncSession, date], Awaitable[None]]

SCHEDULES: dict[str, tuple[int, ScheduledJob]] = {}
"""By name: the hour in the organization's time zone, and the job."""


def daily(*, hour: int) -> Callable[[ScheduledJob], ScheduledJob]:
    """Runs once a day per organization. It gets the day in the organization's time zone."""

    def register(job: ScheduledJob) -> ScheduledJob:
        SCHEDULES[subscriber_name(job)] = (hour, job)
        return job

    return register


_SEQUENCE = text("SELECT sequence_events(:batch, :topics, :subscribers)")
_SCHEDULE = text("SELECT plan_schedules(:names, :hours)")
_WAITING = text(
    "SELECT organization_id, id, subscriber, attempts FROM deliveries "
    "WHERE state = 'waiting' AND due_at <= now() AND (lease_until IS NULL OR lease_until < now()) "
    "ORDER BY due_at LIMIT :most"
)
_CLAIM = text(
    "UPDATE deliveries SET attempts = attempts + 1, lease_until = now() + :lease "
    "WHERE organization_id = :organization AND id = :id AND state = 'waiting' "
    "AND due_at <= now() AND (lease_until IS NULL OR lease_until < now()) "
    "RETURNING attempts, subscriber"
)
_RENEW = text(
    "UPDATE deliveries SET lease_until = now() + :lease "
    "WHERE organization_id = :organization AND id = :id AND state = 'waiting'"
)
_FAILED = text(
    "UPDATE deliveries SET lease_until = NULL, failure = :failure, "
    "due_at = CASE WHEN :dead THEN due_at ELSE now() + :pause END, "
    "state = CASE WHEN :dead THEN 'dead' ELSE state END "
    "WHERE organization_id = :organization AND id = :id AND state = 'waiting'"
)


async def sequence(sessions: Sessions, *, batch: int = AT_ONCE) -> int:
    """Gives new events their position and subscribers their deliveries; tells how many events."""
    pairs = subscriptions()
    async with sessions.begin() as session:
        count: int = (
            await session.execute(
                _SEQUENCE,
                {
                    "batch": batch,
                    "topics": [topic for topic, _ in pairs],
                    "subscribers": [name for _, name in pairs],
                },
            )
        ).scalar_one()
    return count


async def plan_schedules(sessions: Sessions) -> None:
    """Writes down what is due today and not yet written down, for every organization."""
    async with sessions.begin() as session:
        hours = [hour for hour, _ in SCHEDULES.values()]
        await session.execute(_SCHEDULE, {"names": list(SCHEDULES), "hours": hours})


class Waiting(NamedTuple):
    organization: UUID
    delivery: UUID
    subscriber: str
    attempts: int


async def waiting(sessions: Sessions, *, most: int = 500) -> list[Waiting]:
    """Deliveries that are due and that nobody works on."""
    async with sessions.begin() as session:
        return [Waiting(*row) for row in await session.execute(_WAITING, {"most": most})]


class Failure(Exception):
    """Of a handler that says in one word what is told of it, since its cause names people."""


class WorkersLost(Exception):
    """No attempt came to an end: the handler takes its worker along."""


def pause_after(attempts: int) -> timedelta:
    """Twice as long after each failure, up to an hour."""
    return min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_PAUSE)


def most_attempts(subscriber: str) -> int:
    """As many as begin within its patience."""
    patience = PATIENCE.get(subscriber)
    if patience is None:
        return MOST_ATTEMPTS
    attempts, waited = 1, pause_after(1)
    while waited <= patience:
        attempts += 1
        waited += pause_after(attempts)
    return attempts


class Claim(NamedTuple):
    """An attempt that has begun."""

    attempts: int
    """This one included."""
    subscriber: str

    @property
    def is_last(self) -> bool:
        return self.attempts >= most_attempts(self.subscriber)

    def refuse_killers(self) -> None:
        """Attempts that failed count up to the last one; more of them are those that never
        ended."""
        if self.attempts > most_attempts(self.subscriber):
            raise WorkersLost


async def claim(sessions: Sessions, organization: UUID, delivery: UUID) -> Claim | None:
    """Counts an attempt and takes the lease; None if it is done, dead or somebody else's."""
    given = {"organization": organization, "id": delivery, "lease": LEASE}
    async with sessions.begin() as session:
        row = (await session.execute(_CLAIM, given)).one_or_none()
    return None if row is None else Claim(row.attempts, row.subscriber)


async def renew(sessions: Sessions, organization: UUID, delivery: UUID) -> None:
    given = {"organization": organization, "id": delivery, "lease": LEASE}
    async with sessions.begin() as session:
        await session.execute(_RENEW, given)


async def deliver(sessions: Sessions, organization: UUID, delivery: UUID) -> bool:
    """One attempt; tells whether this call carried it out."""
    claimed = await claim(sessions, organization, delivery)
    if claimed is None:
        return False
    try:
        claimed.refuse_killers()
        async with in_organization(sessions, organization) as session:
            return await _carry_out(session, delivery)
    except Exception as error:
        await fail(sessions, organization, delivery, claimed, error)
        return False


async def fail(
    sessions: Sessions, organization: UUID, delivery: UUID, claimed: Claim, error: BaseException
) -> None:
    """Waits longer after each failure; after the last try it is a dead letter."""
    log.warning("delivery failed", exc_info=error, extra={"delivery": str(delivery)})
    given = {
        "organization": organization,
        "id": delivery,
        "dead": claimed.is_last,
        "pause": pause_after(claimed.attempts),
        "failure": str(error) if isinstance(error, Failure) else type(error).__name__,
    }
    async with sessions.begin() as session:
        await session.execute(_FAILED, given)


async def _carry_out(session: AsyncSession, delivery_id: UUID) -> bool:
    mine = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    delivery = (await session.scalars(mine)).one()
    if delivery.state is not DeliveryState.WAITING:
        return False
    if delivery.event_id is None:
        _, job = SCHEDULES[delivery.subscriber]
        await job(session, facts(session)["today"])
    else:
        await _handle(session, delivery.subscriber, delivery.event_id)
    delivery.state = DeliveryState.DONE
    delivery.done_at = func.now()
    delivery.lease_until = None
    return True


async def _handle(session: AsyncSession, subscriber: str, event_id: UUID) -> None:
    kind, handler = SUBSCRIBERS[subscriber]
    found = select(LoggedEvent.payload).where(LoggedEvent.id == event_id)
    payload: Any = (await session.scalars(found)).one()
    if payload is not None:  # an erased event has nothing left to tell
        await handler(session, kind.model_validate(payload), event_id)

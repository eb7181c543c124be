"""Effects of events: at least once, and once in effect."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from perfapi.core import deliveries
from perfapi.core.clock import utcnow
from perfapi.core.db import Sessions, enter, facts, in_organization
from perfapi.core.deliveries import (
    LEASE,
    MOST_ATTEMPTS,
    Claim,
    Delivery,
    DeliveryState,
    claim,
    deliver,
    most_attempts,
    pause_after,
    renew,
    sequence,
    waiting,
)
from perfapi.core.events import SUBSCRIBERS, LoggedEvent, on, publish
from tests.core.parcels import Depot, ParcelSent
from tests.factories.organizations import an_organization
from tests.servers import Servers

Handler = Callable[[AsyncSession, ParcelSent, UUID], Any]


@pytest.fixture
def sessions(worker_sessions: Sessions) -> Sessions:
    return worker_sessions


@pytest.fixture
async def acme(sessions: Sessions) -> UUID:
    async with sessions.begin() as session:
        return await an_organization(session)


NOBODYS = Claim(0, "nobody")


def subscribe(act: Handler, **how: Any) -> None:
    """A handler with an effect that can be counted: a depot named by the event."""

    async def open_depot(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
        session.add(Depot(name=str(event_id)))
        await session.flush()
        await act(session, event, event_id)

    on(ParcelSent, **how)(open_depot)


async def nothing(*_: object) -> None:
    """Goes well."""


async def send(sessions: Sessions, organization: UUID, count: int = 1) -> list[UUID]:
    """Publishes, sequences, and answers with the deliveries that wait."""
    async with in_organization(sessions, organization) as session:
        events = [ParcelSent(parcel_id=uuid4(), step=n) for n in range(count)]
        publish(session, *events, by=None)
    await sequence(sessions)
    return [one.delivery for one in await waiting(sessions) if one.organization == organization]


async def effects(sessions: Sessions, organization: UUID) -> int:
    async with in_organization(sessions, organization) as session:
        return (await session.scalars(select(func.count()).select_from(Depot))).one()


async def state_of(sessions: Sessions, organization: UUID, delivery: UUID) -> Delivery:
    async with in_organization(sessions, organization) as session:
        return (await session.scalars(select(Delivery).where(Delivery.id == delivery))).one()


async def pass_time(sessions: Sessions, seconds: float) -> None:
    """As if it were later: for leases and pauses."""
    shift = (
        "UPDATE deliveries SET due_at = due_at - CAST(:by AS interval), "
        "lease_until = lease_until - CAST(:by AS interval) "
        "WHERE state = 'waiting'"
    )
    async with sessions.begin() as session:
        await session.execute(text(shift), {"by": timedelta(seconds=seconds)})


class TestDeliver:
    async def test_carries_the_handler_out_in_the_organization_and_is_done(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        told: list[tuple[UUID, int, UUID]] = []

        async def listen(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
            told.append((facts(session)["organization"], event.step, event_id))

        subscribe(listen)
        (delivery,) = await send(sessions, acme)

        assert await deliver(sessions, acme, delivery)

        state = await state_of(sessions, acme, delivery)
        assert told == [(acme, 0, state.event_id)]
        assert (state.state, state.attempts, state.failure) == (DeliveryState.DONE, 1, None)
        assert state.lease_until is None
        assert state.done_at is not None
        assert await waiting(sessions) == []

    async def test_done_once_is_done(self, sessions: Sessions, acme: UUID) -> None:
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)

        answers = [await deliver(sessions, acme, delivery) for _ in range(3)]

        assert answers == [True, False, False]
        assert await effects(sessions, acme) == 1

    async def test_duplicates_at_once_have_one_effect(self, sessions: Sessions, acme: UUID) -> None:
        async def slowly(*_: object) -> None:
            await asyncio.sleep(0.05)

        subscribe(slowly)
        (delivery,) = await send(sessions, acme)

        answers = await asyncio.gather(*(deliver(sessions, acme, delivery) for _ in range(6)))

        assert sorted(answers) == [False] * 5 + [True]
        assert await effects(sessions, acme) == 1

    async def test_an_expired_lease_gives_no_second_effect(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        """A worker that was only slow is overtaken; it holds the row until it is done."""
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)
        await claim(sessions, acme, delivery)
        async with in_organization(sessions, acme) as slow:
            assert await deliveries._carry_out(slow, delivery)
            await slow.flush()
            overtaking = asyncio.create_task(self._overtake(sessions, acme, delivery))
            await asyncio.sleep(0.1)
            assert not overtaking.done()

        assert await overtaking is None
        assert await effects(sessions, acme) == 1

    async def _overtake(self, sessions: Sessions, organization: UUID, delivery: UUID) -> int | None:
        late = (
            "UPDATE deliveries SET attempts = attempts + 1 WHERE id = :id AND state = 'waiting' "
            "AND lease_until < now() + interval '1 hour' RETURNING attempts"
        )
        async with sessions.begin() as session:
            await enter(session, organization)
            found: int | None = (
                await session.execute(text(late), {"id": delivery})
            ).scalar_one_or_none()
        return found

    async def test_a_claim_of_something_done_meanwhile_does_nothing(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)
        await deliver(sessions, acme, delivery)
        async with in_organization(sessions, acme) as session:
            assert not await deliveries._carry_out(session, delivery)
        assert await effects(sessions, acme) == 1

    async def test_an_erased_event_has_nothing_left_to_tell(
        self, sessions: Sessions, acme: UUID, test_servers: Servers, lasting: str
    ) -> None:
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)
        await erase(test_servers, lasting, acme)

        assert await deliver(sessions, acme, delivery)
        assert await effects(sessions, acme) == 0


async def erase(test_servers: Servers, database: str, organization: UUID) -> None:
    """What only the owner can do: drop what the events say."""
    engine = create_async_engine(test_servers.owner_url(database))
    async with engine.begin() as connection:
        erasing = "UPDATE event_log SET payload = NULL WHERE organization_id = :organization"
        await connection.execute(text(erasing), {"organization": organization})
    await engine.dispose()


class TestFailure:
    async def test_leaves_no_effect_and_waits_longer_each_time(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        async def fail(*_: object) -> None:
            raise ZeroDivisionError("of ada@example.com")

        subscribe(fail)
        (delivery,) = await send(sessions, acme)
        pauses = []
        for attempt in range(1, 5):
            assert not await deliver(sessions, acme, delivery)
            state = await state_of(sessions, acme, delivery)
            assert (state.state, state.attempts) == (DeliveryState.WAITING, attempt)
            assert state.failure == "ZeroDivisionError", "never what was said: it may name people"
            assert not await deliver(sessions, acme, delivery), "too early"
            pauses.append(round((state.due_at - utcnow()).total_seconds()))
            await pass_time(sessions, 2.0**attempt)

        assert pauses == [2, 4, 8, 16]
        assert await effects(sessions, acme) == 0

    async def test_is_mended_by_the_next_attempt(self, sessions: Sessions, acme: UUID) -> None:
        ends = iter([ZeroDivisionError(), KeyError(), None])

        async def flicker(*_: object) -> None:
            if end := next(ends):
                raise end

        subscribe(flicker)
        (delivery,) = await send(sessions, acme)
        for _ in range(3):
            await deliver(sessions, acme, delivery)
            await pass_time(sessions, 60)

        state = await state_of(sessions, acme, delivery)
        assert (state.state, state.attempts) == (DeliveryState.DONE, 3)
        assert await effects(sessions, acme) == 1

    async def test_after_the_last_try_it_is_a_dead_letter(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        async def poison(*_: object) -> None:
            raise ZeroDivisionError

        subscribe(poison)
        (delivery,) = await send(sessions, acme)
        for _ in range(MOST_ATTEMPTS + 3):
            await deliver(sessions, acme, delivery)
            await pass_time(sessions, 4000)

        state = await state_of(sessions, acme, delivery)
        assert (state.state, state.attempts) == (DeliveryState.DEAD, MOST_ATTEMPTS)
        assert await waiting(sessions) == []

    async def test_a_patient_handler_is_tried_for_as_long_as_it_says(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        """The clock is shifted by exactly the pause that was promised, and by no second more."""

        async def outage(*_: object) -> None:
            raise ConnectionError

        subscribe(outage, patience=timedelta(days=1))
        (delivery,) = await send(sessions, acme)
        waited = timedelta()
        while True:
            await deliver(sessions, acme, delivery)
            state = await state_of(sessions, acme, delivery)
            if state.state is DeliveryState.DEAD:
                break
            pause = pause_after(state.attempts)
            assert not await deliver(sessions, acme, delivery), "not before its time"
            await pass_time(sessions, pause.total_seconds())
            waited += pause

        assert timedelta(hours=23) < waited <= timedelta(days=1)
        assert state.attempts == most_attempts("test_deliveries.open_depot")

    @pytest.mark.parametrize(
        ("patience", "attempts"),
        [
            (None, MOST_ATTEMPTS),
            (timedelta(seconds=1), 1),
            (timedelta(seconds=2), 2),
            (timedelta(seconds=5), 2),
            (timedelta(seconds=6), 3),
            (timedelta(days=1), 34),
        ],
    )
    def test_patience_is_the_time_within_which_the_last_attempt_begins(
        self, monkeypatch: pytest.MonkeyPatch, patience: timedelta | None, attempts: int
    ) -> None:
        monkeypatch.setattr(deliveries, "PATIENCE", {"some.one": patience} if patience else {})

        assert most_attempts("some.one") == attempts
        assert [pause_after(number).total_seconds() for number in (1, 2, 11, 12, 500)] == [
            *(2, 4, 2048, 3600, 3600),
        ]

    async def test_a_handler_that_kills_its_worker_is_a_dead_letter_too(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        """Nobody lives to tell of the failure: the lease runs out, and the attempts count."""
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)
        for _ in range(MOST_ATTEMPTS):
            assert await claim(sessions, acme, delivery)
            await pass_time(sessions, LEASE.total_seconds() + 1)

        assert not await deliver(sessions, acme, delivery)

        state = await state_of(sessions, acme, delivery)
        assert (state.state, state.failure) == (DeliveryState.DEAD, "WorkersLost")
        assert await effects(sessions, acme) == 0

    async def test_poison_holds_up_nobody_else(self, sessions: Sessions, acme: UUID) -> None:
        async def poison(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
            if event.step == 1:
                raise ZeroDivisionError

        subscribe(poison)
        for delivery in await send(sessions, acme, count=3):
            await deliver(sessions, acme, delivery)

        assert await effects(sessions, acme) == 2
        assert len(await waiting(sessions)) == 0

    async def test_a_subscriber_that_is_gone_is_a_failure(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)
        SUBSCRIBERS.clear()

        assert not await deliver(sessions, acme, delivery)
        assert (await state_of(sessions, acme, delivery)).failure == "KeyError"


class TestLease:
    async def test_while_it_lasts_nobody_else_may(self, sessions: Sessions, acme: UUID) -> None:
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)

        assert (await claim(sessions, acme, delivery) or NOBODYS).attempts == 1
        assert await claim(sessions, acme, delivery) is None
        assert await waiting(sessions) == []
        await pass_time(sessions, LEASE.total_seconds() + 1)
        assert [one.attempts for one in await waiting(sessions)] == [1]
        assert (await claim(sessions, acme, delivery) or NOBODYS).attempts == 2

    async def test_may_be_renewed(self, sessions: Sessions, acme: UUID) -> None:
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)
        await claim(sessions, acme, delivery)
        await pass_time(sessions, LEASE.total_seconds() - 1)
        await renew(sessions, acme, delivery)
        await pass_time(sessions, 5)

        assert await claim(sessions, acme, delivery) is None

    async def test_of_another_organization_cannot_be_claimed(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        subscribe(nothing)
        (delivery,) = await send(sessions, acme)
        assert await claim(sessions, uuid4(), delivery) is None


class TestMaking:
    async def test_one_per_event_and_subscriber(self, sessions: Sessions, acme: UUID) -> None:
        subscribe(nothing)

        async def tell(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
            """Nothing."""

        on(ParcelSent)(tell)
        await send(sessions, acme, count=2)
        await sequence(sessions)

        async with in_organization(sessions, acme) as session:
            made = (await session.execute(select(Delivery.event_id, Delivery.subscriber))).all()
            events = set(await session.scalars(select(LoggedEvent.id)))
        names = {"test_deliveries.open_depot", "test_deliveries.tell"}
        assert {tuple(row) for row in made} == {(event, name) for event in events for name in names}

    async def test_none_for_events_that_nobody_listens_to(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        assert await send(sessions, acme) == []

    async def test_who_waits_longest_comes_first_and_not_all_at_once(
        self, sessions: Sessions, acme: UUID
    ) -> None:
        subscribe(nothing)
        first = await send(sessions, acme)
        await send(sessions, acme, count=4)

        found = await waiting(sessions, most=3)

        assert len(found) == 3
        assert found[0].delivery == first[0]
        assert found[0].subscriber == "test_deliveries.open_depot"

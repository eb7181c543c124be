"""The event log and its order: who reads by position never misses an event."""

import asyncio
import random
from contextlib import suppress
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions, in_organization
from perfapi.core.deliveries import sequence
from perfapi.core.events import (
    SUBSCRIBERS,
    Event,
    LoggedEvent,
    on,
    publish,
    publish_many,
    subscriber_name,
    subscriptions,
)
from tests.core.parcels import ParcelSent
from tests.factories.organizations import an_organization


async def _positions(sessions: Sessions, organization: UUID) -> list[tuple[int | None, int]]:
    """Position and step of every event, in the order of the positions."""
    async with in_organization(sessions, organization) as session:
        columns = LoggedEvent.position, LoggedEvent.payload
        rows = await session.execute(select(*columns).order_by(LoggedEvent.position))
        return [(position, (payload or {})["step"]) for position, payload in rows]


@pytest.fixture
async def acme(real_sessions: Sessions) -> UUID:
    async with real_sessions.begin() as session:
        return await an_organization(session)


class TestPublishMany:
    async def test_tells_all_in_order_however_many_go_into_a_statement(
        self, real_sessions: Sessions, acme: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("perfapi.core.events.EVENTS_PER_STATEMENT", 2)
        person = uuid4()
        async with in_organization(real_sessions, acme) as session:
            publish(session, ParcelSent(parcel_id=uuid4(), step=0), by=person)
            news = (ParcelSent(parcel_id=uuid4(), step=step) for step in range(1, 6))
            await publish_many(session, news, by=person)
            assert not session.new
        await sequence(real_sessions)

        found = await _positions(real_sessions, acme)
        assert [step for _, step in found] == [0, 1, 2, 3, 4, 5]
        async with in_organization(real_sessions, acme) as session:
            columns = LoggedEvent.topic, LoggedEvent.schema_version, LoggedEvent.actor_id
            assert set((await session.execute(select(*columns))).all()) == {
                (ParcelSent.topic, ParcelSent.schema_version, person)
            }
            salts = (await session.scalars(select(LoggedEvent.salt))).all()
            assert len({salt for salt in salts if salt}) == 6


class TestPublish:
    async def test_is_stored_with_its_change_or_not_at_all(
        self, real_sessions: Sessions, acme: UUID
    ) -> None:
        async with in_organization(real_sessions, acme) as session:
            publish(session, ParcelSent(parcel_id=uuid4(), step=1), by=None)
        with suppress(ZeroDivisionError):
            async with in_organization(real_sessions, acme) as session:
                publish(session, ParcelSent(parcel_id=uuid4(), step=2), by=None)
                await session.flush()
                raise ZeroDivisionError

        assert await _positions(real_sessions, acme) == [(None, 1)]

    async def test_tells_topic_subject_actor_and_payload(self, session: AsyncSession) -> None:
        parcel, person = uuid4(), uuid4()
        publish(session, ParcelSent(parcel_id=parcel, step=3), by=person)
        await session.flush()

        logged = (await session.scalars(select(LoggedEvent))).one()

        assert (logged.topic, logged.schema_version) == ("parcels.sent", 1)
        assert (logged.subject_id, logged.actor_id) == (parcel, person)
        assert logged.payload == {"parcel_id": str(parcel), "step": 3}
        assert logged.salt is not None
        assert len(logged.salt) == 16
        assert logged.position is None

    def test_an_event_cannot_be_changed(self) -> None:
        event = ParcelSent(parcel_id=uuid4())
        with pytest.raises(ValueError, match="frozen"):
            event.step = 2  # type: ignore[misc]


@pytest.mark.usefixtures("registries")
class TestSubscriptions:
    def test_are_known_by_domain_and_sentence(self) -> None:
        async def weigh_parcel(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
            """Nothing."""

        weigh_parcel.__module__ = "perfapi.domains.parcels.scales.jobs"
        on(ParcelSent)(weigh_parcel)

        assert subscriptions() == [("parcels.sent", "parcels.weigh_parcel")]
        assert SUBSCRIBERS["parcels.weigh_parcel"] == (ParcelSent, weigh_parcel)

    def test_outside_of_a_domain_the_module_names_them(self) -> None:
        assert subscriber_name(publish) == "events.publish"

    def test_two_of_one_name_are_a_mistake(self) -> None:
        async def handler(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
            """Nothing."""

        on(ParcelSent)(handler)
        with pytest.raises(TypeError, match=r"two handlers test_events\.handler"):
            on(ParcelSent)(handler)

    def test_topics_may_have_several_listeners(self) -> None:
        class ParcelLost(Event):
            topic: ClassVar[str] = "parcels.lost"
            subject: ClassVar[str] = "parcel_id"
            parcel_id: UUID

        async def one(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
            """Nothing."""

        async def two(session: AsyncSession, event: ParcelSent, event_id: UUID) -> None:
            """Nothing."""

        async def three(session: AsyncSession, event: ParcelLost, event_id: UUID) -> None:
            """Nothing."""

        on(ParcelSent)(one)
        on(ParcelSent)(two)
        on(ParcelLost)(three)
        assert subscriptions() == [
            ("parcels.lost", "test_events.three"),
            ("parcels.sent", "test_events.one"),
            ("parcels.sent", "test_events.two"),
        ]


@pytest.mark.usefixtures("registries")
class TestSequencer:
    async def test_gives_positions_without_gaps_in_the_order_of_publishing(
        self, real_sessions: Sessions, acme: UUID
    ) -> None:
        for start in (0, 10):
            async with in_organization(real_sessions, acme) as session:
                steps = range(start, start + 10)
                publish(session, *(ParcelSent(parcel_id=uuid4(), step=n) for n in steps), by=None)

        assert await sequence(real_sessions) == 20
        assert await sequence(real_sessions) == 0
        assert await _positions(real_sessions, acme) == [(n + 1, n) for n in range(20)]

    async def test_goes_in_batches_that_begin_where_the_last_one_ended(
        self, real_sessions: Sessions, acme: UUID
    ) -> None:
        async with in_organization(real_sessions, acme) as session:
            publish(session, *(ParcelSent(parcel_id=uuid4(), step=n) for n in range(7)), by=None)

        counts = [await sequence(real_sessions, batch=3) for _ in range(4)]

        assert counts == [3, 3, 1, 0]
        assert await _positions(real_sessions, acme) == [(n + 1, n) for n in range(7)]

    async def test_positions_are_counted_over_all_organizations(
        self, real_sessions: Sessions, acme: UUID
    ) -> None:
        async with real_sessions.begin() as session:
            other = await an_organization(session, "Other")
        for organization in (acme, other, acme):
            async with in_organization(real_sessions, organization) as session:
                publish(session, ParcelSent(parcel_id=uuid4()), by=None)
        await sequence(real_sessions)

        found = [await _positions(real_sessions, one) for one in (acme, other)]
        assert sorted(place or 0 for rows in found for place, _ in rows) == [1, 2, 3]

    async def test_an_event_that_commits_late_comes_late(
        self, real_sessions: Sessions, acme: UUID
    ) -> None:
        """It was made first, has the smaller id and the earlier time, and the later position."""
        async with in_organization(real_sessions, acme) as slow:
            publish(slow, ParcelSent(parcel_id=uuid4(), step=1), by=None)
            await slow.flush()
            async with in_organization(real_sessions, acme) as fast:
                publish(fast, ParcelSent(parcel_id=uuid4(), step=2), by=None)
            await sequence(real_sessions)
            assert await _positions(real_sessions, acme) == [(1, 2)]
        await sequence(real_sessions)

        assert await _positions(real_sessions, acme) == [(1, 2), (2, 1)]

    async def test_only_one_works_at_a_time(self, real_sessions: Sessions, acme: UUID) -> None:
        async with in_organization(real_sessions, acme) as session:
            publish(session, ParcelSent(parcel_id=uuid4()), by=None)
        async with real_sessions.begin() as holder:
            taken = "SELECT sequence_events(0, CAST('{}' AS text[]), CAST('{}' AS text[]))"
            await holder.execute(text(taken))
            assert await sequence(real_sessions) == 0
        assert await sequence(real_sessions) == 1

    async def test_a_reader_by_position_never_misses_an_event(
        self, real_sessions: Sessions, acme: UUID
    ) -> None:
        """Writers commit out of order, two sequencers race, and a reader goes on from where it
        stands: what it read is in the end all there is, in order."""
        race = Race(real_sessions, acme)
        starts = range(0, 400, 100)
        background = [asyncio.create_task(run()) for run in (race.order, race.order, race.read)]
        await asyncio.gather(*(race.write(start) for start in starts))
        race.is_on = False
        await asyncio.gather(*background)

        assert [position for position, _ in race.met] == list(range(1, 61))
        for start in starts:  # one writer commits one after another
            own = [step for _, step in race.met if start <= step < start + 15]
            assert own == list(range(start, start + 15))


class Race:
    def __init__(self, sessions: Sessions, organization: UUID) -> None:
        self.sessions, self.organization = sessions, organization
        self.is_on = True
        self.met: list[tuple[int, int]] = []
        self.dice = random.Random(5)

    async def write(self, start: int) -> None:
        for step in range(start, start + 15):
            async with in_organization(self.sessions, self.organization) as session:
                publish(session, ParcelSent(parcel_id=uuid4(), step=step), by=None)
                await session.flush()
                await asyncio.sleep(self.dice.random() / 50)

    async def order(self) -> None:
        while self.is_on or await sequence(self.sessions, batch=3):
            await sequence(self.sessions, batch=3)
            await asyncio.sleep(self.dice.random() / 100)

    async def read(self) -> None:
        """Until the writers are done, and then until nothing new is found behind its place."""
        while self.is_on or await self._is_waiting():
            await self._read_some()
            await asyncio.sleep(self.dice.random() / 200)

    async def _read_some(self) -> None:
        seen = self.met[-1][0] if self.met else 0
        some = (
            select(LoggedEvent.position, LoggedEvent.payload)
            .where(LoggedEvent.position > seen)
            .order_by(LoggedEvent.position)
            .limit(4)
        )
        async with in_organization(self.sessions, self.organization) as session:
            rows = (await session.execute(some)).all()
        self.met += [(position or 0, (payload or {})["step"]) for position, payload in rows]

    async def _is_waiting(self) -> bool:
        seen = self.met[-1][0] if self.met else 0
        async with in_organization(self.sessions, self.organization) as session:
            later = LoggedEvent.position.is_(None) | (LoggedEvent.position > seen)
            return bool((await session.execute(select(LoggedEvent.id).where(later))).all())

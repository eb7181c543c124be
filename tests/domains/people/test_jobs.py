from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.jobs import begin_and_end_what_was_planned
from perfapi.domains.people.models import Person, Status
from tests.domains.people.company import assert_closure_is_exact, stored_closure
from tests.factories.people import a_line, a_person, an_admin


async def run(session: AsyncSession) -> list[str]:
    """What the job told."""
    await session.flush()
    session.expunge_all()
    await begin_and_end_what_was_planned(session, facts(session)["today"])
    await session.flush()
    found = select(LoggedEvent.topic).where(LoggedEvent.actor_id.is_(None))
    return sorted(await session.scalars(found))


async def status_of(session: AsyncSession, person: Person) -> Status:
    found = select(Person.status).where(Person.id == person.id)
    return (await session.scalars(found)).one()


class TestBeginAndEndWhatWasPlanned:
    async def test_lets_lines_begin_and_end(self, session: AsyncSession) -> None:
        today: date = facts(session)["today"]
        mia, nora, ada, bob = [
            await a_person(session, name) for name in ("Mia", "Nora", "Ada", "Bob")
        ]
        tomorrow = today + timedelta(days=1)
        await a_line(session, person=ada, manager=mia, until=tomorrow)
        await a_line(session, person=ada, manager=nora, since=tomorrow)
        await a_line(session, person=bob, manager=ada, until=tomorrow)
        assert (mia.id, bob.id, 2) in await stored_closure(session)
        assert await run(session) == [], "nothing is due today"
        known = facts(session)
        known["today"] = tomorrow

        told = await run(session)

        assert told == ["people.person_moved"] * 2
        assert await stored_closure(session) == {(nora.id, ada.id, 1)}
        assert await run(session) == told, "running again does nothing"
        await assert_closure_is_exact(session)

    async def test_carries_out_leavings_that_are_due(self, session: AsyncSession) -> None:
        today: date = facts(session)["today"]
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss, left_on=today - timedelta(days=2))
        ada = await a_person(session, "Ada", manager=mia)
        bob = await a_person(session, "Bob", left_on=today + timedelta(days=1))
        await an_admin(session)

        told = await run(session)

        assert told == ["people.person_left", "people.person_moved"]
        assert await status_of(session, mia) is Status.LEFT
        assert await status_of(session, bob) is Status.ACTIVE
        assert await stored_closure(session) == {(boss.id, ada.id, 1)}

    async def test_begins_who_was_upcoming(self, session: AsyncSession) -> None:
        today: date = facts(session)["today"]
        ada = await a_person(session, "Ada", status=Status.UPCOMING, hired_on=today)
        bob = await a_person(
            session, "Bob", status=Status.UPCOMING, hired_on=today + timedelta(days=1)
        )

        assert await run(session) == ["people.person_changed"]
        assert await status_of(session, ada) is Status.ACTIVE
        assert await status_of(session, bob) is Status.UPCOMING

    async def test_waits_with_the_last_administrator(self, session: AsyncSession) -> None:
        today: date = facts(session)["today"]
        alex = await an_admin(session)
        alex.left_on = today
        mia = await a_person(session, "Mia", left_on=today)

        assert await run(session) == ["people.person_left"]
        assert await status_of(session, alex) is Status.ACTIVE
        assert await status_of(session, mia) is Status.LEFT
        await an_admin(session, "Bea")
        await run(session)
        assert await status_of(session, alex) is Status.LEFT

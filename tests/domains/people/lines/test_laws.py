"""Whatever is done to lines: no circle on any day, and the closure says what today's lines say."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts, know
from perfapi.core.errors import Problem
from perfapi.domains.people import service
from perfapi.domains.people.jobs import begin_and_end_what_was_planned
from perfapi.domains.people.lines.chains import rebuild_chains
from perfapi.domains.people.lines.schemas import ReportingLineCreate
from perfapi.domains.people.lines.service import add_line
from perfapi.domains.people.models import Person
from perfapi.domains.people.schemas import LeavingRecord, PersonUpdate, ReturnRecord
from tests.domains.people.company import (
    acting,
    assert_closure_is_exact,
    closure,
    days_of,
    managers_on,
    primary_lines,
    stored_closure,
)
from tests.factories.people import a_person, an_admin, enter_as

START = date(2024, 6, 1)
REFUSALS = {"line_circular", "has_left", "has_not_left", "invalid"}


class Life:
    """Random commands of an administrator over some months."""

    def __init__(self, session: AsyncSession, random: Random, alex: Person) -> None:
        self.session, self.random, self.actor = session, random, acting(alex)
        self.people: list[UUID] = []

    async def begin(self, count: int) -> None:
        for n in range(count):
            self.people.append((await a_person(self.session, f"Person {n}")).id)
        self.at(START)

    def at(self, day: date) -> None:
        organization = facts(self.session)["organization"]
        know(self.session, organization=organization, today=day, you=self.actor.person_id)

    @property
    def today(self) -> date:
        day: date = facts(self.session)["today"]
        return day

    async def step(self) -> None:
        acts = [self.draw] * 6 + [self.set] * 2 + [self.leave, self.come_back] + [self.pass_on] * 2
        try:
            async with self.session.begin_nested():
                await self.random.choice(acts)()
                await self.session.flush()
        except Problem as problem:
            if problem.code() not in REFUSALS:
                raise
        self.session.expunge_all()

    async def draw(self) -> None:
        person, manager = self.random.sample(self.people, 2)
        body = ReportingLineCreate(
            manager_id=self.random.choice([manager, manager, manager, None]),
            valid_from=self.today + timedelta(days=self.random.randint(-40, 40)),
        )
        await add_line(self.session, self.actor, person, body)

    async def set(self) -> None:
        person, manager = self.random.sample(self.people, 2)
        body = PersonUpdate(manager_id=manager)
        await service.update_person(self.session, self.actor, person, body, None)

    async def leave(self) -> None:
        person = self.random.choice(self.people)
        day = self.today + timedelta(days=self.random.randint(-20, 20))
        body = LeavingRecord(left_on=day)
        await service.record_leaving(self.session, self.actor, person, body)

    async def come_back(self) -> None:
        person, manager = self.random.sample(self.people, 2)
        body = ReturnRecord(manager_id=self.random.choice([manager, None]))
        await service.record_return(self.session, self.actor, person, body)

    async def pass_on(self) -> None:
        self.at(self.today + timedelta(days=self.random.randint(1, 12)))
        await begin_and_end_what_was_planned(self.session, self.today)


@pytest.mark.parametrize("seed", range(6))
async def test_no_day_has_a_circle_and_the_closure_is_exact(
    session: AsyncSession, seed: int
) -> None:
    alex = await an_admin(session)
    await enter_as(session, alex)
    life = Life(session, Random(seed), alex)
    await life.begin(9)

    for _ in range(50):
        await life.step()
        await assert_closure_is_exact(session)

    lines = await primary_lines(session)
    for day in days_of(lines):
        closure(managers_on(lines, day))
    before = await stored_closure(session)
    await rebuild_chains(session)
    assert await stored_closure(session) == before


async def test_a_rebuild_mends_whatever_is_wrong(session: AsyncSession) -> None:
    boss = await a_person(session, "Boss")
    mia = await a_person(session, "Mia", manager=boss)
    ada = await a_person(session, "Ada", manager=mia)
    right = await stored_closure(session)
    await session.execute(text("UPDATE chains SET depth = depth + 5"))
    await session.execute(text("DELETE FROM chains WHERE report_id = :id"), {"id": mia.id})
    await session.execute(
        text(
            "INSERT INTO chains (organization_id, manager_id, report_id, depth) "
            "VALUES (:organization, :manager, :report, 3)"
        ),
        {
            "organization": facts(session)["organization"],
            "manager": ada.id,
            "report": boss.id,
        },
    )

    await rebuild_chains(session)

    assert await stored_closure(session) == right
    assert len(right) == 3

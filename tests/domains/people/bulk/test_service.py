from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.errors import Conflict
from perfapi.core.events import LoggedEvent
from perfapi.core.faults import problem_of
from perfapi.core.ids import uuid7
from perfapi.domains.people.bulk.changes import (
    Applied,
    ManagerChange,
    PersonChange,
    PersonValues,
    planned_change,
)
from perfapi.domains.people.bulk.service import apply_people
from perfapi.domains.people.errors import (
    EmailTaken,
    LastAdministrator,
    LineCircular,
    OnlyAdministrators,
)
from perfapi.domains.people.models import Department, Person, Role, RoleAssignment, Status
from tests.domains.people.company import (
    assert_closure_is_exact,
    primary_lines,
    stored_closure,
)
from tests.factories.people import (
    a_department,
    a_leaver,
    a_line,
    a_person,
    an_admin,
    an_hr_partner,
)


def new(
    name: str, *, manager: UUID | None = None, id: UUID | None = None, **values: Any
) -> PersonChange:
    given, _, family = name.partition(" ")
    said = cast("PersonValues", {"given_name": given, "family_name": family, **values})
    return PersonChange(id or uuid7(), True, said, ManagerChange(manager) if manager else None)


def change(person: Person, *, manager: Any = ..., **values: Any) -> PersonChange:
    moved = None if manager is ... else ManagerChange(manager.id if manager else None)
    return PersonChange(person.id, False, cast("PersonValues", values), moved)


async def read(session: AsyncSession, person_id: UUID) -> Person:
    await session.flush()
    session.expunge_all()
    return (await session.scalars(select(Person).where(Person.id == person_id))).one()


async def told(session: AsyncSession) -> list[tuple[str, UUID | None]]:
    await session.flush()
    found = select(LoggedEvent.topic, LoggedEvent.subject_id).order_by(LoggedEvent.id)
    return sorted(
        (topic.removeprefix("people."), who) for topic, who in await session.execute(found)
    )


class TestAdding:
    async def test_takes_managers_before_or_after_their_reports(
        self, session: AsyncSession
    ) -> None:
        boss, mia, ada = uuid7(), uuid7(), uuid7()
        changes = [
            new("Ada Ab", id=ada, manager=mia, hired_on=date(2022, 1, 1)),
            new("Boss", id=boss, hired_on=date(2010, 1, 1)),
            new("Mia Mo", id=mia, manager=boss, hired_on=date(2023, 6, 1)),
        ]

        applied = await apply_people(session, changes, by=None)

        assert applied == Applied(added=3, changed=0, left=0, returned=0)
        assert await stored_closure(session) == {(boss, mia, 1), (mia, ada, 1), (boss, ada, 2)}
        begun = {line.person: line.since for line in await primary_lines(session)}
        assert begun == {ada: date(2023, 6, 1), mia: date(2023, 6, 1)}
        assert await told(session) == sorted(("person_added", one) for one in (boss, mia, ada))

    async def test_writes_every_value(self, session: AsyncSession) -> None:
        sales = await a_department(session, "Sales")
        one = new(
            "Ada Lovelace",
            external_id="E-1",
            email="ada@example.com",
            job_title="Engineer",
            department="SALES",
            location="Rome",
            status="on_leave",
            hired_on=date(2020, 1, 31),
            employment_type="full_time",
            attributes={"a": "1", "b": None},
        )

        await apply_people(session, [one], by=None)

        added = await read(session, one.person_id)
        assert (added.name, added.email, added.external_id) == (
            "Ada Lovelace",
            "ada@example.com",
            "E-1",
        )
        assert (added.department_id, added.location) == (sales.id, "Rome")
        assert (added.status, added.hired_on) == (Status.ON_LEAVE, date(2020, 1, 31))
        assert (added.employment_type, added.attributes) == ("full_time", {"a": "1"})
        assert (added.job_title, added.left_on, added.version) == ("Engineer", None, 1)

    async def test_adds_departments_that_nobody_has_heard_of(self, session: AsyncSession) -> None:
        changes = [new("Ada", department="Ops"), new("Bob", department="ops"), new("Cleo")]

        await apply_people(session, changes, by=None)

        departments = (await session.scalars(select(Department))).all()
        assert [one.name for one in departments] == ["Ops"]
        placed = [(await read(session, it.person_id)).department_id for it in changes]
        assert placed == [departments[0].id, departments[0].id, None]

    async def test_keeps_of_leavers_the_time_that_both_were_here(
        self, session: AsyncSession
    ) -> None:
        boss = new("Boss", hired_on=date(2012, 1, 1), status="left", left_on=date(2020, 1, 1))
        gone: dict[str, Any] = {"status": "left", "manager": boss.person_id}
        within = new("Ada", hired_on=date(2013, 1, 1), left_on=date(2015, 1, 1), **gone)
        across = new("Bob", hired_on=date(2010, 1, 1), left_on=date(2022, 1, 1), **gone)
        apart = new("Cleo", hired_on=date(2021, 1, 1), left_on=date(2022, 1, 1), **gone)
        unknown = new("Dora", left_on=date(2015, 1, 1), **gone)

        await apply_people(session, [within, across, apart, unknown, boss], by=None)

        assert {line.person: (line.since, line.until) for line in await primary_lines(session)} == {
            within.person_id: (date(2013, 1, 1), date(2015, 1, 1)),
            across.person_id: (date(2012, 1, 1), date(2020, 1, 1)),
        }
        assert await stored_closure(session) == set()


class TestChanging:
    async def test_writes_what_is_said_and_nothing_else(self, session: AsyncSession) -> None:
        ada = await a_person(
            session, "Ada Lovelace", job_title="Engineer", location="Rome", attributes={"a": "1"}
        )
        said = change(ada, family_name="King", location=None, attributes={"b": "2", "a": None})

        applied = await apply_people(session, [said], by=None)

        assert applied == Applied(added=0, changed=1, left=0, returned=0)
        ada = await read(session, ada.id)
        assert (ada.name, ada.job_title, ada.location) == ("Ada King", "Engineer", None)
        assert (ada.attributes, ada.version) == ({"b": "2"}, 2)
        assert await told(session) == [("person_changed", ada.id)]

    async def test_lets_people_hand_over_what_is_unique(self, session: AsyncSession) -> None:
        ada = await a_person(session, "Ada", email="one@example.com", external_id="1")
        bob = await a_person(session, "Bob", email="two@example.com", external_id="2")
        changes = [
            change(ada, email="two@example.com", external_id="2"),
            change(bob, email=None, external_id="1"),
            new("Cleo", email="one@example.com"),
        ]

        await apply_people(session, changes, by=None)

        assert (await read(session, ada.id)).email == "two@example.com"
        assert (await read(session, changes[2].person_id)).email == "one@example.com"

    async def test_refuses_what_is_taken(self, session: AsyncSession) -> None:
        await a_person(session, "Ada", email="one@example.com")
        with pytest.raises(IntegrityError) as refused:
            await apply_people(session, [new("Bob", email="one@example.com")], by=None)

        assert isinstance(problem_of(refused.value), EmailTaken)

    async def test_moves_people_from_today_until_what_is_planned(
        self, session: AsyncSession
    ) -> None:
        today: date = facts(session)["today"]
        mia, nora, ada, bob = [
            await a_person(session, name) for name in ("Mia", "Nora", "Ada", "Bob")
        ]
        later = today + timedelta(days=20)
        old = date(2020, 1, 1)
        await a_line(session, person=ada, manager=mia, until=later)
        await a_line(session, person=ada, manager=bob, since=later)
        await a_line(session, person=bob, manager=mia)

        changes = [change(ada, manager=nora), change(bob, manager=None), change(mia, manager=None)]
        await apply_people(session, changes, by=None)

        assert sorted(await primary_lines(session)) == sorted(
            [
                (ada.id, mia.id, old, today),
                (ada.id, nora.id, today, later),
                (ada.id, bob.id, later, None),
                (bob.id, mia.id, old, today),
            ]
        )
        assert await stored_closure(session) == {(nora.id, ada.id, 1)}
        assert await told(session) == sorted([("person_moved", ada.id), ("person_moved", bob.id)])

    async def test_closes_no_circle(self, session: AsyncSession) -> None:
        mia = await a_person(session, "Mia")
        ada = await a_person(session, "Ada", manager=mia)

        with pytest.raises(LineCircular):
            await apply_people(session, [change(mia, manager=ada)], by=None)

    async def test_refuses_who_is_not_here(self, session: AsyncSession) -> None:
        stranger = PersonChange(uuid4(), False, {"location": "Rome"})
        ada = await a_person(session)

        for changes in ([stranger], [change(ada, location="A"), change(ada, location="B")]):
            with pytest.raises(Conflict):
                await apply_people(session, changes, by=None)


class TestLeavingAndReturning:
    async def test_lets_many_leave(self, session: AsyncSession) -> None:
        today: date = facts(session)["today"]
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        nora = await a_person(session, "Nora", manager=mia)
        ada = await a_person(session, "Ada", manager=nora)
        session.add(RoleAssignment(person_id=mia.id, role=Role.HR))
        await an_admin(session)
        changes = [
            change(mia, status="left", left_on=today, job_title="Was head"),
            change(nora, status="left"),
            change(ada, location="Rome"),
        ]

        applied = await apply_people(session, changes, by=None)

        assert applied == Applied(added=0, changed=1, left=2, returned=0)
        assert await stored_closure(session) == {(boss.id, ada.id, 1)}
        gone = await read(session, mia.id)
        assert (gone.status, gone.left_on, gone.job_title) == (Status.LEFT, today, "Was head")
        assert (await read(session, nora.id)).left_on == today
        assert await told(session) == sorted(
            [
                ("person_changed", mia.id),
                ("person_changed", ada.id),
                ("role_withdrawn", mia.id),
                ("person_left", mia.id),
                ("person_left", nora.id),
                ("person_moved", ada.id),
            ]
        )

    async def test_hands_reports_over_day_by_day(self, session: AsyncSession) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        nora = await a_person(session, "Nora", manager=mia)
        ada = await a_person(session, "Ada", manager=nora)
        first, then = date(2024, 2, 1), date(2024, 3, 1)
        changes = [
            change(mia, status="left", left_on=then),
            change(nora, status="left", left_on=first),
        ]

        await apply_people(session, changes, by=None)

        lines = sorted(line for line in await primary_lines(session) if line.person == ada.id)
        assert [(line.manager, line.until) for line in sorted(lines, key=lambda it: it.since)] == [
            (nora.id, first),
            (mia.id, then),
            (boss.id, None),
        ]
        await assert_closure_is_exact(session)

    async def test_moves_to_a_manager_who_leaves_in_the_same_breath(
        self, session: AsyncSession
    ) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        ada = await a_person(session, "Ada")

        changes = [change(mia, status="left"), change(ada, manager=mia)]
        await apply_people(session, changes, by=None)

        assert await stored_closure(session) == {(boss.id, ada.id, 1)}

    async def test_brings_people_back(self, session: AsyncSession) -> None:
        mia, lena = await a_person(session, "Mia"), await a_leaver(session, "Lena")

        applied = await apply_people(session, [change(lena, status="active", manager=mia)], by=None)

        assert applied.returned == 1
        back = await read(session, lena.id)
        assert (back.status, back.left_on) == (Status.ACTIVE, None)
        assert await told(session) == [("person_moved", lena.id), ("person_returned", lena.id)]
        await assert_closure_is_exact(session)

    async def test_plans_a_leaving_and_takes_it_back(self, session: AsyncSession) -> None:
        later = facts(session)["today"] + timedelta(days=5)
        ada, bob = await a_person(session, "Ada"), await a_person(session, "Bob", left_on=later)

        changes = [change(ada, left_on=later), change(bob, left_on=None)]
        await apply_people(session, changes, by=None)

        assert (await read(session, ada.id)).left_on == later
        assert (await read(session, bob.id)).left_on is None
        assert await told(session) == sorted(
            [("leaving_planned", ada.id), ("leaving_taken_back", bob.id)]
        )

    async def test_keeps_the_last_administrator(self, session: AsyncSession) -> None:
        alex = await an_admin(session)

        with pytest.raises(LastAdministrator):
            await apply_people(session, [change(alex, status="left")], by=None)


class TestRoleHolders:
    async def test_are_touched_by_administrators_only(self, session: AsyncSession) -> None:
        alex, hanna = await an_admin(session), await an_hr_partner(session)
        said = change(alex, email="mine@example.com")
        later = facts(session)["today"] + timedelta(days=9)

        for refused in (said, change(alex, status="left"), change(alex, left_on=later)):
            with pytest.raises(OnlyAdministrators):
                await apply_people(session, [refused], by=hanna.id)
        await apply_people(session, [change(alex, location="Rome")], by=hanna.id)

        await apply_people(session, [said], by=alex.id)
        assert (await read(session, alex.id)).email == "mine@example.com"


class TestPlannedChange:
    def test_reads_the_words_of_a_plan(self) -> None:
        person, manager = uuid4(), uuid4()
        fields = [
            ("given_name", "Ada"),
            ("hired_on", "2020-01-31"),
            ("left_on", None),
            ("attributes.cost_center", "42"),
            ("attributes.old", None),
            ("manager", "Mia"),
        ]

        assert planned_change(person, fields, is_new=True, manager_id=manager) == PersonChange(
            person,
            True,
            {
                "given_name": "Ada",
                "hired_on": date(2020, 1, 31),
                "left_on": None,
                "attributes": {"cost_center": "42", "old": None},
            },
            ManagerChange(manager),
        )
        assert planned_change(person, [("manager", None)], is_new=False) == PersonChange(
            person, False, {}, ManagerChange(None)
        )

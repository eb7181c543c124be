from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.errors import NotFound
from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.core.parcels import (
    EMPTY_THE_DEPOT,
    IS_DUE,
    MAY_EDIT,
    VISIBLE,
    NotDue,
    NotYours,
    OnlyHeads,
    Parcel,
    Size,
    a_parcel,
)
from tests.factories.people import a_department, a_person, an_admin, enter_as

AsPerson = Callable[[Person], Client]


class Company:
    """Everybody who stands in some relation to Ada, who sends the parcels."""

    ada: Person
    people: list[Person]

    @classmethod
    async def founded(cls, session: AsyncSession) -> "Company":
        company = cls()
        engineering = await a_department(session, "Engineering")
        platform = await a_department(session, "Platform", parent=engineering)
        boss = await a_person(session, "Bea Boss", department=engineering)
        lead = await a_person(session, "Lea Lead", manager=boss, department=platform)
        company.ada = await a_person(session, "Ada", manager=lead, department=platform)
        peer = await a_person(session, "Pia Peer", manager=lead, department=platform)
        stranger = await a_person(session, "Stan Stranger")
        admin = await an_admin(session)
        company.people = [boss, lead, company.ada, peer, stranger, admin]
        return company


# Which rules open Ada's parcel for whom, by hand: public, secret and small, secret and large,
# secret and overdue.
EXPECTED = {
    ("Bea Boss", "public"): {"it_is_public", "you_manage_the_owner"},
    ("Lea Lead", "public"): {"it_is_public", "you_manage_the_owner"},
    ("Ada", "public"): {"it_is_public", "you_own_it"},
    ("Pia Peer", "public"): {"it_is_public"},
    ("Stan Stranger", "public"): {"it_is_public"},
    ("Alex Admin", "public"): {"it_is_public"},
    ("Bea Boss", "secret"): {"you_manage_the_owner"},
    ("Lea Lead", "secret"): {"you_manage_the_owner"},
    ("Ada", "secret"): {"you_own_it"},
    ("Pia Peer", "secret"): set(),
    ("Stan Stranger", "secret"): set(),
    ("Alex Admin", "secret"): set(),
    # Bea works above Platform, not in it; Ada's department is shared by whoever works in it.
    ("Bea Boss", "large"): {"you_manage_the_owner"},
    ("Lea Lead", "large"): {"you_manage_the_owner", "large_ones_are_for_the_department"},
    ("Ada", "large"): {"you_own_it", "large_ones_are_for_the_department"},
    ("Pia Peer", "large"): {"large_ones_are_for_the_department"},
    ("Stan Stranger", "large"): set(),
    ("Alex Admin", "large"): set(),
    ("Bea Boss", "overdue"): {"you_manage_the_owner"},
    ("Lea Lead", "overdue"): {"you_manage_the_owner"},
    ("Ada", "overdue"): {"you_own_it"},
    ("Pia Peer", "overdue"): set(),
    ("Stan Stranger", "overdue"): set(),
    ("Alex Admin", "overdue"): {"overdue_ones_are_for_administrators"},
}
FAR_AWAY = date(2999, 1, 1)
KINDS: dict[str, dict[str, Any]] = {
    "public": {"due_on": FAR_AWAY},
    "secret": {"is_secret": True, "due_on": FAR_AWAY},
    "large": {"is_secret": True, "due_on": FAR_AWAY, "size": Size.LARGE},
    "overdue": {"is_secret": True, "due_on": date(2020, 1, 1)},
}


@pytest.fixture
async def company(session: AsyncSession) -> Company:
    return await Company.founded(session)


@pytest.fixture
async def parcels(session: AsyncSession, company: Company) -> dict[str, UUID]:
    return {kind: (await a_parcel(session, company.ada, **KINDS[kind])).id for kind in KINDS}


class TestRules:
    """One definition filters, guards, explains and lists viewers: they cannot disagree."""

    async def test_explain_names_the_rules_that_hold(
        self, session: AsyncSession, company: Company, parcels: dict[str, UUID]
    ) -> None:
        for person, kind in product(company.people, KINDS):
            await enter_as(session, person)
            found = await access.explain(session, VISIBLE, parcels[kind])
            assert set(found) == EXPECTED[person.name, kind], (person.name, kind)

    async def test_viewers_are_the_people_for_whom_explain_finds_a_rule(
        self, session: AsyncSession, company: Company, parcels: dict[str, UUID]
    ) -> None:
        await enter_as(session, company.people[-1])
        for kind in KINDS:
            found = await access.viewers(session, VISIBLE, parcels[kind], among=Person)
            assert {person_id: set(rules) for person_id, rules in found} == {
                person.id: EXPECTED[person.name, kind]
                for person in company.people
                if EXPECTED[person.name, kind]
            }, kind

    async def test_viewers_may_be_read_page_by_page_and_one_by_one(
        self, session: AsyncSession, company: Company, parcels: dict[str, UUID]
    ) -> None:
        await enter_as(session, company.ada)
        everybody = await access.viewers(session, VISIBLE, parcels["public"], among=Person)
        pages, after = [], None
        while batch := await access.viewers(
            session, VISIBLE, parcels["public"], among=Person, after=after, limit=2
        ):
            assert len(batch) <= 2
            pages += batch
            after = batch[-1][0]
        alone = [
            found
            for person in company.people
            for found in await access.viewers(
                session, VISIBLE, parcels["secret"], among=Person, only=person.id
            )
        ]

        assert pages == everybody
        assert {person_id for person_id, _ in alone} == {
            person.id for person in company.people if EXPECTED[person.name, "secret"]
        }

    async def test_a_list_holds_what_a_single_read_answers(
        self,
        session: AsyncSession,
        company: Company,
        parcels: dict[str, UUID],
        as_person: AsPerson,
    ) -> None:
        for person in company.people:
            client = as_person(person)
            listed = {item["id"] for item in (await client.get("/test-parcels")).json()["items"]}
            single = {
                str(parcel_id)
                for parcel_id in parcels.values()
                if (await client.get(f"/test-parcels/{parcel_id}")).status_code == 200
            }
            expected = {str(parcels[kind]) for kind in KINDS if EXPECTED[person.name, kind]}
            assert listed == single == expected, person.name

    async def test_what_does_not_exist_has_neither_rules_nor_viewers(
        self, session: AsyncSession, company: Company
    ) -> None:
        await enter_as(session, company.ada)

        assert await access.explain(session, VISIBLE, uuid7()) == []
        assert await access.viewers(session, VISIBLE, uuid7(), among=Person) == []

    async def test_rules_register_themselves_by_their_resource(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found: dict[str, access.Rules] = {}
        monkeypatch.setattr(access, "RESOURCES", found)
        rules = access.Rules("crates", Parcel)
        assert found == {"crates": rules}

    async def test_without_a_rule_nothing_is_visible(
        self, session: AsyncSession, company: Company, parcels: dict[str, UUID]
    ) -> None:
        nobody = access.Rules("test-parcels", Parcel)
        del access.RESOURCES["test-parcels"]
        assert (await session.scalars(select(Parcel).where(nobody))).all() == []


class TestActs:
    async def test_permissions_tell_what_the_guard_allows(
        self,
        session: AsyncSession,
        company: Company,
        parcels: dict[str, UUID],
        as_person: AsPerson,
    ) -> None:
        acts = {"edit": (MAY_EDIT,), "open": (MAY_EDIT, IS_DUE)}
        for person, kind in product(company.people, KINDS):
            if not EXPECTED[person.name, kind]:
                continue
            document = (await as_person(person).get(f"/test-parcels/{parcels[kind]}")).json()
            await enter_as(session, person)
            allowed = {
                name for name, act in acts.items() if await _passes(session, parcels[kind], *act)
            }
            assert set(document["permissions"]) == allowed, (person.name, kind)

    async def test_permissions_come_in_the_order_of_their_definition(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        parcel = await a_parcel(session, company.ada)
        document = (await as_person(company.ada).get(f"/test-parcels/{parcel.id}")).json()
        assert document["permissions"] == ["edit", "open"]

    async def test_the_invisible_is_404_and_the_forbidden_is_refused_with_its_reason(
        self, session: AsyncSession, company: Company, parcels: dict[str, UUID]
    ) -> None:
        peer = company.people[3]
        await enter_as(session, peer)

        with pytest.raises(NotFound):
            await access.load(session, VISIBLE, parcels["secret"], MAY_EDIT, entity=Parcel)
        with pytest.raises(NotFound):
            await access.load(session, VISIBLE, uuid7(), MAY_EDIT, entity=Parcel)
        with pytest.raises(NotYours):
            await access.load(session, VISIBLE, parcels["public"], MAY_EDIT, entity=Parcel)
        await enter_as(session, company.ada)
        with pytest.raises(NotDue):
            await access.load(session, VISIBLE, parcels["public"], MAY_EDIT, IS_DUE, entity=Parcel)
        await enter_as(session, peer)
        with pytest.raises(NotYours):
            await access.load(session, VISIBLE, parcels["public"], MAY_EDIT, IS_DUE, entity=Parcel)
        seen = await access.load(session, VISIBLE, parcels["public"], entity=Parcel)
        assert seen.id == parcels["public"]

    async def test_a_row_may_be_locked_while_it_is_loaded(
        self, session: AsyncSession, company: Company, parcels: dict[str, UUID]
    ) -> None:
        await enter_as(session, company.ada)

        await access.load(session, VISIBLE, parcels["secret"], MAY_EDIT, entity=Parcel, lock=True)

        mode = "SELECT count(*) FROM pg_locks WHERE relation = 'test_parcels'::regclass "
        locks = await session.execute(text(mode + "AND mode = 'RowShareLock'"))
        assert locks.scalar_one() == 1

    async def test_acts_on_the_whole_are_refused_with_their_reason(
        self, session: AsyncSession, company: Company
    ) -> None:
        await enter_as(session, company.people[-1])
        await access.ensure(session, EMPTY_THE_DEPOT)
        await enter_as(session, company.ada)
        with pytest.raises(OnlyHeads):
            await access.ensure(session, EMPTY_THE_DEPOT)


async def _passes(session: AsyncSession, row: UUID, *acts: access.Act) -> bool:
    try:
        await access.load(session, VISIBLE, row, *acts, entity=Parcel)
    except (NotYours, NotDue):
        return False
    return True

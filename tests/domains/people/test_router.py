from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import LineKind, Person, Role, Status
from tests.clients import Client
from tests.factories.people import (
    a_department,
    a_leaver,
    a_line,
    a_person,
    a_team,
    an_admin,
    an_hr_partner,
)

AsPerson = Callable[[Person], Client]


def today(session: AsyncSession) -> date:
    day: date = facts(session)["today"]
    return day


async def names(client: Client, **params: Any) -> list[str]:
    response = await client.get("/people", params=params)
    assert response.status_code == 200, response.text
    return [person["name"] for person in response.json()["items"]]


async def told(session: AsyncSession) -> list[tuple[str, UUID | None]]:
    logged = await session.execute(
        select(LoggedEvent.topic, LoggedEvent.subject_id).order_by(LoggedEvent.id)
    )
    return [(topic, subject) for topic, subject in logged]


class TestListPeople:
    async def test_shows_colleagues_by_name(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia Lang", job_title="Head")
        await a_person(session, "Zoe Abt", manager=mia)
        await a_person(session, "Ben Falk", manager=mia)

        response = await as_person(mia).get("/people")

        shown = response.json()["items"]
        assert [person["name"] for person in shown] == ["Ben Falk", "Mia Lang", "Zoe Abt"]
        assert shown[0]["manager"] == {"id": str(mia.id), "name": "Mia Lang", "job_title": "Head"}
        assert [person["direct_reports"] for person in shown] == [0, 2, 0]

    async def test_shows_leavers_to_those_whom_they_concern(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        await a_leaver(session, "Lena", manager=mia)
        peer = await a_person(session, "Peer", manager=mia)
        hanna, alex = await an_hr_partner(session), await an_admin(session)

        for who in (boss, mia, hanna, alex):
            assert await names(as_person(who), status="left") == ["Lena"]
        assert await names(as_person(peer), status="left") == []

    @pytest.mark.parametrize(
        ("params", "found"),
        [
            ({"q": "LOVELACE ada"}, ["Ada Lovelace"]),
            ({"q": "analytical"}, ["Ada Lovelace"]),
            ({"q": "grace@"}, ["Grace Hopper"]),
            ({"q": "ada hopper"}, []),
            ({"q": "100%"}, []),
            ({"q": "_"}, []),
            ({"location": "Rome"}, ["Grace Hopper"]),
            ({"status": "on_leave"}, ["Grace Hopper"]),
            ({"has_left": "true"}, ["Lena Gone"]),
            ({"has_left": "false"}, ["Ada Lovelace", "Alex Admin", "Grace Hopper"]),
        ],
    )
    async def test_filters(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        params: dict[str, str],
        found: list[str],
    ) -> None:
        alex = await an_admin(session)
        await a_person(session, "Ada Lovelace", job_title="Analytical Engineer")
        await a_person(
            session,
            "Grace Hopper",
            email="grace@example.com",
            location="Rome",
            status=Status.ON_LEAVE,
        )
        await a_leaver(session)

        assert await names(as_person(alex), **params) == found

    async def test_filters_by_department_and_those_below_it(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        product = await a_department(session, "Product")
        engineering = await a_department(session, "Engineering", parent=product)
        sales = await a_department(session, "Sales")
        ada = await a_person(session, "Ada", department=engineering)
        await a_person(session, "Bob", department=product)
        await a_person(session, "Cleo", department=sales)
        client = as_person(ada)

        assert await names(client, department_id=product.id) == ["Ada", "Bob"]
        assert await names(client, department_id=engineering.id) == ["Ada"]
        assert await names(client, department_id=uuid4()) == []

    async def test_filters_by_team_and_by_manager(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia")
        ada = await a_person(session, "Ada", manager=mia)
        await a_person(session, "Bob", manager=ada)
        team = await a_team(session, "Rockets", mia, ada)
        client = as_person(ada)

        assert await names(client, team_id=team.id) == ["Ada", "Mia"]
        assert await names(client, manager_id=mia.id) == ["Ada"]

    async def test_gives_what_changed_since(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, bob = await a_person(session, "Ada"), await a_person(session, "Bob")
        await session.flush()
        old = update(Person).where(Person.id == bob.id)
        await session.execute(old.values(updated_at=ada.created_at - timedelta(days=2)))
        since = (ada.created_at - timedelta(days=1)).isoformat()

        assert await names(as_person(ada), updated_since=since) == ["Ada"]
        assert await names(as_person(ada), sort="-updated_at") == ["Ada", "Bob"]

    @pytest.mark.parametrize("sort", ["name", "-updated_at"])
    async def test_pages_make_up_the_whole(
        self, session: AsyncSession, as_person: AsPerson, sort: str
    ) -> None:
        people = [await a_person(session, f"Twin {n % 3}") for n in range(7)]
        client = as_person(people[0])
        whole = (await client.get("/people", params={"sort": sort})).json()["items"]
        cursor, paged = None, []
        while True:
            params = {"sort": sort, "limit": 2} | ({"cursor": cursor} if cursor else {})
            page = (await client.get("/people", params=params)).json()
            paged += page["items"]
            if (cursor := page["next_cursor"]) is None:
                break

        assert [person["id"] for person in paged] == [person["id"] for person in whole]
        assert len(whole) == 7

    @pytest.mark.parametrize(
        ("params", "code"),
        [
            ({"sort": "email"}, "literal_error"),
            ({"status": "fired"}, "enum"),
            ({"department_id": "7"}, "uuid_parsing"),
            ({"updated_since": "2024-01-01T00:00:00"}, "timezone_aware"),
            ({"q": "a\x00b"}, "character_forbidden"),
            ({"q": "x" * 201}, "string_too_long"),
            ({"departement_id": str(uuid4())}, "parameter_unknown"),
        ],
    )
    async def test_refuses_filters_that_make_no_sense(
        self, session: AsyncSession, as_person: AsPerson, params: dict[str, str], code: str
    ) -> None:
        ada = await a_person(session)

        response = await as_person(ada).get("/people", params=params)

        assert response.status_code == 422
        assert [part["code"] for part in response.json()["errors"]] == [code]


class TestGetPerson:
    async def test_shows_how_they_are_organised(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        engineering = await a_department(session)
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        dora = await a_person(session, "Dora")
        ada = await a_person(session, "Ada", manager=mia, department=engineering, roles=(Role.HR,))
        await a_line(session, person=ada, manager=dora, kind=LineKind.DOTTED)
        await a_line(
            session, person=ada, manager=boss, kind=LineKind.DOTTED, until=date(2023, 1, 1)
        )
        below = await a_person(session, "Bob", manager=ada)
        await a_person(session, "Cleo", manager=below)
        await a_team(session, "Rockets", ada)

        shown = (await as_person(dora).get(f"/people/{ada.id}")).json()

        assert [one["name"] for one in shown["managers"]] == ["Mia", "Boss"]
        assert [one["name"] for one in shown["dotted_managers"]] == ["Dora"]
        assert [one["name"] for one in shown["teams"]] == ["Rockets"]
        assert shown["roles"] == [{"role": "hr", "department": None}]
        assert shown["department"]["name"] == "Engineering"
        assert (shown["direct_reports"], shown["all_reports"]) == (1, 2)
        assert shown["permissions"] == []

    async def test_tells_hr_alone_of_a_planned_leaving(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia")
        day = today(session) + timedelta(days=30)
        ada = await a_person(session, "Ada", manager=mia, left_on=day)
        hanna = await an_hr_partner(session)

        seen = {
            who.name: (await as_person(who).get(f"/people/{ada.id}")).json()["employment"]
            for who in (ada, mia, hanna)
        }

        assert seen["Ada"]["left_on"] is None
        assert seen["Mia"]["left_on"] is None
        assert seen["Hanna Hr"]["left_on"] == day.isoformat()

    async def test_answers_304_to_who_knows_it_already(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada = await a_person(session)
        first = await as_person(ada).get(f"/people/{ada.id}")

        again = await as_person(ada).get(
            f"/people/{ada.id}", headers={"If-None-Match": first.headers["ETag"]}
        )

        assert (again.status_code, again.content) == (304, b"")

    async def test_knows_nobody_elsewhere(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada = await a_person(session)

        response = await as_person(ada).get(f"/people/{uuid4()}")

        assert (response.status_code, response.json()["code"]) == (404, "not_found")


async def test_the_list_holds_exactly_whom_one_may_get(
    session: AsyncSession, as_person: AsPerson
) -> None:
    boss = await a_person(session, "Boss")
    mia = await a_person(session, "Mia", manager=boss)
    sales = await a_department(session, "Sales")
    people = [boss, mia, await a_person(session, "Peer")]
    people += [await a_leaver(session, "Gone", manager=mia, department=sales)]
    people += [await a_leaver(session, "Long Gone")]
    people += [await a_person(session, "Next", status=Status.UPCOMING)]
    people += [await an_hr_partner(session, of=sales), await an_admin(session)]

    for who in people:
        if who.status is Status.LEFT:
            continue
        client = as_person(who)
        listed = {one["id"] for one in (await client.get("/people")).json()["items"]}
        got = set()
        for person in people:
            response = await client.get(f"/people/{person.id}")
            got |= {str(person.id)} if response.status_code == 200 else set()
        assert listed == got, who.name

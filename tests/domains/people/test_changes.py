from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import (
    a_department,
    a_leaver,
    a_person,
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


class TestAddPerson:
    async def test_adds_somebody_with_a_manager(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        engineering = await a_department(session)
        mia = await a_person(session, "Mia", hired_on=date(2021, 5, 1))
        hanna = await an_hr_partner(session)
        body = {
            "given_name": " Ada ",
            "family_name": "Lovelace",
            "external_id": "E-1",
            "email": "Ada.Lovelace@Example.com",
            "department_id": str(engineering.id),
            "manager_id": str(mia.id),
            "hired_on": "2020-02-01",
            "employment_type": "full_time",
            "attributes": {"cost_center": "42"},
        }

        response = await as_person(hanna).post("/people", json=body)

        assert response.status_code == 201, response.text
        added = response.json()
        assert response.headers["Location"] == f"/v1/people/{added['id']}"
        assert (added["name"], added["email"]) == ("Ada Lovelace", "ada.lovelace@example.com")
        assert (added["status"], added["version"]) == ("active", 1)
        assert [one["name"] for one in added["managers"]] == ["Mia"]
        assert added["employment"] == {
            "hired_on": "2020-02-01",
            "left_on": None,
            "employment_type": "full_time",
            "attributes": {"cost_center": "42"},
        }
        lines = await as_person(hanna).get(f"/org-chart/{added['id']}/reporting-lines")
        assert lines.json()["items"][0]["valid_from"] == "2021-05-01"
        assert await told(session) == [
            ("people.person_added", UUID(added["id"])),
        ]

    async def test_makes_who_begins_later_upcoming(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        hanna = await an_hr_partner(session)
        day = (today(session) + timedelta(days=1)).isoformat()

        response = await as_person(hanna).post(
            "/people", json={"given_name": "Ada", "hired_on": day}
        )

        assert response.json()["status"] == "upcoming"
        assert response.json()["name"] == "Ada"

    async def test_is_for_hr_in_their_departments(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sales = await a_department(session, "Sales")
        retail = await a_department(session, "Retail", parent=sales)
        other = await a_department(session, "Other")
        scoped = await an_hr_partner(session, of=sales)
        ada = await a_person(session)

        async def status(who: Person, department_id: object) -> tuple[int, str | None]:
            body = {"given_name": "New", "department_id": department_id and str(department_id)}
            response = await as_person(who).post("/people", json=body)
            return response.status_code, response.json().get("code")

        assert await status(ada, sales.id) == (403, "only_hr")
        assert await status(scoped, sales.id) == (201, None)
        assert await status(scoped, retail.id) == (201, None)
        assert await status(scoped, other.id) == (403, "only_hr")
        assert await status(scoped, None) == (403, "only_hr")

    async def test_refuses_what_is_taken(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex = await an_admin(session)
        await a_person(session, "Ada", external_id="E-1", email="ada@example.com")

        taken_id = await as_person(alex).post(
            "/people", json={"given_name": "B", "external_id": "E-1"}
        )
        taken_address = await as_person(alex).post(
            "/people", json={"given_name": "B", "email": "ADA@example.com"}
        )

        assert (taken_id.status_code, taken_id.json()["code"]) == (409, "external_id_taken")
        assert (taken_address.status_code, taken_address.json()["code"]) == (409, "email_taken")

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"family_name": "X"}, "/given_name", "missing"),
            ({"given_name": " "}, "/given_name", "string_too_short"),
            ({"given_name": "A\x00"}, "/given_name", "character_forbidden"),
            ({"given_name": "A" * 101}, "/given_name", "too_long"),
            ({"given_name": 1}, "/given_name", "string_type"),
            (
                {"given_name": "A", "family_name": "B\x07C"},
                "/family_name",
                "string_pattern_mismatch",
            ),
            ({"given_name": "A", "email": "nowhere"}, "/email", "value_error"),
            ({"given_name": "A", "status": "left"}, "/status", "literal_error"),
            ({"given_name": "A", "hired_on": "tomorrow"}, "/hired_on", "date_parsing"),
            ({"given_name": "A", "left_on": "2024-01-01"}, "/left_on", "extra_forbidden"),
            ({"given_name": "A", "attributes": {"a": 1}}, "/attributes/a", "string_type"),
            ({"given_name": "A", "department_id": str(uuid4())}, "/department_id", "not_found"),
            ({"given_name": "A", "manager_id": str(uuid4())}, "/manager_id", "not_found"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        body: dict[str, Any],
        pointer: str,
        code: str,
    ) -> None:
        alex = await an_admin(session)

        response = await as_person(alex).post("/people", json=body)

        assert response.status_code == 422, response.text
        first = response.json()["errors"][0]
        assert (first["pointer"], first["code"]) == (pointer, code)

    async def test_refuses_a_manager_who_has_left(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex, lena = await an_admin(session), await a_leaver(session)

        response = await as_person(alex).post(
            "/people", json={"given_name": "A", "manager_id": str(lena.id)}
        )

        assert response.json()["errors"][0]["code"] == "manager_left"


class TestUpdatePerson:
    async def test_changes_what_is_sent(self, session: AsyncSession, as_person: AsPerson) -> None:
        sales = await a_department(session, "Sales")
        ada = await a_person(
            session, "Ada Lovelace", job_title="Engineer", attributes={"a": "1", "b": "2"}
        )
        hanna = await an_hr_partner(session)
        client = as_person(hanna)
        read = await client.get(f"/people/{ada.id}")
        body = {
            "family_name": "King",
            "email": "ADA@example.com",
            "job_title": None,
            "department_id": str(sales.id),
            "attributes": {"a": None, "c": "3"},
            "given_name": "Ada",
        }

        response = await client.patch(
            f"/people/{ada.id}", json=body, headers={"If-Match": read.headers["ETag"]}
        )

        assert response.status_code == 200, response.text
        shown = response.json()
        assert (shown["name"], shown["email"], shown["job_title"]) == (
            "Ada King",
            "ada@example.com",
            None,
        )
        assert (shown["department"]["name"], shown["version"]) == ("Sales", 2)
        assert shown["employment"]["attributes"] == {"b": "2", "c": "3"}
        logged = (await session.scalars(select(LoggedEvent))).one()
        assert logged.payload == {
            "person_id": str(ada.id),
            "fields": ["attributes", "department_id", "email", "family_name", "job_title"],
        }

    async def test_moves_them_to_another_manager(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, nora = await a_person(session, "Mia"), await a_person(session, "Nora")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        client = as_person(alex)

        moved = await client.patch(
            f"/people/{ada.id}", json={"manager_id": str(nora.id), "location": "Rome"}
        )
        circle = await client.patch(f"/people/{nora.id}", json={"manager_id": str(ada.id)})
        loose = await client.patch(f"/people/{ada.id}", json={"manager_id": None})
        oneself = await client.patch(f"/people/{ada.id}", json={"manager_id": str(ada.id)})

        assert (moved.json()["manager"]["name"], moved.json()["location"]) == ("Nora", "Rome")
        assert (circle.status_code, circle.json()["code"]) == (422, "line_circular")
        assert loose.json()["manager"] is None
        assert oneself.json()["errors"][0]["code"] == "manager_is_self"
        assert await told(session) == [
            ("people.person_changed", ada.id),
            ("people.person_moved", ada.id),
            ("people.person_moved", ada.id),
        ]

    async def test_follows_the_day_of_joining(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, alex = await a_person(session), await an_admin(session)
        later = (today(session) + timedelta(days=3)).isoformat()

        async def status(**body: Any) -> str:
            response = await as_person(alex).patch(f"/people/{ada.id}", json=body)
            found: str = response.json()["status"]
            return found

        assert await status(hired_on=later) == "upcoming"
        assert await status(hired_on="2020-01-01") == "active"
        assert await status(status="on_leave") == "on_leave"
        assert await status(hired_on=later) == "on_leave"

    async def test_is_for_their_hr(self, session: AsyncSession, as_person: AsPerson) -> None:
        sales, other = await a_department(session, "Sales"), await a_department(session, "Other")
        mia = await a_person(session, "Mia")
        ada = await a_person(session, "Ada", manager=mia, department=sales)
        scoped = await an_hr_partner(session, of=sales)
        foreign = await an_hr_partner(session, "Foreign", of=other)
        change = {"json": {"location": "Rome"}}

        for who in (ada, mia, foreign):
            refused = await as_person(who).patch(f"/people/{ada.id}", **change)
            assert (refused.status_code, refused.json()["code"]) == (403, "only_hr")
        assert (await as_person(scoped).patch(f"/people/{ada.id}", **change)).status_code == 200
        for department_id in (str(other.id), None):
            away = {"department_id": department_id}
            refused = await as_person(scoped).patch(f"/people/{ada.id}", json=away)
            assert (refused.status_code, refused.json()["code"]) == (403, "only_hr")

    async def test_leaves_the_addresses_of_role_holders_to_administrators(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex, hanna = await an_admin(session), await an_hr_partner(session)
        change = {"json": {"email": "mine@example.com"}}

        refused = await as_person(hanna).patch(f"/people/{alex.id}", **change)
        done = await as_person(alex).patch(f"/people/{alex.id}", **change)
        same = await as_person(hanna).patch(f"/people/{alex.id}", **change)

        assert (refused.status_code, refused.json()["code"]) == (403, "only_administrators")
        assert done.status_code == same.status_code == 200

    async def test_insists_on_the_version(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada, alex = await a_person(session), await an_admin(session)
        client, change = as_person(alex), {"location": "Rome"}

        missing = await client.request("PATCH", f"/people/{ada.id}", json=change)
        stale = await client.patch(f"/people/{ada.id}", json=change, headers={"If-Match": '"9-00"'})

        assert (missing.status_code, missing.json()["code"]) == (428, "version_missing")
        assert (stale.status_code, stale.json()["code"]) == (412, "version_stale")

    async def test_refuses_what_cannot_be(self, session: AsyncSession, as_person: AsPerson) -> None:
        alex, lena = await an_admin(session), await a_leaver(session)
        ada = await a_person(session, "Ada", attributes={str(n): "x" for n in range(50)})
        await a_person(session, "Bob", email="bob@example.com", external_id="B")
        client = as_person(alex)

        async def answer(who: Person, **body: Any) -> tuple[int, str]:
            response = await client.patch(f"/people/{who.id}", json=body)
            problem = response.json()
            errors = problem.get("errors")
            return response.status_code, errors[0]["code"] if errors else problem["code"]

        assert await answer(ada, email="BOB@example.com") == (409, "email_taken")
        assert await answer(ada, external_id="B") == (409, "external_id_taken")
        assert await answer(ada, attributes={"one more": "x"}) == (422, "too_long")
        assert await answer(ada, given_name=None) == (422, "string_type")
        assert await answer(ada, status="left") == (422, "literal_error")
        assert await answer(ada, name="Ada") == (422, "extra_forbidden")
        assert await answer(ada, department_id=str(uuid4())) == (422, "not_found")
        assert await answer(lena, status="active") == (409, "has_left")
        assert await answer(lena, manager_id=str(ada.id)) == (409, "has_left")
        assert await answer(lena, hired_on="2025-01-01") == (422, "leaves_before_joining")

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.people.company import assert_closure_is_exact
from tests.factories.people import (
    a_department,
    a_leaver,
    a_person,
    an_admin,
    an_hr_partner,
)

AsPerson = Callable[[Person], Client]
PLACE = "/people/batch-upsert"


def row(external_id: str, name: str = "Ada Lovelace", **more: Any) -> dict[str, Any]:
    given, _, family = name.partition(" ")
    return {"external_id": external_id, "given_name": given, "family_name": family, **more}


async def send(client: Client, *rows: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    response = await client.post(PLACE, json={"people": rows, **more})
    assert response.status_code == 200, response.text
    results: list[dict[str, Any]] = response.json()["results"]
    assert [one["external_id"] for one in results] == [one["external_id"] for one in rows]
    return results


async def count(session: AsyncSession, table: Any) -> int:
    return (await session.execute(select(func.count(table.id)))).scalar_one()


class TestUpsertPerson:
    async def test_adds_then_changes_then_does_nothing(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await an_hr_partner(session))
        mia = await a_person(session, "Mia Mo", external_id="M/1")
        body = {
            "given_name": "Ada",
            "family_name": "Lovelace",
            "email": "Ada@Example.com",
            "department": "Ops",
            "manager_external_id": "M/1",
            "attributes": {"cost_center": "42"},
        }
        place = "/people/by-external-id/E%2F1"

        added = await client.put(place, json=body)
        changed = await client.put(place, json=body | {"location": "Rome", "department": None})
        events = await count(session, LoggedEvent)
        same = await client.put(place, json=body | {"location": "Rome", "department": None})

        assert added.status_code == 201, added.text
        person = added.json()
        assert added.headers["Location"] == f"/v1/people/{person['id']}"
        assert (person["external_id"], person["email"]) == ("E/1", "ada@example.com")
        assert (person["manager"]["id"], person["department"]["name"]) == (str(mia.id), "Ops")
        assert changed.status_code == same.status_code == 200
        assert (changed.json()["location"], changed.json()["department"]) == ("Rome", None)
        assert same.json()["version"] == changed.json()["version"]
        assert await count(session, LoggedEvent) == events

    async def test_knows_by_the_address_who_had_no_id(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        ada = await a_person(session, "Ada Lovelace", email="ada@example.com")
        body = {"given_name": "Ada", "family_name": "Lovelace", "email": "ada@example.com"}

        response = await as_person(alex).put("/people/by-external-id/E-1", json=body)

        assert (response.status_code, response.json()["id"]) == (200, str(ada.id))
        assert response.json()["external_id"] == "E-1"

    @pytest.mark.parametrize(
        ("more", "pointer", "code"),
        [
            ({"manager_external_id": "?"}, "/manager_external_id", "manager_not_found"),
            ({"manager_email": "gone@example.com"}, "/manager_email", "manager_left"),
            ({"manager_external_id": "E-1"}, "/manager_external_id", "manager_is_self"),
            ({"email": "alex@example.com"}, "/email", "email_taken"),
            (
                {"hired_on": "2024-02-01", "left_on": "2024-01-01"},
                "/left_on",
                "left_before_hired",
            ),
            ({"status": "upcoming"}, "/status", "literal_error"),
            ({"external_id": "E-1"}, "/external_id", "extra_forbidden"),
        ],
    )
    async def test_refuses_what_cannot_be(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        more: dict[str, str],
        pointer: str,
        code: str,
    ) -> None:
        alex = await an_admin(session)
        alex.email, alex.external_id = "alex@example.com", "A"
        await a_leaver(session, email="gone@example.com")
        people = await count(session, Person)
        body = {"given_name": "Ada", "family_name": "Lovelace", **more}

        response = await as_person(alex).put("/people/by-external-id/E-1", json=body)

        assert response.status_code == 422, response.text
        (part,) = response.json()["errors"]
        assert (part["pointer"], part["code"]) == (pointer, code)
        assert await count(session, Person) == people

    @pytest.mark.parametrize("external_id", ["%20E", "E%00", "x" * 101])
    async def test_refuses_ids_that_are_none(
        self, session: AsyncSession, as_person: AsPerson, external_id: str
    ) -> None:
        alex = await an_admin(session)

        response = await as_person(alex).put(
            f"/people/by-external-id/{external_id}", json={"given_name": "A", "family_name": "B"}
        )

        assert response.status_code == 422


class TestBatchUpsertPeople:
    async def test_takes_managers_in_any_order(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await an_admin(session))
        rows = [
            row("3", "Ada Ab", manager_external_id="2"),
            row("1", "Boss Bo", manager_external_id=None),
            row("2", "Mia Mo", manager_external_id="1", email="mia@example.com"),
            row("4", "Bob By", manager_email="mia@example.com"),
        ]

        results = await send(client, *rows)

        assert [one["outcome"] for one in results] == ["create"] * 4
        assert not any(one["errors"] or one["warnings"] for one in results)
        shown = (await client.get(f"/people/{results[0]['id']}")).json()
        assert [one["name"] for one in shown["managers"]] == ["Mia Mo", "Boss Bo"]
        assert (await client.get(f"/people/{results[1]['id']}")).json()["all_reports"] == 3
        await assert_closure_is_exact(session)
        assert {one["outcome"] for one in await send(client, *rows)} == {"unchanged"}

    async def test_says_row_by_row_what_became_of_it(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        client, today = as_person(alex), facts(session)["today"]
        mia = await a_person(session, "Mia Mo", external_id="1")
        ada = await a_person(session, "Ada Ab", external_id="2", manager=mia, location="Rome")
        await a_person(session, "Bob By", external_id="3", email="bob@example.com")
        await a_person(session, "Same Old", external_id="4")

        results = await send(
            client,
            row("1", "Mia Mo", status="left"),
            row("2", "Ada King", location=None, hired_on="2020-02-01"),
            row("5", "New One", email="bob@example.com"),
            row("4", "Same Old"),
            row("6", "New Two", manager_external_id="nobody"),
            row("6", "New Two Again"),
        )

        assert [one["outcome"] for one in results] == [
            "deactivate",
            "update",
            "error",
            "unchanged",
            "create",
            "error",
        ]
        left, changed, taken, _, lonely, twice = results
        assert {one["field"]: one["after"] for one in left["changes"]} == {
            "status": "left",
            "left_on": today.isoformat(),
        }
        assert changed["id"] == str(ada.id)
        assert changed["changes"] == [
            {"field": "family_name", "before": "Ab", "after": "King"},
            {"field": "location", "before": "Rome", "after": None},
            {"field": "hired_on", "before": None, "after": "2020-02-01"},
        ]
        assert (taken["id"], taken["changes"]) == (None, [])
        assert [(one["pointer"], one["code"]) for one in taken["errors"]] == [
            ("/people/2/email", "email_taken")
        ]
        assert [(one["pointer"], one["code"]) for one in lonely["warnings"]] == [
            ("/people/4/manager_external_id", "manager_not_found")
        ]
        assert [one["code"] for one in twice["errors"]] == ["external_id_duplicate"]
        shown = (await client.get(f"/people/{ada.id}")).json()
        assert (shown["name"], shown["location"], shown["manager"]) == ("Ada King", None, None)
        await assert_closure_is_exact(session)

    async def test_only_plans_with_dry_run(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await an_admin(session))
        people = await count(session, Person)

        (planned,) = await send(client, row("1", department="New"), dry_run=True)

        assert (planned["outcome"], planned["id"]) == ("create", None)
        assert {"field": "department", "before": None, "after": "New"} in planned["changes"]
        assert await count(session, Person) == people
        assert (await client.get("/departments")).json()["items"] == []

    async def test_opens_circles_instead_of_closing_them(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await an_admin(session))
        await send(client, row("1", "A"), row("2", "B", manager_external_id="1"))

        first, second = await send(
            client,
            row("1", "A", manager_external_id="3"),
            row("3", "C", manager_external_id="2"),
        )

        assert [one["code"] for one in first["warnings"]] == ["manager_circle"]
        assert first["outcome"] == "unchanged"
        assert [one["code"] for one in second["warnings"]] == ["manager_circle"]
        await assert_closure_is_exact(session)

    async def test_keeps_a_day_to_come_as_planned(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await an_admin(session))
        later = (facts(session)["today"] + timedelta(days=9)).isoformat()

        (planned,) = await send(client, row("1", status="left", left_on=later))

        shown = (await client.get(f"/people/{planned['id']}")).json()
        assert (shown["status"], shown["employment"]["left_on"]) == ("active", later)

    async def test_leaves_role_holders_to_administrators(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex, hanna = await an_admin(session), await an_hr_partner(session)
        alex.external_id, alex.email = "1", "alex@example.com"
        sent = row("1", "Alex Admin", email="mine@example.com")

        gone = row("1", "Alex Admin", status="left")
        named = row("1", "Alex Admin", location="Rome")

        for refused in [await send(as_person(hanna), one) for one in (sent, gone)]:
            assert refused[0]["outcome"] == "error"
            assert [one["code"] for one in refused[0]["errors"]] == ["only_administrators"]
        for who, one in ((alex, sent), (hanna, named)):
            (done,) = await send(as_person(who), one)
            assert done["outcome"] == "update"

    async def test_is_for_hr_of_all(self, session: AsyncSession, as_person: AsPerson) -> None:
        scoped = await an_hr_partner(session, of=await a_department(session))
        ada = await a_person(session)

        for who in (scoped, ada):
            for body in ({"people": [row("1")]}, {"people": [row("1")], "dry_run": True}):
                response = await as_person(who).post(PLACE, json=body)
                assert (response.status_code, response.json()["code"]) == (403, "only_hr")

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"people": []}, "/people"),
            ({"people": [row(str(n)) for n in range(1001)]}, "/people"),
            (
                {"people": [row("1"), {"external_id": "2", "given_name": "A"}]},
                "/people/1/family_name",
            ),
            ({"people": [row("1", hired_on=20200101)]}, "/people/0/hired_on"),
            ({"people": [row("1", name="A\x00")]}, "/people/0/given_name"),
            ({"people": [row("1")], "dry_run": "yes"}, "/dry_run"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        body: dict[str, Any],
        pointer: str,
    ) -> None:
        alex = await an_admin(session)

        response = await as_person(alex).post(PLACE, json=body)

        assert response.status_code == 422, response.text
        assert response.json()["errors"][0]["pointer"] == pointer

    async def test_answers_once_under_one_key(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client, day = as_person(await an_admin(session)), date(2024, 1, 1).isoformat()
        body = {"people": [row("1", hired_on=day)]}
        key = {"Idempotency-Key": "one"}

        first = await client.post(PLACE, json=body, headers=key)
        second = await client.post(PLACE, json=body, headers=key)

        assert second.headers["Idempotent-Replayed"] == "true"
        assert first.json() == second.json()

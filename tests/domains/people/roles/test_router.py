from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_department, a_leaver, a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]


def code(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    return response.status_code, body["errors"][0]["code"] if "errors" in body else body["code"]


class TestListRoleAssignments:
    async def test_tells_everybody_who_administers(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sales = await a_department(session, "Sales")
        ada, alex = await a_person(session, "Ada"), await an_admin(session)
        await an_hr_partner(session, of=sales)

        shown = (await as_person(ada).get("/role-assignments")).json()["items"]
        found = (await as_person(ada).get("/role-assignments", params={"role": "admin"})).json()

        assert {(one["person"]["name"], one["role"]) for one in shown} == {
            ("Alex Admin", "admin"),
            ("Hanna Hr", "hr"),
        }
        assert {one["department"] and one["department"]["name"] for one in shown} == {
            None,
            "Sales",
        }
        assert [one["person"]["id"] for one in found["items"]] == [str(alex.id)]


class TestAssignRole:
    async def test_counts_from_the_next_request(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, alex = await a_person(session, "Ada"), await an_admin(session)
        client = as_person(ada)
        assert (await client.post("/teams", json={"name": "T"})).status_code == 403
        body = {"person_id": str(ada.id), "role": "hr"}

        given = await as_person(alex).post("/role-assignments", json=body)

        assert given.status_code == 201, given.text
        assert (await client.get(given.headers["Location"][3:])).json()["role"] == "hr"
        assert (await client.post("/teams", json={"name": "T"})).status_code == 201
        assert code(await as_person(alex).post("/role-assignments", json=body)) == (
            409,
            "role_held",
        )
        logged = (await session.scalars(select(LoggedEvent).order_by(LoggedEvent.id))).first()
        assert logged is not None
        assert logged.payload == {
            "person_id": str(ada.id),
            "role_assignment_id": given.json()["id"],
            "role": "hr",
            "department_id": None,
        }

    async def test_is_for_administrators(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada, hanna = await a_person(session), await an_hr_partner(session)

        for who in (ada, hanna):
            for role in ("admin", "hr"):
                body = {"person_id": str(who.id), "role": role}
                response = await as_person(who).post("/role-assignments", json=body)
                assert code(response) == (403, "only_administrators")

    async def test_refuses_what_makes_no_sense(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex, lena, ada = (
            await an_admin(session),
            await a_leaver(session),
            await a_person(session),
        )
        sales = await a_department(session)

        async def answer(**body: Any) -> tuple[int, str]:
            sent = {"person_id": str(ada.id), "role": "hr"} | body
            return code(await as_person(alex).post("/role-assignments", json=sent))

        assert await answer(person_id=str(uuid4())) == (422, "not_found")
        assert await answer(person_id=str(lena.id)) == (422, "has_left")
        assert await answer(department_id=str(uuid4())) == (422, "not_found")
        assert await answer(role="admin", department_id=str(sales.id)) == (
            422,
            "not_for_administrators",
        )
        assert await answer(role="king") == (422, "literal_error")


class TestWithdrawRole:
    async def test_counts_from_the_next_request(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        hanna, alex = await an_hr_partner(session), await an_admin(session)
        client = as_person(alex)
        held = (await client.get("/role-assignments", params={"person_id": hanna.id})).json()

        done = await client.delete(f"/role-assignments/{held['items'][0]['id']}")

        assert done.status_code == 204
        assert (await as_person(hanna).post("/teams", json={"name": "T"})).status_code == 403

    async def test_leaves_one_administrator(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex, bea = await an_admin(session), await an_admin(session, "Bea")
        await a_leaver(session, "Gone")
        client = as_person(alex)
        held = {
            one["person"]["name"]: one["id"]
            for one in (await client.get("/role-assignments")).json()["items"]
        }

        first = await client.delete(f"/role-assignments/{held[bea.name]}")
        last = await client.delete(f"/role-assignments/{held[alex.name]}")

        assert first.status_code == 204
        assert code(last) == (409, "last_administrator")

    async def test_is_for_administrators(self, session: AsyncSession, as_person: AsPerson) -> None:
        hanna, alex = await an_hr_partner(session), await an_admin(session)
        client = as_person(hanna)
        held = (await client.get("/role-assignments", params={"person_id": alex.id})).json()

        response = await client.delete(f"/role-assignments/{held['items'][0]['id']}")

        assert code(response) == (403, "only_administrators")
        assert (await client.delete(f"/role-assignments/{uuid4()}")).status_code == 404

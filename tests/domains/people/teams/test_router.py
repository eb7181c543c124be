from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_leaver, a_person, a_team, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]


def code(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    return response.status_code, body["errors"][0]["code"] if "errors" in body else body["code"]


async def topics(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(LoggedEvent.topic).order_by(LoggedEvent.id)))


class TestTeams:
    async def test_are_listed_by_name(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada, bob = await a_person(session, "Ada"), await a_person(session, "Bob")
        await a_team(session, "Rockets", ada, bob)
        await a_team(session, "Comets")

        shown = (await as_person(ada).get("/teams")).json()["items"]
        found = (await as_person(ada).get("/teams", params={"q": "rock"})).json()["items"]

        assert [(team["name"], team["member_count"]) for team in shown] == [
            ("Comets", 0),
            ("Rockets", 2),
        ]
        assert [team["name"] for team in found] == ["Rockets"]

    async def test_are_added_by_hr_of_all(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada, hanna = await a_person(session, "Ada"), await an_hr_partner(session)
        body = {"name": "Rockets", "lead_id": str(ada.id)}

        refused = await as_person(ada).post("/teams", json=body)
        added = await as_person(hanna).post("/teams", json=body)
        again = await as_person(hanna).post("/teams", json={"name": "Rockets"})

        assert code(refused) == (403, "only_hr")
        assert (added.status_code, added.json()["lead"]["name"]) == (201, "Ada")
        assert (await as_person(ada).get(added.headers["Location"][3:])).status_code == 200
        assert code(again) == (409, "name_taken")

    async def test_are_changed_by_their_lead(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, bob = await a_person(session, "Ada"), await a_person(session, "Bob")
        team = await a_team(session, "Rockets", bob)
        team.lead_id = ada.id
        lead, member = as_person(ada), as_person(bob)

        done = await lead.patch(f"/teams/{team.id}", json={"name": "Comets"})
        refused = await member.patch(f"/teams/{team.id}", json={"name": "Mine"})
        handed = await lead.patch(f"/teams/{team.id}", json={"lead_id": str(bob.id)})
        over = await lead.patch(f"/teams/{team.id}", json={"name": "Back"})

        assert (done.json()["name"], done.json()["permissions"]) == ("Comets", ["edit"])
        assert code(refused) == code(over) == (403, "only_hr")
        assert handed.json()["lead"]["name"] == "Bob"
        assert await topics(session) == ["people.team_changed"] * 2

    async def test_take_no_lead_who_is_nobody_or_gone(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex, lena = await an_admin(session), await a_leaver(session)

        async def answer(lead_id: object) -> tuple[int, str]:
            body = {"name": "Rockets", "lead_id": str(lead_id)}
            return code(await as_person(alex).post("/teams", json=body))

        assert await answer(uuid4()) == (422, "not_found")
        assert await answer(lena.id) == (422, "has_left")

    async def test_are_removed_by_hr_of_all(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, alex = await a_person(session, "Ada"), await an_admin(session)
        team = await a_team(session, "Rockets", ada)
        team.lead_id = ada.id

        refused = await as_person(ada).delete(f"/teams/{team.id}")
        done = await as_person(alex).delete(f"/teams/{team.id}")

        assert code(refused) == (403, "only_hr")
        assert done.status_code == 204
        assert (await as_person(alex).get(f"/teams/{team.id}")).status_code == 404


class TestTeamMembers:
    async def test_join_and_part(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada, bob, hanna = (
            await a_person(session, "Ada"),
            await a_person(session, "Bob"),
            await an_hr_partner(session),
        )
        team = await a_team(session, "Rockets", bob)
        client, place = as_person(hanna), f"/teams/{team.id}/members"

        async def members() -> list[str]:
            shown: Any = (await as_person(ada).get(place)).json()
            return [one["name"] for one in shown["items"]]

        for _ in range(2):
            assert (await client.put(f"{place}/{ada.id}")).status_code == 204
        assert await members() == ["Ada", "Bob"]
        assert (await client.delete(f"{place}/{bob.id}")).status_code == 204
        assert (await client.delete(f"{place}/{bob.id}")).status_code == 404
        assert await members() == ["Ada"]
        assert await topics(session) == ["people.team_joined", "people.team_parted"]

    async def test_draw_nobody_in_from_above(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss = await a_person(session, "Boss")
        ada = await a_person(session, "Ada", manager=boss)
        ben = await a_person(session, "Ben", manager=ada)
        team = await a_team(session, "Rockets")
        team.lead_id = ada.id
        lead = as_person(ada)

        answers = [
            (await lead.put(f"/teams/{team.id}/members/{person.id}")).status_code
            for person in (boss, ben, ada)
        ]

        assert answers == [403, 204, 204]

    async def test_are_not_chosen_by_members(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, lena, hanna = (
            await a_person(session, "Ada"),
            await a_leaver(session),
            await an_hr_partner(session),
        )
        team = await a_team(session, "Rockets", ada)
        place = f"/teams/{team.id}/members"

        assert code(await as_person(ada).put(f"{place}/{hanna.id}")) == (403, "only_hr")
        assert code(await as_person(hanna).put(f"{place}/{lena.id}")) == (409, "has_left")
        assert code(await as_person(hanna).put(f"{place}/{uuid4()}")) == (404, "not_found")
        assert code(await as_person(hanna).put(f"/teams/{uuid4()}/members/{ada.id}")) == (
            404,
            "not_found",
        )
        assert (await as_person(ada).get(f"/teams/{uuid4()}/members")).status_code == 404

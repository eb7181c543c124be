from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import LineKind, Person, Role, RoleAssignment
from tests.clients import Client
from tests.domains.people.company import assert_closure_is_exact
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


def day(session: AsyncSession, offset: int = 0) -> str:
    today: date = facts(session)["today"]
    return (today + timedelta(days=offset)).isoformat()


def code(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    return response.status_code, body["errors"][0]["code"] if "errors" in body else body["code"]


async def events(session: AsyncSession) -> list[tuple[str, dict[str, Any]]]:
    found = select(LoggedEvent.topic, LoggedEvent.payload).order_by(LoggedEvent.id)
    return [(topic, payload or {}) for topic, payload in await session.execute(found)]


class TestRecordLeaving:
    async def test_counts_at_once(self, session: AsyncSession, as_person: AsPerson) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        ada = await a_person(session, "Ada", manager=mia)
        bob = await a_person(session, "Bob", manager=ada)
        team = await a_team(session, "Rockets", mia, ada)
        session.add(RoleAssignment(person_id=mia.id, role=Role.HR))
        await a_line(session, person=bob, manager=mia, kind=LineKind.DOTTED)
        team.lead_id = mia.id
        alex = await an_admin(session)
        client, gone = as_person(alex), as_person(mia)
        assert (await gone.get("/me")).status_code == 200

        response = await client.post(f"/employments/{mia.id}/leave", json={"left_on": day(session)})

        assert response.status_code == 200, response.text
        left = response.json()
        assert (left["status"], left["employment"]["left_on"]) == ("left", day(session))
        assert (left["roles"], left["teams"], left["manager"]) == ([], [], None)
        assert (left["direct_reports"], left["all_reports"]) == (0, 0)
        assert left["permissions"] == ["edit", "record_return"]
        assert (await gone.get("/me")).status_code == 401, "the session has ended"
        moved = (await client.get(f"/people/{ada.id}")).json()
        assert [one["name"] for one in moved["managers"]] == ["Boss"]
        dotted = (await client.get(f"/people/{bob.id}")).json()["dotted_managers"]
        assert dotted == []
        assert (await client.get(f"/teams/{team.id}")).json()["lead"] is None
        await assert_closure_is_exact(session)

    async def test_tells_who_was_the_manager(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        ada = await a_person(session, "Ada", manager=mia)
        alex = await an_admin(session)

        await as_person(alex).post(
            f"/employments/{mia.id}/leave", json={"left_on": day(session, -3)}
        )

        assert await events(session) == [
            (
                "people.person_left",
                {
                    "person_id": str(mia.id),
                    "left_on": day(session, -3),
                    "manager_id": str(boss.id),
                },
            ),
            (
                "people.person_moved",
                {
                    "person_id": str(ada.id),
                    "manager_id": str(boss.id),
                    "former_manager_id": str(mia.id),
                },
            ),
        ]

    async def test_names_the_manager_of_that_day(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss, nora = await a_person(session, "Boss"), await a_person(session, "Nora")
        mia, alex = await a_person(session, "Mia"), await an_admin(session)
        change = date(2024, 5, 1)
        await a_line(session, person=mia, manager=boss, until=change)
        await a_line(session, person=mia, manager=nora, since=change)

        await as_person(alex).post(f"/employments/{mia.id}/leave", json={"left_on": "2024-04-15"})

        (_, told), *_ = await events(session)
        assert told["manager_id"] == str(boss.id)
        lines = await as_person(alex).get(f"/org-chart/{mia.id}/reporting-lines")
        assert [(line["manager"]["name"], line["valid_to"]) for line in lines.json()["items"]] == [
            ("Boss", "2024-04-15")
        ]

    async def test_leaves_reports_without_manager_where_nobody_is_above(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)

        await as_person(alex).post(f"/employments/{mia.id}/leave", json={"left_on": day(session)})

        assert (await as_person(alex).get(f"/people/{ada.id}")).json()["manager"] is None
        await assert_closure_is_exact(session)

    async def test_keeps_a_later_day_as_planned(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)

        response = await as_person(alex).post(
            f"/employments/{ada.id}/leave", json={"left_on": day(session, 14)}
        )

        planned = response.json()
        assert (planned["status"], planned["employment"]["left_on"]) == (
            "active",
            day(session, 14),
        )
        assert planned["manager"]["name"] == "Mia"
        assert "record_return" in planned["permissions"]
        assert [topic for topic, _ in await events(session)] == ["people.leaving_planned"]

    async def test_refuses_what_cannot_be(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada = await a_person(session, "Ada", hired_on=date(2023, 1, 1))
        lena, hanna = await a_leaver(session), await an_hr_partner(session)

        async def answer(who: Person, whom: Person, left_on: str) -> tuple[int, str]:
            body = {"left_on": left_on}
            return code(await as_person(who).post(f"/employments/{whom.id}/leave", json=body))

        assert await answer(ada, ada, day(session)) == (403, "only_hr")
        assert await answer(hanna, lena, day(session)) == (409, "has_left")
        assert await answer(hanna, ada, "2022-12-31") == (422, "leaves_before_joining")
        assert await answer(hanna, ada, "never") == (422, "date_parsing")

    async def test_keeps_the_last_administrator(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        client = as_person(alex)

        now = await client.post(f"/employments/{alex.id}/leave", json={"left_on": day(session)})
        later = await client.post(
            f"/employments/{alex.id}/leave", json={"left_on": day(session, 9)}
        )
        await an_admin(session, "Bea")
        then = await client.post(f"/employments/{alex.id}/leave", json={"left_on": day(session)})

        assert code(now) == code(later) == (409, "last_administrator")
        assert then.status_code in {200, 204}

    async def test_of_whoever_holds_a_role_is_for_administrators(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex, hanna = await an_admin(session), await an_hr_partner(session)
        await an_admin(session, "Bea")

        response = await as_person(hanna).post(
            f"/employments/{alex.id}/leave", json={"left_on": day(session)}
        )

        assert code(response) == (403, "only_administrators")


class TestRecordReturn:
    async def test_brings_a_leaver_back(self, session: AsyncSession, as_person: AsPerson) -> None:
        mia, lena = await a_person(session, "Mia"), await a_leaver(session, "Lena")
        hanna = await an_hr_partner(session)
        body = {"hired_on": day(session, -1), "manager_id": str(mia.id)}

        response = await as_person(hanna).post(f"/employments/{lena.id}/return", json=body)

        assert response.status_code == 200, response.text
        back = response.json()
        assert (back["status"], back["manager"]["name"]) == ("active", "Mia")
        assert back["employment"]["hired_on"] == day(session, -1)
        assert back["employment"]["left_on"] is None
        assert [topic for topic, _ in await events(session)] == [
            "people.person_returned",
            "people.person_moved",
        ]
        await assert_closure_is_exact(session)

    async def test_takes_back_what_was_planned(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        later = facts(session)["today"] + timedelta(days=3)
        ada, hanna = await a_person(session, left_on=later), await an_hr_partner(session)

        response = await as_person(hanna).post(f"/employments/{ada.id}/return", json={})

        assert response.json()["employment"]["left_on"] is None
        assert [topic for topic, _ in await events(session)] == ["people.leaving_taken_back"]

    async def test_is_refused_of_who_is_here(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, hanna = await a_person(session), await an_hr_partner(session)

        response = await as_person(hanna).post(f"/employments/{ada.id}/return", json={})

        assert code(response) == (409, "has_not_left")

    async def test_is_no_way_around_who_may_move_a_whole_line(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sales, other = await a_department(session, "Sales"), await a_department(session, "Other")
        scoped = await an_hr_partner(session, of=sales)
        head = await a_person(session, "Head", department=sales)
        await a_person(session, "Ada", manager=head, department=other)
        client = as_person(scoped)
        await client.post(f"/employments/{head.id}/leave", json={"left_on": day(session, 9)})

        response = await client.post(
            f"/employments/{head.id}/return", json={"manager_id": str(scoped.id)}
        )

        assert code(response) == (403, "only_hr_of_reports")

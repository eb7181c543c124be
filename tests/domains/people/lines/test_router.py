from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import LineKind, Person
from tests.clients import Client
from tests.domains.people.company import assert_closure_is_exact
from tests.factories.people import (
    LONG_AGO,
    a_department,
    a_leaver,
    a_line,
    a_person,
    an_admin,
    an_hr_partner,
)

AsPerson = Callable[[Person], Client]


def day(session: AsyncSession, offset: int = 0) -> str:
    today: date = facts(session)["today"]
    return (today + timedelta(days=offset)).isoformat()


async def lines_of(client: Client, person: Person) -> list[tuple[str, str, str | None]]:
    response = await client.get(f"/org-chart/{person.id}/reporting-lines")
    assert response.status_code == 200, response.text
    return [
        (line["manager"]["name"], line["valid_from"], line["valid_to"])
        for line in response.json()["items"]
    ]


async def topics(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(LoggedEvent.topic).order_by(LoggedEvent.id)))


def code(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    return response.status_code, body["errors"][0]["code"] if "errors" in body else body["code"]


class TestAddReportingLine:
    async def test_moves_somebody_from_today_on(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss = await a_person(session, "Boss")
        mia, nora = (
            await a_person(session, "Mia", manager=boss),
            await a_person(session, "Nora", manager=boss),
        )
        ada = await a_person(session, "Ada", manager=mia)
        await a_person(session, "Bob", manager=ada)
        hanna = await an_hr_partner(session)
        body = {"manager_id": str(nora.id), "valid_from": day(session)}

        response = await as_person(hanna).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        assert response.status_code == 201, response.text
        assert response.headers["Location"] == f"/v1/reporting-lines/{response.json()['id']}"
        assert await lines_of(as_person(hanna), ada) == [
            ("Nora", day(session), None),
            ("Mia", LONG_AGO.isoformat(), day(session)),
        ]
        await assert_closure_is_exact(session)
        moved = (await session.scalars(select(LoggedEvent))).one()
        assert moved.topic == "people.person_moved"
        assert moved.payload == {
            "person_id": str(ada.id),
            "manager_id": str(nora.id),
            "former_manager_id": str(mia.id),
        }

    async def test_is_another_version_of_the_person(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, mia, alex = (
            await a_person(session, "Ada"),
            await a_person(session, "Mia"),
            await an_admin(session),
        )
        before = (await as_person(alex).get(f"/people/{ada.id}")).json()["version"]
        body = {"manager_id": str(mia.id), "valid_from": day(session)}

        await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        after = (await as_person(alex).get(f"/people/{ada.id}")).json()["version"]
        assert after == before + 1

    async def test_keeps_a_line_that_is_planned_already(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, nora = await a_person(session, "Mia"), await a_person(session, "Nora")
        ada, alex = await a_person(session, "Ada"), await an_admin(session)
        planned = {"manager_id": str(mia.id), "valid_from": day(session, 10)}
        sooner = {"manager_id": str(nora.id), "valid_from": day(session, 5)}

        for body in (planned, sooner):
            await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        assert await lines_of(as_person(alex), ada) == [
            ("Mia", day(session, 10), None),
            ("Nora", day(session, 5), day(session, 10)),
        ]
        assert await topics(session) == ["people.reporting_line_drawn"] * 2
        await assert_closure_is_exact(session)

    async def test_hides_what_is_planned_from_everybody_but_hr(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, nora = await a_person(session, "Mia"), await a_person(session, "Nora")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        body = {"manager_id": str(nora.id), "valid_from": day(session, 5)}

        await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        for who in (ada, mia, nora):
            assert await lines_of(as_person(who), ada) == [("Mia", LONG_AGO.isoformat(), None)]

    async def test_corrects_the_past(self, session: AsyncSession, as_person: AsPerson) -> None:
        mia, nora = await a_person(session, "Mia"), await a_person(session, "Nora")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        body = {"manager_id": str(nora.id), "valid_from": "2022-01-01"}

        await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        assert await lines_of(as_person(alex), ada) == [
            ("Nora", "2022-01-01", None),
            ("Mia", LONG_AGO.isoformat(), "2022-01-01"),
        ]
        await assert_closure_is_exact(session)

    async def test_puts_a_leaver_into_the_past_until_they_left(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, lena = await a_person(session, "Mia"), await a_leaver(session, "Lena")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        body = {"manager_id": str(lena.id), "valid_from": "2022-01-01"}

        await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        assert await lines_of(as_person(alex), ada) == [
            ("Mia", "2024-03-31", None),
            ("Lena", "2022-01-01", "2024-03-31"),
            ("Mia", LONG_AGO.isoformat(), "2022-01-01"),
        ]
        assert await lines_of(as_person(ada), ada) == [
            ("Mia", "2024-03-31", None),
            ("Mia", LONG_AGO.isoformat(), "2022-01-01"),
        ], "who has left is not named to everybody"

    async def test_leaves_somebody_without_manager(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        body = {"manager_id": None, "valid_from": day(session)}

        response = await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        assert (response.status_code, response.content) == (204, b"")
        assert await lines_of(as_person(alex), ada) == [("Mia", LONG_AGO.isoformat(), day(session))]
        await assert_closure_is_exact(session)

    async def test_does_nothing_where_nothing_changes(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        body = {"manager_id": str(mia.id), "valid_from": day(session)}

        response = await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        assert response.status_code == 201
        assert await lines_of(as_person(alex), ada) == [("Mia", LONG_AGO.isoformat(), None)]
        assert await topics(session) == []

    async def test_draws_dotted_lines_besides(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, nora = await a_person(session, "Mia"), await a_person(session, "Nora")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        body = {"manager_id": str(nora.id), "kind": "dotted", "valid_from": day(session)}
        client = as_person(alex)

        drawn = await client.post(f"/org-chart/{ada.id}/reporting-lines", json=body)
        twice = await client.post(f"/org-chart/{ada.id}/reporting-lines", json=body)

        assert (drawn.status_code, drawn.json()["kind"]) == (201, "dotted")
        assert code(twice) == (409, "line_overlaps")
        shown = (await client.get(f"/people/{ada.id}")).json()
        assert [one["name"] for one in shown["managers"]] == ["Mia"]
        assert [one["name"] for one in shown["dotted_managers"]] == ["Nora"]

    @pytest.mark.parametrize("offset", [-400, 0, 30])
    async def test_closes_no_circle_on_any_day(
        self, session: AsyncSession, as_person: AsPerson, offset: int
    ) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        body = {"manager_id": str(ada.id), "valid_from": day(session, offset)}

        response = await as_person(alex).post(f"/org-chart/{boss.id}/reporting-lines", json=body)

        assert code(response) == (422, "line_circular")
        await assert_closure_is_exact(session)

    async def test_closes_no_circle_with_what_is_planned(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, ada = await a_person(session, "Mia"), await a_person(session, "Ada")
        alex = await an_admin(session)
        planned = {"manager_id": str(mia.id), "valid_from": day(session, 30)}
        back = {"manager_id": str(ada.id), "valid_from": day(session)}
        await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=planned)

        response = await as_person(alex).post(f"/org-chart/{mia.id}/reporting-lines", json=back)

        assert code(response) == (422, "line_circular")

    async def test_lets_two_people_change_places_one_after_the_other(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia = await a_person(session, "Mia")
        ada = await a_person(session, "Ada")
        await a_line(session, person=ada, manager=mia, until=facts(session)["today"])
        alex = await an_admin(session)
        body = {"manager_id": str(ada.id), "valid_from": day(session)}

        response = await as_person(alex).post(f"/org-chart/{mia.id}/reporting-lines", json=body)

        assert response.status_code == 201, "the lines hold on different days"

    async def test_refuses_who_makes_no_manager(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, lena, alex = (
            await a_person(session),
            await a_leaver(session),
            await an_admin(session),
        )

        async def answer(**body: Any) -> tuple[int, str]:
            sent = {"valid_from": day(session)} | body
            return code(
                await as_person(alex).post(f"/org-chart/{ada.id}/reporting-lines", json=sent)
            )

        assert await answer(manager_id=str(ada.id)) == (422, "manager_is_self")
        assert await answer(manager_id=str(uuid4())) == (422, "not_found")
        assert await answer(manager_id=str(lena.id)) == (422, "manager_left")
        assert await answer(manager_id=None, kind="dotted") == (422, "manager_missing")
        assert await answer() == (422, "missing")

    async def test_is_refused_of_who_has_left(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, lena, alex = (
            await a_person(session, "Mia"),
            await a_leaver(session),
            await an_admin(session),
        )
        body = {"manager_id": str(mia.id), "valid_from": day(session)}

        response = await as_person(alex).post(f"/org-chart/{lena.id}/reporting-lines", json=body)

        assert code(response) == (409, "has_left")

    async def test_moves_a_whole_line_only_where_all_of_it_is_yours(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sales, other = await a_department(session, "Sales"), await a_department(session, "Other")
        scoped = await an_hr_partner(session, of=sales)
        mia = await a_person(session, "Mia", department=sales)
        head = await a_person(session, "Head", department=sales)
        await a_person(session, "Ada", manager=head, department=other)
        free = await a_person(session, "Free", department=sales)
        body = {"manager_id": str(mia.id), "valid_from": day(session)}
        client = as_person(scoped)

        refused = await client.post(f"/org-chart/{head.id}/reporting-lines", json=body)
        done = await client.post(f"/org-chart/{free.id}/reporting-lines", json=body)

        assert code(refused) == (403, "only_hr_of_reports")
        assert done.status_code == 201


class TestEndReportingLine:
    async def test_ends_it_today(self, session: AsyncSession, as_person: AsPerson) -> None:
        mia = await a_person(session, "Mia")
        ada, alex = await a_person(session, "Ada", manager=mia), await an_admin(session)
        client = as_person(alex)
        listed = (await client.get(f"/org-chart/{ada.id}/reporting-lines")).json()["items"]
        line = await client.get(f"/reporting-lines/{listed[0]['id']}")

        stale = await client.delete(
            f"/reporting-lines/{line.json()['id']}", headers={"If-Match": '"7-00"'}
        )
        done = await client.delete(
            f"/reporting-lines/{line.json()['id']}", headers={"If-Match": line.headers["ETag"]}
        )

        assert (stale.status_code, done.status_code) == (412, 204)
        assert await lines_of(client, ada) == [("Mia", LONG_AGO.isoformat(), day(session))]
        assert await topics(session) == ["people.person_moved"]
        await assert_closure_is_exact(session)

    async def test_takes_back_what_is_still_to_come(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, ada, alex = (
            await a_person(session, "Mia"),
            await a_person(session, "Ada"),
            await an_admin(session),
        )
        later = facts(session)["today"] + timedelta(days=9)
        line = await a_line(session, person=ada, manager=mia, since=later)

        response = await as_person(alex).delete(f"/reporting-lines/{line.id}")

        assert response.status_code == 204
        assert await lines_of(as_person(alex), ada) == []

    async def test_leaves_history_alone(self, session: AsyncSession, as_person: AsPerson) -> None:
        mia, ada, alex = (
            await a_person(session, "Mia"),
            await a_person(session, "Ada"),
            await an_admin(session),
        )
        line = await a_line(session, person=ada, manager=mia, until=date(2023, 1, 1))

        response = await as_person(alex).delete(f"/reporting-lines/{line.id}")

        assert code(response) == (409, "line_ended")

    async def test_is_for_hr(self, session: AsyncSession, as_person: AsPerson) -> None:
        mia, ada = await a_person(session, "Mia"), await a_person(session, "Ada")
        line = await a_line(session, person=ada, manager=mia, kind=LineKind.DOTTED)

        response = await as_person(ada).delete(f"/reporting-lines/{line.id}")

        assert code(response) == (403, "only_hr")

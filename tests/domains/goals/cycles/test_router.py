from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_cycle, today_of
from tests.factories.organizations import an_organization
from tests.factories.people import a_department, a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def alex(session: AsyncSession) -> Person:
    return await an_admin(session)


class TestAddGoalCycle:
    async def test_lasts_ninety_days_unless_somebody_says_otherwise(
        self, as_person: AsPerson, alex: Person
    ) -> None:
        client, sent = as_person(alex), {"name": "Q4", "starts_on": "2026-10-01"}

        by_default = await client.post("/goal-cycles", json=sent)
        by_day = await client.post("/goal-cycles", json=sent | {"ends_on": "2026-12-31"})
        await client.patch("/goal-settings", json={"cycle_days": 30})
        by_settings = await client.post("/goal-cycles", json=sent)

        answers = (by_default, by_day, by_settings)
        assert [answer.json()["ends_on"] for answer in answers] == [
            "2026-12-29",
            "2026-12-31",
            "2026-10-30",
        ]
        location = by_default.headers["location"].removeprefix("/v1")
        assert (await client.get(location)).json() == by_default.json()

    async def test_is_for_hr_of_the_whole_and_administrators(
        self, session: AsyncSession, as_person: AsPerson, alex: Person
    ) -> None:
        hr, of_one = (
            await an_hr_partner(session),
            await an_hr_partner(session, "Hera", of=await a_department(session)),
        )
        sent = {"name": "Q4", "starts_on": "2026-10-01"}

        answers = [
            await as_person(who).post("/goal-cycles", json=sent)
            for who in (alex, hr, of_one, await a_person(session))
        ]

        assert [answer.status_code for answer in answers] == [201, 201, 403, 403]
        assert answers[2].json()["code"] == "only_hr"

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"ends_on": "2026-09-30"}, "/ends_on", "ends_before_it_starts"),
            ({"starts_on": "9999-12-31"}, "/starts_on", "date_out_of_range"),
            ({"name": ""}, "/name", "string_too_short"),
            ({"state": "closed"}, "/state", "extra_forbidden"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self, as_person: AsPerson, alex: Person, body: dict[str, Any], pointer: str, code: str
    ) -> None:
        sent = {"name": "Q4", "starts_on": "2026-10-01"} | body

        response = await as_person(alex).post("/goal-cycles", json=sent)

        assert response.status_code == 422
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)


class TestListGoalCycles:
    async def test_tells_their_state_by_the_day_where_the_organization_is(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
            await an_organization(session, "There", time_zone=zone)
            ada = await a_person(session)
            for name, began, days in (
                ("first day", 0, 90),
                ("last day", 89, 90),
                ("tomorrow", -1, 90),
                ("yesterday", 90, 90),
            ):
                await a_cycle(session, name, began=began, days=days)
            client = as_person(ada)

            states = {
                cycle["name"]: cycle["state"]
                for cycle in (await client.get("/goal-cycles")).json()["items"]
            }
            active = (await client.get("/goal-cycles?state=active")).json()["items"]

            assert states == {
                "first day": "active",
                "last day": "active",
                "tomorrow": "upcoming",
                "yesterday": "ended",
            }
            assert [cycle["name"] for cycle in active] == ["first day", "last day"]

    async def test_comes_with_the_latest_start_first_page_by_page(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada = await a_person(session)
        for began in (10, 30, 20):
            await a_cycle(session, str(began), began=began)
        client = as_person(ada)

        first = (await client.get("/goal-cycles?limit=2")).json()
        rest = (await client.get(f"/goal-cycles?limit=2&cursor={first['next_cursor']}")).json()

        names = [cycle["name"] for page in (first, rest) for cycle in page["items"]]
        assert (names, rest["next_cursor"]) == (["10", "20", "30"], None)


class TestUpdateGoalCycle:
    async def test_changes_name_and_days(
        self, session: AsyncSession, as_person: AsPerson, alex: Person
    ) -> None:
        cycle = await a_cycle(session)
        until = str(today_of(session) + timedelta(days=3))

        shown = (
            await as_person(alex).patch(
                f"/goal-cycles/{cycle.id}", json={"name": "New", "ends_on": until}
            )
        ).json()

        assert (shown["name"], shown["ends_on"], shown["version"]) == ("New", until, 2)
        assert shown["starts_on"] == str(cycle.starts_on)

    async def test_keeps_the_order_of_its_days(
        self, session: AsyncSession, as_person: AsPerson, alex: Person
    ) -> None:
        cycle = await a_cycle(session)

        response = await as_person(alex).patch(
            f"/goal-cycles/{cycle.id}", json={"starts_on": str(cycle.ends_on + timedelta(days=1))}
        )

        assert (response.status_code, response.json()["errors"][0]["code"]) == (
            422,
            "ends_before_it_starts",
        )

    async def test_is_refused_to_others_and_without_the_version(
        self, session: AsyncSession, as_person: AsPerson, alex: Person
    ) -> None:
        cycle = await a_cycle(session)
        path, sent = f"/goal-cycles/{cycle.id}", {"json": {"name": "Mine"}}

        answers = [
            await as_person(await a_person(session)).patch(path, **sent),
            await as_person(alex).request("PATCH", path, **sent),
            await as_person(alex).patch(path, **sent, headers={"If-Match": '"9-00"'}),
            await as_person(alex).patch(f"/goal-cycles/{uuid7()}", **sent),
        ]

        assert [answer.status_code for answer in answers] == [403, 428, 412, 404]


class TestCloseGoalCycle:
    async def test_is_for_good(
        self, session: AsyncSession, as_person: AsPerson, alex: Person
    ) -> None:
        cycle = await a_cycle(session)
        client, path = as_person(alex), f"/goal-cycles/{cycle.id}"
        before = (await client.get(path)).json()

        closed = await client.post(f"{path}/close")
        again = await client.post(f"{path}/close")
        edited = await client.patch(path, json={"name": "Reopened"})

        assert before["permissions"] == ["edit", "close"]
        assert (closed.json()["state"], closed.json()["permissions"]) == ("closed", [])
        for refused in (again, edited):
            assert (refused.status_code, refused.json()["code"]) == (409, "cycle_closed")
        topics = list(await session.scalars(select(LoggedEvent.topic)))
        assert topics == ["goals.cycle_closed"]

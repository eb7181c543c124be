from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.domains.people.models import LineKind, Person, Status
from tests.clients import Client
from tests.domains.people.company import (
    closure,
    days_of,
    managers_on,
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

AsPerson = Callable[[Person], Client]


async def read(client: Client, path: str, **params: Any) -> Any:
    response = await client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


async def names(client: Client, path: str, **params: Any) -> list[str]:
    return [one["name"] for one in (await read(client, path, **params))["items"]]


async def a_history(session: AsyncSession, random: Random) -> list[Person]:
    """People whose managers change over three years, without circles on any day."""
    people = [await a_person(session, f"Person {n:02}") for n in range(12)]
    for n, person in enumerate(people[1:], 1):
        since = date(2021, 1, 1) + timedelta(days=random.randint(0, 90))
        while since < date(2024, 1, 1):
            until = since + timedelta(days=random.randint(30, 500))
            open_end = random.random() < 0.4
            await a_line(
                session,
                person=person,
                manager=people[random.randrange(n)],
                since=since,
                until=None if open_end else until,
            )
            if open_end:
                break
            since = until + timedelta(days=random.choice([0, 0, 10]))
    return people


class TestListManagers:
    async def test_shows_the_chain_nearest_first(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        ada = await a_person(session, "Ada", manager=mia)

        shown = await read(as_person(ada), f"/org-chart/{ada.id}/managers")

        assert [(one["name"], one["depth"]) for one in shown["items"]] == [("Mia", 1), ("Boss", 2)]
        assert await read(as_person(ada), f"/org-chart/{boss.id}/managers") == {"items": []}

    async def test_leaves_out_who_has_left_since(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss, alex = await a_person(session, "Boss"), await an_admin(session)
        lena = await a_leaver(session, "Lena", manager=boss)
        ada = await a_person(session, "Ada")
        await a_line(session, person=ada, manager=lena, until=date(2024, 3, 31))
        path, then = f"/org-chart/{ada.id}/managers", "2024-01-01"

        assert await names(as_person(alex), path, as_of=then) == ["Lena", "Boss"]
        shown = (await read(as_person(ada), path, as_of=then))["items"]
        assert [(one["name"], one["depth"]) for one in shown] == [("Boss", 2)]

    async def test_answers_404_for_whom_you_do_not_see(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, lena = await a_person(session), await a_leaver(session)

        for path in (f"/org-chart/{lena.id}/managers", f"/org-chart/{uuid4()}/reports"):
            assert (await as_person(ada).get(path)).status_code == 404


class TestListReports:
    async def test_shows_direct_ones_or_all(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss = await a_person(session, "Boss")
        mia = await a_person(session, "Mia", manager=boss)
        await a_person(session, "Ada", manager=mia)
        dotted = await a_person(session, "Dora")
        await a_line(session, person=dotted, manager=boss, kind=LineKind.DOTTED)
        client, path = as_person(mia), f"/org-chart/{boss.id}/reports"
        today = facts(session)["today"].isoformat()

        for when in ({}, {"as_of": today}):
            assert await names(client, path, **when) == ["Mia"]
            assert await names(client, path, direct="false", **when) == ["Ada", "Mia"]

    @pytest.mark.parametrize("as_of", [None, "2023-05-05"])
    async def test_comes_in_pages(
        self, session: AsyncSession, as_person: AsPerson, as_of: str | None
    ) -> None:
        boss = await a_person(session, "Boss")
        for n in range(5):
            await a_person(session, f"Twin {n // 2}", manager=boss)
        client, path = as_person(boss), f"/org-chart/{boss.id}/reports"
        params = {"as_of": as_of} if as_of else {}
        whole, paged = await read(client, path, **params), []
        cursor: dict[str, str] = {}
        while True:
            page = await read(client, path, limit=2, **cursor, **params)
            paged += page["items"]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}

        assert paged == whole["items"]
        assert len(paged) == 5
        foreign = await client.get(path, params=cursor | {"direct": "false"} | params)
        assert foreign.json()["code"] == "cursor_invalid"


class TestGetOrgChart:
    async def test_is_the_company_of_today(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sales = await a_department(session, "Sales")
        boss = await a_person(session, "Boss", job_title="CEO", department=sales)
        mia = await a_person(session, "Mia", manager=boss)
        ada = await a_person(session, "Ada", manager=mia, status=Status.ON_LEAVE)
        alone = await a_person(session, "Zoe")
        await a_person(session, "Next", manager=boss, status=Status.UPCOMING)
        await a_leaver(session, manager=mia)

        chart = await read(as_person(mia), "/org-chart")

        assert chart["as_of"] == facts(session)["today"].isoformat()
        assert [node["name"] for node in chart["nodes"]] == ["Ada", "Boss", "Mia", "Zoe"]
        assert chart["nodes"][1] == {
            "id": str(boss.id),
            "name": "Boss",
            "job_title": "CEO",
            "department": "Sales",
            "manager_id": None,
            "direct_reports": 1,
            "all_reports": 2,
        }
        assert chart["nodes"][0]["manager_id"] == str(mia.id)
        assert chart["roots"] == [str(boss.id)]
        assert chart["unassigned"] == [str(alone.id)]
        assert ada.name in {node["name"] for node in chart["nodes"]}

    async def test_shows_the_past_as_far_as_you_see_it(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        boss = await a_person(session, "Boss", hired_on=date(2019, 1, 1))
        lena = await a_leaver(session, "Lena", manager=boss, hired_on=date(2019, 1, 1))
        ada = await a_person(session, "Ada", hired_on=date(2021, 6, 1))
        await a_line(session, person=ada, manager=lena, since=date(2021, 6, 1), until=lena.left_on)
        await a_person(session, "New", hired_on=date(2024, 5, 1))
        alex = await an_admin(session)
        then = {"as_of": "2023-05-05"}

        whole = await read(as_person(alex), "/org-chart", **then)
        seen = await read(as_person(ada), "/org-chart", **then)
        early = await read(as_person(alex), "/org-chart", as_of="2020-05-05")

        counts = {node["name"]: node["all_reports"] for node in whole["nodes"]}
        assert counts == {"Ada": 0, "Alex Admin": 0, "Boss": 2, "Lena": 1}
        assert {node["name"]: node["manager_id"] for node in seen["nodes"]} == {
            "Ada": None,
            "Alex Admin": None,
            "Boss": None,
        }
        assert seen["roots"] == []
        assert {node["name"] for node in early["nodes"]} == {"Alex Admin", "Boss", "Lena"}

    async def test_shows_the_future_to_hr_of_all(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        today: date = facts(session)["today"]
        later, sales = today + timedelta(days=30), await a_department(session, "Sales")
        mia = await a_person(session, "Mia", left_on=later)
        ada = await a_person(session, "Ada", status=Status.UPCOMING, hired_on=later)
        hanna, scoped = (
            await an_hr_partner(session),
            await an_hr_partner(session, "Scoped", of=sales),
        )
        as_of = {"as_of": later.isoformat()}

        chart = await read(as_person(hanna), "/org-chart", **as_of)

        shown = {node["name"] for node in chart["nodes"]}
        assert ada.name in shown
        assert mia.name not in shown
        for path in ("/org-chart", f"/org-chart/{ada.id}/managers", f"/org-chart/{ada.id}/reports"):
            for who in (mia, scoped):
                refused = await as_person(who).get(path, params=as_of)
                assert (refused.status_code, refused.json()["code"]) == (403, "only_hr")

    @pytest.mark.parametrize("seed", range(3))
    async def test_every_day_is_what_the_lines_say(
        self, session: AsyncSession, as_person: AsPerson, seed: int
    ) -> None:
        random = Random(seed)
        people = await a_history(session, random)
        client = as_person(people[0])
        lines = await primary_lines(session)
        today: date = facts(session)["today"]
        assert await stored_closure(session) == closure(managers_on(lines, today))
        days = {day for day in days_of(lines) if day <= today}

        for day in random.sample(sorted(days), 6):
            managers = managers_on(lines, day)
            pairs = closure(managers)
            chart = await read(client, "/org-chart", as_of=day.isoformat())
            assert {
                UUID(node["id"]): UUID(node["manager_id"])
                for node in chart["nodes"]
                if node["manager_id"]
            } == managers
            assert {UUID(node["id"]): node["all_reports"] for node in chart["nodes"]} == {
                person.id: sum(above == person.id for above, _, _ in pairs) for person in people
            }
            someone = random.choice(people).id
            above = await read(client, f"/org-chart/{someone}/managers", as_of=day.isoformat())
            assert [(UUID(one["id"]), one["depth"]) for one in above["items"]] == sorted(
                ((manager, depth) for manager, report, depth in pairs if report == someone),
                key=lambda pair: pair[1],
            )
            below = await read(
                client, f"/org-chart/{someone}/reports", as_of=day.isoformat(), direct="false"
            )
            assert {UUID(one["id"]) for one in below["items"]} == {
                report for manager, report, _ in pairs if manager == someone
            }

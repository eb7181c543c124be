"""The directory as it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.history import happens_at
from perfapi.domains.people.models import LineKind, Person, Status
from tests.clients import Client
from tests.factories.people import a_department, a_line, a_person, a_team, an_admin

AsPerson = Callable[[Person], Client]

MONDAY = date(2026, 3, 2)


async def on(session: AsyncSession, day: int) -> None:
    await session.flush()
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    await happens_at(session, noon + timedelta(days=day))


@pytest.fixture
async def admin(session: AsyncSession) -> Person:
    return await an_admin(session)


@pytest.fixture
async def ada(session: AsyncSession, admin: Person) -> Person:
    """A trainee in Sales on Monday, a manager in Design since Thursday."""
    await on(session, 0)
    sales, design = await a_department(session, "Sales"), await a_department(session, "Design")
    ada = await a_person(session, "Ada", job_title="Trainee", department=sales)
    ada.location = "Rome"
    await on(session, 3)
    ada.job_title, ada.department_id, ada.location = "Manager", design.id, "Oslo"
    await session.flush()
    return ada


async def shown(client: Client, person: Person, day: int) -> dict[str, Any]:
    moment = {"as_of": f"{MONDAY + timedelta(days=day)}"}
    answer = await client.get(f"/people/{person.id}", params=moment)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def names(client: Client, **query: Any) -> set[str]:
    answer = await client.get("/people", params={"as_of": f"{MONDAY}"} | query)
    assert answer.status_code == 200, answer.text
    return {each["name"] for each in answer.json()["items"]}


class TestGetPersonAsOf:
    async def test_shows_the_place_of_then_and_the_name_of_today(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        ada.name = "Ada Lovelace"
        client = as_person(admin)

        then, since = await shown(client, ada, 2), await shown(client, ada, 3)

        assert (then["name"], since["name"]) == ("Ada Lovelace", "Ada Lovelace")
        assert (then["job_title"], then["location"]) == ("Trainee", "Rome")
        assert (since["job_title"], since["location"]) == ("Manager", "Oslo")
        assert (then["department"]["name"], since["department"]["name"]) == ("Sales", "Design")
        assert then["permissions"] == []
        assert then["employment"] is not None

    async def test_shows_the_lines_that_were_valid_that_day(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        await on(session, 0)
        top, old, new = [await a_person(session, name) for name in ("Top", "Old", "New")]
        thursday = MONDAY + timedelta(days=3)
        await a_line(session, person=old, manager=top, since=date(2020, 1, 1))
        await a_line(session, person=ada, manager=old, since=date(2020, 1, 1), until=thursday)
        await a_line(session, person=ada, manager=new, since=thursday)
        client = as_person(admin)

        then, since = await shown(client, ada, 2), await shown(client, ada, 3)

        assert (then["manager"]["name"], since["manager"]["name"]) == ("Old", "New")
        assert [each["name"] for each in then["managers"]] == ["Old", "Top"]
        counts = [
            [(await shown(client, person, day))[count] for day in (2, 3)]
            for person, count in ((old, "direct_reports"), (top, "all_reports"))
        ]
        assert counts == [[1, 0], [2, 1]]
        assert await names(client, manager_id=str(old.id)) == {"Ada"}
        assert await names(client, manager_id=str(new.id)) == set()

    async def test_shows_the_teams_of_then(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        await on(session, 2)
        team = await a_team(session, "Rockets", ada)
        client = as_person(admin)

        assert (await shown(client, ada, 1))["teams"] == []
        assert [each["name"] for each in (await shown(client, ada, 2))["teams"]] == ["Rockets"]
        assert await names(client, team_id=str(team.id)) == set()

    async def test_is_404_before_they_were_entered(
        self, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        client = as_person(admin)

        answer = await client.get(f"/people/{ada.id}", params={"as_of": "2026-03-01"})

        assert answer.status_code == 404
        assert "Ada" not in await names(client, as_of="2026-03-01")

    async def test_of_today_is_today(
        self, as_person: AsPerson, session: AsyncSession, admin: Person, ada: Person
    ) -> None:
        today = f"{session.sync_session.info['facts']['today']}"
        client = as_person(admin)

        now = (await client.get(f"/people/{ada.id}")).json()
        told = (await client.get(f"/people/{ada.id}", params={"as_of": today})).json()

        assert told == now
        assert now["permissions"] != []

    @pytest.mark.parametrize("day", ["2999-01-01", "yesterday", "2026-03-02T12:00:00Z"])
    async def test_of_what_is_no_past_day_is_refused(
        self, as_person: AsPerson, admin: Person, ada: Person, day: str
    ) -> None:
        for path in ("/people", f"/people/{ada.id}"):
            answer = await as_person(admin).get(path, params={"as_of": day})
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["parameter"] == "as_of"


class TestLeaversOfThePast:
    async def test_are_not_named_to_whoever_does_not_see_them(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        await on(session, 0)
        max_ = await a_person(session, "Max")
        await a_line(session, person=ada, manager=max_, since=date(2020, 1, 1))
        since = date(2020, 1, 1)
        await a_line(session, person=ada, manager=max_, since=since, kind=LineKind.DOTTED)
        await on(session, 5)
        max_.status, max_.left_on = Status.LEFT, MONDAY + timedelta(days=5)
        cleo, hr = as_person(await a_person(session, "Cleo")), as_person(admin)

        to_cleo, to_hr = await shown(cleo, ada, 2), await shown(hr, ada, 2)

        assert (to_cleo["manager"], to_cleo["managers"]) == (None, [])
        assert to_cleo["dotted_managers"] == []
        assert to_hr["manager"]["name"] == "Max"
        assert [one["name"] for one in to_hr["dotted_managers"]] == ["Max"]
        assert await names(cleo, manager_id=str(max_.id)) == set()
        assert await names(hr, manager_id=str(max_.id)) == {"Ada"}

    async def test_are_not_counted_either(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        await on(session, 0)
        max_ = await a_person(session, "Max")
        await a_line(session, person=max_, manager=ada, since=date(2020, 1, 1))
        await on(session, 5)
        max_.status, max_.left_on = Status.LEFT, MONDAY + timedelta(days=5)
        cleo, hr = as_person(await a_person(session, "Cleo")), as_person(admin)

        counts = [
            (told["direct_reports"], told["all_reports"])
            for told in (await shown(cleo, ada, 2), await shown(hr, ada, 2))
        ]

        assert counts == [(0, 0), (1, 1)]

    async def test_who_came_back_were_not_here_meanwhile(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        await on(session, 5)
        ada.status, ada.left_on = Status.LEFT, MONDAY + timedelta(days=5)
        await on(session, 8)
        ada.status, ada.left_on = Status.ACTIVE, None
        cleo = as_person(await a_person(session, "Cleo"))
        moment = {"as_of": f"{MONDAY + timedelta(days=6)}"}

        assert (await cleo.get(f"/people/{ada.id}", params=moment)).status_code == 404
        assert (await shown(as_person(admin), ada, 6))["status"] == "left"


class TestListPeopleAsOf:
    async def test_finds_by_what_was_true_then(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        client = as_person(admin)
        then = (await shown(client, ada, 0))["department"]["id"]
        since = (await shown(client, ada, 3))["department"]["id"]

        assert await names(client, department_id=then) == {"Ada"}
        assert await names(client, department_id=since) == set()
        assert await names(client, q="trainee") == {"Ada"}
        assert await names(client, q="manager") == set()
        assert await names(client, location="Rome") == {"Ada"}

    async def test_shows_whom_you_see_today(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        """Who has left since was here then, and is seen by those who see leavers."""
        await on(session, 5)
        ada.status, ada.left_on = Status.LEFT, MONDAY + timedelta(days=5)
        colleague = await a_person(session, "Cleo")

        assert await names(as_person(admin), q="Ada") == {"Ada"}
        assert await names(as_person(admin), q="Ada", has_left="true") == set()
        assert await names(as_person(colleague), q="Ada") == set()

    async def test_tells_colleagues_nothing_of_a_leave(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        await on(session, 5)
        ada.status = Status.ON_LEAVE
        await on(session, 7)
        ada.status = Status.ACTIVE
        colleague = as_person(await a_person(session, "Cleo"))

        assert (await shown(as_person(ada), ada, 6))["status"] == "on_leave"
        assert (await shown(colleague, ada, 6))["status"] == "active"
        sunday = f"{MONDAY + timedelta(days=6)}"
        assert await names(as_person(admin), status="on_leave", as_of=sunday) == {"Ada"}
        assert await names(colleague, status="on_leave", as_of=sunday) == set()


class TestGetOrgChartAsOf:
    async def test_shows_titles_and_departments_of_then(
        self, session: AsyncSession, as_person: AsPerson, admin: Person, ada: Person
    ) -> None:
        async def node(day: str) -> tuple[str, str]:
            chart = (await as_person(admin).get("/org-chart", params={"as_of": day})).json()
            [found] = [each for each in chart["nodes"] if each["id"] == str(ada.id)]
            return found["job_title"], found["department"]

        assert await node("2026-03-03") == ("Trainee", "Sales")
        assert await node("2026-03-06") == ("Manager", "Design")
        # Nothing was kept yet: as they were first known would be a guess, so it is today's.
        assert await node("2026-02-01") == ("Manager", "Design")

"""The goals behind a number: as many as it says, and those that it means."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, get_args

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.analytics.schemas import Counted
from perfapi.domains.goals.models import Driver, GoalState, Level, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.analytics.setting import Halden, settled
from tests.factories.goals import noon, today_of

AsPerson = Callable[[Person], Client]


async def behind(client: Client, **query: Any) -> list[str]:
    """Their titles, page by page."""
    titles: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await client.get("/analytics/goals/behind", params={"limit": 3} | query | cursor)
        assert answer.status_code == 200, answer.text
        titles += [goal["title"] for goal in answer.json()["items"]]
        if answer.json()["next_cursor"] is None:
            return titles
        cursor = {"cursor": answer.json()["next_cursor"]}


def counts(numbers: dict[str, Any]) -> dict[str, int]:
    """What the document says of each count."""
    status, states = numbers["status"], numbers["states"]
    cadence, alignment = numbers["cadence"], numbers["alignment"]
    return {
        "goals": numbers["goals"],
        **{name: status[name] for name in ("on_track", "at_risk", "off_track", "no_number")},
        **{name: states[name] for name in ("active", "closed", "cancelled", "archived")},
        "measured": numbers["progress"]["n"],
        "waiting": cadence["n"],
        "in_rhythm": cadence["count"],
        "out_of_rhythm": cadence["n"] - cadence["count"],
        "stale": numbers["staleness"]["count"],
        "could_serve": alignment["n"],
        "serving": alignment["count"],
        "serving_none": alignment["n"] - alignment["count"],
    }


async def a_varied_company(session: AsyncSession, halden: Halden) -> None:
    ben, cleo, dan = halden.people
    company = await halden.goal(session, halden.ada, "80", level=Level.COMPANY, title="Company")
    for owner, reached in ((ben, "50"), (cleo, "45"), (dan, "30"), (ben, "29"), (cleo, None)):
        await halden.goal(session, owner, reached, title=f"{owner.name} {reached}")
    for owner, days in ((ben, 7), (cleo, 8), (dan, 14), (halden.sellers[0], 0)):
        goal = await halden.goal(session, owner, "1", title=f"{owner.name} quiet for {days}")
        await session.execute(
            text("UPDATE goal_progress SET checked_in_at = :ago WHERE goal_id = :goal"),
            {"ago": noon(today_of(session) - timedelta(days=days)), "goal": goal.id},
        )
    for state in (GoalState.CLOSED, GoalState.CANCELLED, GoalState.ARCHIVED):
        await halden.goals(session, *halden.people, state=state, title=f"{state}")
    await halden.goal(
        session,
        halden.sellers[1],
        level=Level.DEPARTMENT,
        department_id=halden.sales.id,
        driver=Driver.GOALS,
        under=company,
        title="Of sales",
    )
    await halden.goal(session, ben, "90", visibility=Visibility.PRIVATE, title="Private")
    await settled(session)


class TestListGoalsBehindInsights:
    async def test_are_as_many_as_each_number_says(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await a_varied_company(session, halden)
        groups: list[dict[str, Any]] = [
            {},
            {"group": "department", "id": halden.backend.id},
            {"group": "team", "id": halden.rockets.id},
            {"group": "manager", "id": halden.ada.id},
        ]
        client = as_person(halden.admin)
        for group in groups:
            answer = await client.get("/analytics/goals", params=group)
            told = counts(answer.json()["numbers"])
            found = {
                name: len(await behind(client, counted=name, limit=200, **group)) for name in told
            }
            assert found == told, group
            assert told.keys() == set(get_args(Counted))
            assert all(told[name] for name in ("out_of_rhythm", "stale", "serving_none")), group

    async def test_are_those_that_it_means(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await a_varied_company(session, halden)
        client = as_person(halden.mia)
        mine = {"group": "manager"}

        assert await behind(client, counted="out_of_rhythm", **mine) == [
            "Cleo None",
            "Cleo quiet for 8",
            "Dan quiet for 14",
        ]
        assert await behind(client, counted="serving") == ["Of sales"]
        assert "Sue quiet for 0" not in await behind(client, **mine)
        assert "Private" not in await behind(as_person(halden.people[0]))

    async def test_are_only_those_that_you_see(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        ben, cleo, _ = halden.people
        await halden.goal(session, ben, title="Open")
        await halden.goal(session, ben, title="Ours", visibility=Visibility.MANAGER_CHAIN)
        await settled(session)

        assert await behind(as_person(halden.mia)) == ["Open", "Ours"]
        assert await behind(as_person(cleo)) == ["Open"]

    async def test_are_shown_to_whom_the_numbers_are(
        self, as_person: AsPerson, halden: Halden
    ) -> None:
        query = {"group": "manager", "id": str(halden.mia.id)}
        for person, status in ((halden.mia, 200), (halden.ada, 200), (halden.people[0], 403)):
            answer = await as_person(person).get("/analytics/goals/behind", params=query)
            assert answer.status_code == status, person.name

    async def test_a_cursor_belongs_to_its_number(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people)
        await settled(session)
        client = as_person(halden.mia)
        first = await client.get("/analytics/goals/behind", params={"limit": 1})
        cursor = first.json()["next_cursor"]

        other = await client.get(
            "/analytics/goals/behind", params={"cursor": cursor, "counted": "active"}
        )

        assert other.status_code == 400

"""Looking back: what is answered of an instant is what was answered at that instant."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.history import happens_at
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.forest import Forest, Step, stories
from tests.domains.goals.looking_back import Story
from tests.factories.goals import acting_as
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin

AsPerson = Callable[[Person], Client]

OF_NOW_ONLY = {"permissions", "goes_along_count", "period_score"}
"""Nothing can be done with the past; and how long a band was kept changes while one looks."""


def lasting(document: Any) -> Any:
    match document:
        case dict():
            return {k: lasting(v) for k, v in document.items() if k not in OF_NOW_ONLY}
        case list():
            return [lasting(item) for item in document]
        case _:
            return document


class Onlooker:
    """Reads all that a person can read of goals, now or as of an instant."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def reads(self, path: str, **query: str) -> Any:
        response = await self.client.get(path, params=query)
        assert response.status_code == 200, response.text
        return lasting(response.json())

    async def sees(self, as_of: datetime | date | None = None) -> dict[str, Any]:
        moment = {} if as_of is None else {"as_of": as_of.isoformat()}
        goals = (await self.reads("/goals", limit="200", **moment))["items"]
        archived = (await self.reads("/goals", state="archived", **moment))["items"]
        return {
            "goals": goals,
            "archived": archived,
            "tree": await self.reads("/goals/tree", **moment),
            "each": [await self.reads(f"/goals/{goal['id']}", **moment) for goal in goals],
        }


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def _replays(
    session: AsyncSession, as_person: AsPerson, story: list[Step], *, every: int = 4
) -> None:
    """What is seen after some of the steps is asked for again in the end."""
    await an_organization(session, "Forest")
    admin = await an_admin(session)
    forest = Forest(session, await acting_as(session, admin))
    onlooker = Onlooker(as_person(admin))
    seen: list[tuple[datetime, dict[str, Any]]] = []
    for place, step in enumerate(story):
        # A goal that was deleted is out of sight, then too: see below.
        if step.act == "delete":
            continue
        await happens_at(session, utcnow())
        await forest.take(step)
        if place > 10 and place % every == 0:
            seen.append((utcnow(), await onlooker.sees()))
    for instant, answers in seen:
        assert await onlooker.sees(instant) == answers, instant


class TestReplay:
    @settings(
        max_examples=6,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(stories(6, 16))
    async def test_answers_what_was_answered_then(
        self, session: AsyncSession, as_person: AsPerson, story: list[Step]
    ) -> None:
        await _replays(session, as_person, story)

    # In turns: what all stories of a turn leave behind makes each next one slower.
    @pytest.mark.whole
    @pytest.mark.parametrize("turn", range(5))
    @settings(
        max_examples=5,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(story=stories(20, 50))
    async def test_answers_it_after_long_stories_too(
        self, session: AsyncSession, as_person: AsPerson, story: list[Step], turn: int
    ) -> None:
        await _replays(session, as_person, story, every=9)


@pytest.fixture
def story(session: AsyncSession, as_person: AsPerson, ada: Person) -> Story:
    return Story(session, as_person(ada))


class TestGoalAsOf:
    async def test_says_what_it_said_on_each_day(self, story: Story) -> None:
        goal = await story.begins()
        [calls] = goal["key_results"]
        await story.on(2)
        await story.does("post", f"/key-results/{calls['id']}/check-ins", json={"value": "1"})
        await story.on(4)
        await story.changes(goal, title="Second words", weight="3")
        await story.on(5)
        await story.does("post", f"/key-results/{calls['id']}/check-ins", json={"value": "9"})

        told = [await story.shows(goal, day) for day in (1, 3, 4, 5)]

        assert [
            (each["title"], each["weight"], each["progress"], each["expected"], each["status"])
            for each in told
        ] == [
            ("First words", "1", "0", "0.1", "off_track"),
            ("First words", "1", "0.1", "0.3", "off_track"),
            ("Second words", "3", "0.1", "0.4", "off_track"),
            ("Second words", "3", "0.9", "0.5", "on_track"),
        ]
        assert [each["key_results"][0]["current"] for each in told] == ["0", "1", "1", "9"]
        assert [each["version"] for each in told] == [1, 1, 2, 2]

    async def test_is_nothing_before_it_was_set(self, story: Story) -> None:
        goal = await story.begins()
        path, before = f"/goals/{goal['id']}", {"as_of": "2026-03-01"}

        assert (await story.client.get(path, params=before)).status_code == 404
        assert (await story.does("get", "/goals", params=before))["items"] == []
        assert (await story.does("get", "/goals/tree", params=before))["nodes"] == []

    async def test_takes_an_instant_too(self, story: Story) -> None:
        goal = await story.begins()
        await story.on(0, hour=15)
        await story.changes(goal, title="In the afternoon")

        told = [
            (await story.shows(goal, f"2026-03-02T{time}"))["title"]
            for time in ("14:59:59.999999Z", "15:00:00Z", "15:30:00+01:00")
        ]

        assert told == ["First words", "In the afternoon", "First words"]

    async def test_ends_a_day_by_the_clocks_of_the_organization(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        """At 11 in the morning by UTC, Kiribati has had midnight for an hour."""
        await an_organization(session, "Kiribati", time_zone="Pacific/Kiritimati")
        story = Story(session, as_person(await a_person(session)))
        goal = await story.begins()
        await story.on(1, hour=9)
        await story.changes(goal, title="Still on Tuesday")
        await story.on(1, hour=11)
        await story.changes(goal, title="On Wednesday")

        assert (await story.shows(goal, 1))["title"] == "Still on Tuesday"
        assert (await story.shows(goal, 2))["title"] == "On Wednesday"

    async def test_has_the_check_ins_until_then(self, story: Story) -> None:
        goal = await story.begins()
        [calls] = goal["key_results"]
        path = f"/key-results/{calls['id']}/check-ins"
        for _ in range(2):
            await story.does("post", path, json={"value": "1"})
        first = (await story.does("get", path))["items"][1]["checked_in_at"]

        for listed in (path, f"/goals/{goal['id']}/check-ins"):
            then = (await story.does("get", listed, params={"as_of": first}))["items"]
            before = (await story.does("get", listed, params={"as_of": "2026-03-05"}))["items"]
            assert ([each["checked_in_at"] for each in then], before) == ([first], [])

    async def test_opens_no_acts(self, story: Story) -> None:
        goal = await story.begins()

        past = await story.shows(goal, 1)

        assert "edit" in (await story.does("get", f"/goals/{goal['id']}"))["permissions"]
        assert past["permissions"] == []
        assert past["key_results"][0]["permissions"] == []

    async def test_knows_the_goals_that_were_around_it(self, story: Story) -> None:
        above, other = await story.begins(title="Above"), await story.begins(title="Other")
        goal = await story.begins(parent_id=above["id"])
        await story.on(3)
        await story.changes(goal, parent_id=other["id"])

        past, since = await story.shows(goal, 2), await story.shows(goal, 3)

        assert [past["parent"]["title"], since["parent"]["title"]] == ["Above", "Other"]
        assert [step["title"] for step in past["ancestors"]] == ["Above"]
        assert [each["title"] for each in (await story.shows(above, 2))["children"]] == [
            "First words"
        ]
        assert (await story.shows(above, 3))["children"] == []

    async def test_lists_what_was_whose_then(
        self, session: AsyncSession, story: Story, ada: Person
    ) -> None:
        bea = await a_person(session, "Bea", manager=ada)
        goal = await story.begins()
        await story.on(3)
        await story.changes(goal, owner_id=str(bea.id))

        async def owned(owner: Person, day: str) -> list[str]:
            query = {"owner_id": str(owner.id), "as_of": day}
            found = (await story.does("get", "/goals", params=query))["items"]
            return [each["title"] for each in found]

        assert await owned(ada, "2026-03-03") == ["First words"]
        assert await owned(bea, "2026-03-03") == []
        assert await owned(bea, "2026-03-05") == ["First words"]

    async def test_remembers_how_it_had_ended(self, story: Story) -> None:
        goal = await story.begins()
        await story.on(3)
        await story.does("post", f"/goals/{goal['id']}/close", json={"note": "Done", "score": "1"})
        await story.on(4)
        await story.does("post", f"/goals/{goal['id']}/archive")

        assert [(await story.shows(goal, day))["state"] for day in (2, 3, 4)] == [
            *("active", "closed", "archived"),
        ]
        query = {"as_of": "2026-03-06", "state": "archived"}
        assert len((await story.does("get", "/goals", params=query))["items"]) == 1
        query["as_of"] = "2026-03-05"
        assert (await story.does("get", "/goals", params=query))["items"] == []

    async def test_judges_by_the_thresholds_of_then(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        await an_organization(session, "Strict")
        admin = await an_admin(session)
        story = Story(session, as_person(admin))
        goal = await story.begins()
        [calls] = goal["key_results"]
        await story.does("post", f"/key-results/{calls['id']}/check-ins", json={"value": "3"})
        await happens_at(session, utcnow())
        before = utcnow()
        headers = {"If-Match": "*"}
        await happens_at(session, utcnow())
        easy = {"on_track_from": "0.2", "at_risk_from": "0.1"}
        await story.does("patch", "/goal-settings", json=easy, headers=headers)

        past = await story.shows(goal, before.isoformat())

        assert past["status"] == "off_track"
        assert (await story.does("get", f"/goals/{goal['id']}"))["status"] == "on_track"


class TestMoment:
    @pytest.mark.parametrize(
        "moment",
        ["2999-01-01", "2999-01-01T00:00:00Z", "yesterday", "20260302", "2026-03-02T10:00:00", ""],
    )
    @pytest.mark.parametrize("path", ["/goals", "/goals/tree", f"/goals/{UUID(int=7)}"])
    async def test_that_makes_no_sense_is_refused(
        self, as_person: AsPerson, ada: Person, path: str, moment: str
    ) -> None:
        answer = await as_person(ada).get(path, params={"as_of": moment})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "as_of"

    async def test_of_today_is_now(self, session: AsyncSession, story: Story) -> None:
        await happens_at(session, utcnow())
        today = utcnow().date()
        goal = await story.begins()

        assert (await story.shows(goal, f"{today}"))["title"] == "First words"

    async def test_pages_on_with_the_same_moment_only(self, story: Story) -> None:
        for title in ("A", "B"):
            await story.begins(title=title)
        first = await story.does("get", "/goals", params={"as_of": "2026-03-03", "limit": 1})
        query = {"limit": 1, "cursor": first["next_cursor"]}

        second = await story.does("get", "/goals", params={"as_of": "2026-03-03", **query})
        other = await story.client.get("/goals", params={"as_of": "2026-03-04", **query})

        assert [each["title"] for each in second["items"]] == ["B"]
        assert other.json()["code"] == "cursor_invalid"

"""Of the past one sees what one may see of the goal as it is and as it was."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.looking_back import Story
from tests.factories.organizations import an_organization
from tests.factories.people import a_person, an_admin

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
def story(session: AsyncSession, as_person: AsPerson, ada: Person) -> Story:
    return Story(session, as_person(ada))


class TestWhoSeesThePast:
    async def test_is_who_sees_the_goal_today_and_would_have_seen_it_then(
        self, session: AsyncSession, as_person: AsPerson, story: Story
    ) -> None:
        cleo = as_person(await a_person(session, "Cleo"))
        opened, closed = await story.begins(visibility="private"), await story.begins()
        await story.on(3)
        await story.changes(opened, visibility="public")
        await story.changes(closed, visibility="private")
        day = {"as_of": "2026-03-03"}

        listed = (await cleo.get("/goals", params=day)).json()["items"]
        tree = (await cleo.get("/goals/tree", params=day)).json()["nodes"]

        assert (listed, tree) == ([], [])
        for goal in (opened, closed):
            assert (await cleo.get(f"/goals/{goal['id']}", params=day)).status_code == 404
        since = (await cleo.get("/goals", params={"as_of": "2026-03-06"})).json()["items"]
        assert [each["id"] for each in since] == [opened["id"]]

    async def test_reads_no_draft_of_what_was_published_later(
        self, session: AsyncSession, as_person: AsPerson, story: Story, ada: Person
    ) -> None:
        cleo = as_person(await a_person(session, "Cleo"))
        above = await story.begins(title="Above")
        goal = await story.begins(title="A hard word", state="draft", parent_id=above["id"])
        await story.on(2)
        await story.changes(goal, title="A kind word")
        await story.on(3)
        await story.does("post", f"/goals/{goal['id']}/activate")

        async def told(client: Client, day: str) -> tuple[int, int]:
            moment = {"as_of": day}
            found = await client.get(f"/goals/{goal['id']}", params=moment)
            parent = (await client.get(f"/goals/{above['id']}", params=moment)).json()
            return found.status_code, len(parent["children"])

        assert await told(cleo, "2026-03-03") == (404, 0)
        assert await told(cleo, "2026-03-06") == (200, 1)
        assert await told(as_person(ada), "2026-03-03") == (200, 1)

    async def test_counts_goals_around_it_that_are_hidden_today(
        self, session: AsyncSession, as_person: AsPerson, story: Story
    ) -> None:
        cleo = as_person(await a_person(session, "Cleo"))
        above = await story.begins(title="Above", driver="goals")
        below = await story.begins(parent_id=above["id"])
        await story.on(3)
        await story.changes(below, visibility="private")

        past = (await cleo.get(f"/goals/{above['id']}", params={"as_of": "2026-03-03"})).json()

        assert (past["children"], past["hidden_child_count"]) == ([], 1)

    async def test_has_no_deleted_drafts(self, session: AsyncSession, story: Story) -> None:
        draft = await story.begins(state="draft")
        await story.on(3)
        headers = {"If-Match": "*"}
        await story.does("delete", f"/goals/{draft['id']}", headers=headers)

        past = await story.client.get(f"/goals/{draft['id']}", params={"as_of": "2026-03-03"})

        assert past.status_code == 404
        for table in ("goals", "goal_progress", "key_results", "key_result_progress"):
            kept = await session.scalar(text(f"SELECT count(*) FROM {table}_history"))
            assert kept == 0, table

    async def test_does_not_reach_another_organization(
        self, session: AsyncSession, as_person: AsPerson, story: Story
    ) -> None:
        goal = await story.begins()
        await an_organization(session, "Elsewhere")
        stranger = as_person(await an_admin(session))
        day = {"as_of": "2026-03-03"}

        assert (await stranger.get(f"/goals/{goal['id']}", params=day)).status_code == 404
        assert (await stranger.get("/goals", params=day)).json()["items"] == []

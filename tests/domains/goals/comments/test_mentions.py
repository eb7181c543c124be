"""Whom a comment speaks to, and for whom it waits."""

from collections.abc import Callable

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.comments.conversation import Company, needs, say, threads
from tests.factories.goals import a_goal
from tests.factories.people import a_leaver

AsPerson = Callable[[Person], Client]


class TestMentions:
    async def test_name_people_who_see_the_goal(
        self, as_person: AsPerson, company: Company
    ) -> None:
        ids = [str(company.manager.id), str(company.owner.id), str(company.manager.id)]

        said = await say(as_person(company.owner), company.path, "@Mia look", mention_ids=ids)

        assert [person["name"] for person in said["mentions"]] == ["Mia Manager", "Olivia Owner"]
        [need] = await needs(as_person(company.manager))
        assert (need["kind"], need["resource"], need["id"]) == (
            "goal_mentions_you",
            "goals",
            str(company.goal.id),
        )
        assert (need["count"], need["title"]) == (1, company.goal.title)
        assert await needs(as_person(company.owner)) == []  # nobody waits for themself

    async def test_of_whom_the_goal_is_not_for_are_refused_like_unknown_people(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        leaver = await a_leaver(session, manager=company.manager)
        told = set()
        for person_id in (company.colleague.id, company.admin.id, leaver.id, uuid7()):
            sent = {"text": "@Carl", "mention_ids": [str(company.manager.id), str(person_id)]}
            response = await as_person(company.owner).post(company.path, json=sent)
            assert response.status_code == 422
            [error] = response.json()["errors"]
            told.add((error["pointer"], error["code"], error["detail"]))

        assert len(told) == 1
        assert next(iter(told))[:2] == ("/mention_ids/1", "not_found")
        assert await threads(as_person(company.owner), company.path) == []

    async def test_change_with_the_text(self, as_person: AsPerson, company: Company) -> None:
        owner, manager = as_person(company.owner), as_person(company.manager)
        said = await say(owner, company.path, "Look")
        path = f"/goal-comments/{said['id']}"

        sent = {"text": "@Mia", "mention_ids": [str(company.manager.id)]}
        edited = (await owner.patch(path, json=sent)).json()
        assert ([one["name"] for one in edited["mentions"]], edited["text"]) == (
            ["Mia Manager"],
            "@Mia",
        )
        assert [need["kind"] for need in await needs(manager)] == ["goal_mentions_you"]

        kept = (await owner.patch(path, json={"text": "@Mia!"})).json()
        assert len(kept["mentions"]) == 1

        refused = await owner.patch(path, json={"mention_ids": [str(company.colleague.id)]})
        assert refused.json()["errors"][0]["pointer"] == "/mention_ids/0"

        gone = (await owner.patch(path, json={"mention_ids": []})).json()
        assert gone["mentions"] == []
        assert await needs(manager) == []


class TestListMentionablePeople:
    async def test_finds_those_who_see_the_goal_by_name(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        await a_leaver(session, "Mona Manager", manager=company.manager)
        path = f"{company.path}/mentionable-people"

        async def found(words: str) -> list[str]:
            answer = await as_person(company.owner).get(path, params={"q": words})
            return [person["name"] for person in answer.json()["items"]]

        assert await found("m") == ["Mia Manager"]
        assert await found("o") == ["Olivia Owner"]
        assert await found("carl") == []
        everybody = (await as_person(company.owner).get(path)).json()["items"]
        assert [person["name"] for person in everybody] == ["Mia Manager", "Olivia Owner"]
        assert (await as_person(company.colleague).get(f"{path}?q=m")).status_code == 404


class TestWhatWaits:
    async def test_is_told_to_the_owner_and_to_whoever_was_answered_until_they_look(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        owner, manager = as_person(company.owner), as_person(company.manager)
        said = await say(manager, company.path, "How is it going?")
        await say(manager, company.path, "And when?")
        await say(owner, company.path, "Well.", reply_to_id=said["id"])

        [of_owner], [of_manager] = await needs(owner), await needs(manager)
        assert (of_owner["kind"], of_owner["count"]) == ("goal_comments_new", 2)
        assert (of_manager["kind"], of_manager["count"]) == ("goal_comments_new", 1)
        assert of_owner["since"] == said["created_at"]
        found = await threads(owner, company.path)
        assert [thread["is_new"] for thread in found] == [True, True]
        assert [reply["is_new"] for reply in found[1]["replies"]] == [False]

        looked = await owner.put(f"{company.path}/seen")

        assert looked.status_code == 204
        assert await needs(owner) == []
        assert not any(thread["is_new"] for thread in await threads(owner, company.path))
        assert len(await needs(manager)) == 1  # nobody looks for another

    async def test_leaves_nothing_behind_once_it_was_seen(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        await say(as_person(company.manager), company.path, "Hello")
        events = len(list(await session.scalars(select(LoggedEvent.id))))

        await as_person(company.owner).put(f"{company.path}/seen")

        kept = await session.execute(text("SELECT count(*) FROM goal_comment_notices"))
        assert kept.scalar_one() == 0
        assert len(list(await session.scalars(select(LoggedEvent.id)))) == events

    async def test_of_another_goal_still_waits(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        other = await a_goal(session, company.owner, "Another")
        for path in (company.path, f"/goals/{other.id}/comments"):
            await say(as_person(company.manager), path, "Hello")

        await as_person(company.owner).put(f"{company.path}/seen")

        [need] = await needs(as_person(company.owner))
        assert need["title"] == "Another"

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import GoalState, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.comments.conversation import Company, needs, say, threads
from tests.factories.goals import a_comment, a_goal

AsPerson = Callable[[Person], Client]


class TestCommentOnGoal:
    async def test_is_read_by_everybody_who_sees_the_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        said = await say(as_person(company.manager), company.path, "**Well** done\n\nReally.")

        [thread] = await threads(as_person(company.owner), company.path)
        assert thread["text"] == "**Well** done\n\nReally."
        assert thread["author"]["name"] == "Mia Manager"
        assert (thread["id"], thread["replies"], thread["reactions"]) == (said["id"], [], [])
        assert said["permissions"] == ["edit", "delete", "reply", "react"]
        assert thread["permissions"] == ["reply", "react"]
        event = (await session.scalars(select(LoggedEvent))).one()
        assert (event.topic, event.actor_id) == ("goals.commented", company.manager.id)
        assert "Well" not in str(event.payload)

    @pytest.mark.parametrize("state", GoalState)
    async def test_is_open_in_every_state_of_the_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company, state: GoalState
    ) -> None:
        goal = await a_goal(session, company.owner, state=state)

        await say(as_person(company.owner), f"/goals/{goal.id}/comments", "So it ends")

    async def test_is_not_for_those_who_do_not_see_the_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        comment = await a_comment(session, company.goal, by=company.owner)
        path = f"/goal-comments/{comment.id}"
        for person in (company.colleague, company.admin):
            client = as_person(person)
            answers = [
                await client.get(company.path),
                await client.post(company.path, json={"text": "Me too"}),
                await client.put(f"{company.path}/seen"),
                await client.get(path),
                await client.patch(path, json={"text": "Mine"}),
                await client.delete(path),
                await client.put(f"{path}/reactions/heart"),
                await client.delete(f"{path}/reactions/heart"),
            ]
            assert {answer.status_code for answer in answers} == {404}

    async def test_is_lost_with_the_sight_of_the_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        open_goal = await a_goal(session, company.owner)
        path = f"/goals/{open_goal.id}/comments"
        said = await say(as_person(company.colleague), path, "Count me in")
        await say(as_person(company.owner), path, "Gladly", reply_to_id=said["id"])
        client = as_person(company.colleague)
        assert [need["kind"] for need in await needs(client)] == ["goal_comments_new"]

        sent = {"visibility": "private"}
        await as_person(company.owner).patch(f"/goals/{open_goal.id}", json=sent)

        assert (await client.get(path)).status_code == 404
        assert (await client.get(f"/goal-comments/{said['id']}")).status_code == 404
        assert await needs(client) == []

    async def test_counts_once_however_often_it_is_sent(
        self, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.owner)
        for _ in range(2):
            headers = {"Idempotency-Key": "once"}
            await client.post(company.path, json={"text": "Hello"}, headers=headers)

        assert len(await threads(client, company.path)) == 1

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({}, "/text", "missing"),
            ({"text": "  \n "}, "/text", "too_short"),
            ({"text": "x" * 10_001}, "/text", "string_too_long"),
            ({"text": "A\x00"}, "/text", "character_forbidden"),
            ({"text": 5}, "/text", "string_type"),
            ({"text": "A", "mention_ids": ["x"]}, "/mention_ids/0", "uuid_parsing"),
            ({"text": "A", "mention_ids": [str(uuid7())] * 21}, "/mention_ids", "too_long"),
            ({"text": "A", "author_id": str(uuid7())}, "/author_id", "extra_forbidden"),
            ({"text": "A", "reply_to_id": str(uuid7())}, "/reply_to_id", "not_found"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self,
        as_person: AsPerson,
        company: Company,
        body: dict[str, Any],
        pointer: str,
        code: str,
    ) -> None:
        response = await as_person(company.owner).post(company.path, json=body)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)


class TestReplies:
    async def test_hang_below_what_they_answer_the_newest_first(
        self, as_person: AsPerson, company: Company
    ) -> None:
        owner, manager = as_person(company.owner), as_person(company.manager)
        first = await say(owner, company.path, "First")
        await say(owner, company.path, "Second")
        for client, words in ((manager, "A"), (owner, "B"), (manager, "C")):
            await say(client, company.path, words, reply_to_id=first["id"])

        found = await threads(owner, company.path)

        assert [thread["text"] for thread in found] == ["Second", "First"]
        assert [reply["text"] for reply in found[1]["replies"]] == ["C", "B", "A"]
        assert [reply["permissions"] for reply in found[1]["replies"]] == [
            ["react"],
            ["edit", "delete", "react"],
            ["react"],
        ]

    async def test_have_one_level_and_stay_on_their_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        thread = await a_comment(session, company.goal, by=company.owner)
        reply = await a_comment(session, company.goal, by=company.owner, answers=thread)
        gone = await a_comment(
            session, company.goal, None, by=company.owner, deleted_at=thread.created_at
        )
        elsewhere = await a_comment(session, await a_goal(session, company.owner), by=company.owner)
        refused = {reply.id: "is_a_reply", gone.id: "deleted", elsewhere.id: "not_found"}

        for comment_id, code in refused.items():
            sent = {"text": "And so on", "reply_to_id": str(comment_id)}
            response = await as_person(company.owner).post(company.path, json=sent)

            [error] = response.json()["errors"]
            assert (error["pointer"], error["code"]) == ("/reply_to_id", code)

    async def test_are_at_most_200(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        thread = await a_comment(session, company.goal, by=company.owner)
        for _ in range(199):
            await a_comment(session, company.goal, by=company.owner, answers=thread)
        client = as_person(company.owner)

        await say(client, company.path, "The last", reply_to_id=str(thread.id))
        sent = {"text": "One more", "reply_to_id": str(thread.id)}
        refused = await client.post(company.path, json=sent)

        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_replies")
        [shown] = await threads(client, company.path)
        assert (len(shown["replies"]), shown["reply_count"]) == (3, 200)

    async def test_that_were_deleted_come_back_only_while_there_is_room(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        thread = await a_comment(session, company.goal, by=company.owner)
        for _ in range(199):
            await a_comment(session, company.goal, by=company.owner, answers=thread)
        client = as_person(company.owner)
        gone = await say(client, company.path, "Once", reply_to_id=str(thread.id))
        await client.delete(f"/goal-comments/{gone['id']}")
        last = await say(client, company.path, "The last", reply_to_id=str(thread.id))

        back = {"text": "Once"}
        refused = await client.patch(f"/goal-comments/{gone['id']}", json=back)
        edited = await client.patch(f"/goal-comments/{last['id']}", json={"text": "Other"})
        await client.delete(f"/goal-comments/{last['id']}")
        restored = await client.patch(f"/goal-comments/{gone['id']}", json=back)

        assert (refused.status_code, refused.json()["code"]) == (409, "too_many_replies")
        assert (edited.status_code, restored.status_code) == (200, 200)


class TestListGoalCommentReplies:
    async def test_comes_page_by_page_with_the_newest_first_and_without_deleted_ones(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        thread = await a_comment(session, company.goal, by=company.owner)
        other = await a_comment(session, company.goal, by=company.owner)
        await a_comment(session, company.goal, "Elsewhere", by=company.owner, answers=other)
        for words in "12345":
            await a_comment(session, company.goal, words, by=company.owner, answers=thread)
        await a_comment(
            session,
            company.goal,
            None,
            by=company.owner,
            answers=thread,
            deleted_at=thread.created_at,
        )
        client, path = as_person(company.owner), f"/goal-comments/{thread.id}/replies"
        found = list[str]()
        more: str | None = ""
        while more is not None:
            sent = {"limit": 2} | ({"cursor": more} if more else {})
            document = (await client.get(path, params=sent)).json()
            found += [one["text"] for one in document["items"]]
            more = document["next_cursor"]

        assert found == ["5", "4", "3", "2", "1"]
        shown = {one["id"]: one for one in await threads(client, company.path)}
        told = shown[str(thread.id)]
        assert [one["text"] for one in told["replies"]] == ["5", "4", "3"]
        assert told["reply_count"] == 5

    async def test_tells_of_what_waits_behind_the_newest_ones(
        self, as_person: AsPerson, company: Company
    ) -> None:
        owner, manager = as_person(company.owner), as_person(company.manager)
        said = await say(manager, company.path, "First")
        await say(owner, company.path, "For you", reply_to_id=said["id"])
        for words in "123":
            await say(manager, company.path, words, reply_to_id=said["id"])

        [theirs] = await threads(manager, company.path)
        await manager.put(f"{company.path}/seen")
        [seen] = await threads(manager, company.path)

        assert [one["is_new"] for one in theirs["replies"]] == [False] * 3
        assert (theirs["has_new_replies"], seen["has_new_replies"]) == (True, False)

    async def test_is_nothing_for_whoever_does_not_see_the_goal(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        goal = await a_goal(session, company.owner, visibility=Visibility.PRIVATE)
        thread = await a_comment(session, goal, by=company.owner)

        found = await as_person(company.manager).get(f"/goal-comments/{thread.id}/replies")

        assert found.status_code == 404


class TestListGoalComments:
    async def test_comes_page_by_page_with_the_newest_thread_first(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        for words in ("1", "2", "3"):
            thread = await a_comment(session, company.goal, words, by=company.owner)
            await a_comment(session, company.goal, f"{words}a", by=company.owner, answers=thread)
        client, found = as_person(company.owner), list[str]()
        more: str | None = ""

        while more is not None:
            page = (await client.get(f"{company.path}?limit=1{more}")).json()
            found += [thread["text"] for thread in page["items"]]
            more = page["next_cursor"] and f"&cursor={page['next_cursor']}"

        assert found == ["3", "2", "1"]

    async def test_walks_along_an_index_of_the_goal(
        self, session: AsyncSession, company: Company
    ) -> None:
        plan = "\n".join(
            await session.scalars(
                text(
                    "EXPLAIN SELECT id FROM goal_comments WHERE organization_id = :o "
                    "AND goal_id = :g ORDER BY created_at DESC, id DESC LIMIT 50"
                ),
                {"o": company.owner.organization_id, "g": company.goal.id},
            )
        )
        assert "ix_goal_comments_page" in plan


class TestEditGoalComment:
    async def test_is_for_its_author_and_says_so(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        said = await say(as_person(company.manager), company.path, "Wel done")
        path = f"/goal-comments/{said['id']}"

        refused = [
            await as_person(company.owner).patch(path, json={"text": "Mine"}),
            await as_person(company.owner).delete(path),
        ]
        edited = (await as_person(company.manager).patch(path, json={"text": "Well done"})).json()

        codes = {(one.status_code, one.json()["code"]) for one in refused}
        assert codes == {(403, "goal_comment_not_yours")}
        assert (edited["text"], edited["version"]) == ("Well done", said["version"] + 1)
        assert said["edited_at"] is None
        assert edited["edited_at"] is not None

    async def test_that_changes_nothing_is_no_edit(
        self, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.owner)
        said = await say(client, company.path, "Hello")

        unchanged: list[dict[str, Any]] = [{}, {"text": "Hello"}, {"mention_ids": []}]
        for body in unchanged:
            same = (await client.patch(f"/goal-comments/{said['id']}", json=body)).json()
            assert (same["edited_at"], same["version"]) == (None, 1)

    async def test_insists_on_the_version(self, as_person: AsPerson, company: Company) -> None:
        client = as_person(company.owner)
        said = await say(client, company.path, "Hello")
        path = f"/goal-comments/{said['id']}"
        tag = (await client.get(path)).headers["etag"]
        await client.patch(path, json={"text": "Hi"})

        stale = {"If-Match": tag}
        assert (await client.patch(path, json={"text": "X"}, headers=stale)).status_code == 412
        assert (await client.delete(path, headers=stale)).status_code == 412
        assert (await client.request("DELETE", path)).status_code == 428


class TestDeleteGoalComment:
    async def test_leaves_no_text_no_mention_and_no_reaction(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        owner, manager = as_person(company.owner), as_person(company.manager)
        ids = [str(company.manager.id)]
        said = await say(owner, company.path, "A secret", mention_ids=ids)
        path = f"/goal-comments/{said['id']}"
        await manager.put(f"{path}/reactions/eyes")

        assert (await owner.delete(path)).status_code == 204

        assert await threads(owner, company.path) == []
        assert await needs(manager) == []
        gone = (await manager.get(path)).json()
        assert (gone["text"], gone["mentions"], gone["reactions"]) == (None, [], [])
        assert gone["permissions"] == []
        stored = await session.execute(
            text("SELECT * FROM goal_comments WHERE id = :id"), {"id": UUID(said["id"])}
        )
        assert "A secret" not in str(stored.one())
        again = await owner.delete(path)
        assert (again.status_code, again.json()["code"]) == (409, "goal_comment_deleted")
        reacted = await manager.put(f"{path}/reactions/eyes")
        assert (reacted.status_code, reacted.json()["code"]) == (409, "goal_comment_deleted")

    async def test_keeps_its_place_as_long_as_there_are_replies(
        self, as_person: AsPerson, company: Company
    ) -> None:
        owner, manager = as_person(company.owner), as_person(company.manager)
        said = await say(owner, company.path, "Question")
        reply = await say(manager, company.path, "Answer", reply_to_id=said["id"])
        await owner.delete(f"/goal-comments/{said['id']}")

        [thread] = await threads(owner, company.path)
        assert (thread["text"], thread["replies"][0]["text"]) == (None, "Answer")

        await manager.delete(f"/goal-comments/{reply['id']}")
        assert await threads(owner, company.path) == []

    async def test_is_undone_by_writing_it_again(
        self, as_person: AsPerson, company: Company
    ) -> None:
        client = as_person(company.owner)
        said = await say(client, company.path, "Hello")
        path = f"/goal-comments/{said['id']}"
        await client.delete(path)

        without = await client.patch(path, json={"mention_ids": []})
        back = await client.patch(path, json={"text": "Hello"})

        assert without.json()["errors"][0]["pointer"] == "/text"
        assert (back.status_code, back.json()["deleted_at"]) == (200, None)
        assert [thread["text"] for thread in await threads(client, company.path)] == ["Hello"]

    async def test_goes_with_a_draft_that_is_deleted(
        self, session: AsyncSession, as_person: AsPerson, company: Company
    ) -> None:
        draft = await a_goal(session, company.owner, state=GoalState.DRAFT)
        thread = await a_comment(session, draft, by=company.owner)
        await a_comment(session, draft, by=company.owner, answers=thread)

        assert (await as_person(company.owner).delete(f"/goals/{draft.id}")).status_code == 204

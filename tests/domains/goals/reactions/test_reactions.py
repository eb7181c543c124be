from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.goals.models import Visibility
from perfapi.domains.goals.reactions.models import ReactionKind
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_comment, a_goal, a_key_result
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def bob(session: AsyncSession) -> Person:
    return await a_person(session, "Bob")


@pytest.mark.parametrize("subject", ["goal-comments", "check-ins"])
class TestReacting:
    async def _subject(
        self, session: AsyncSession, subject: str, owner: Person, **fields: Any
    ) -> tuple[str, str]:
        """What is reacted to, and the list that shows it."""
        goal = await a_goal(session, owner, **fields)
        if subject == "goal-comments":
            comment = await a_comment(session, goal, by=owner)
            return f"/goal-comments/{comment.id}", f"/goals/{goal.id}/comments"
        check_in = await a_check_in(session, await a_key_result(session, goal), "5", by=owner)
        return f"/check-ins/{check_in.id}", f"/goals/{goal.id}/check-ins"

    async def test_counts_by_kind_and_tells_which_are_mine(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bob: Person, subject: str
    ) -> None:
        path, listed = await self._subject(session, subject, ada)
        for person, kind in ((ada, "heart"), (bob, "heart"), (bob, "celebrate")):
            sent = await as_person(person).put(f"{path}/reactions/{kind}")
            assert sent.status_code == 204

        [entry] = (await as_person(ada).get(listed)).json()["items"]

        assert entry["reactions"] == [
            {"kind": "celebrate", "count": 1, "is_mine": False},
            {"kind": "heart", "count": 2, "is_mine": True},
        ]

    async def test_twice_is_once_and_taken_back_is_gone(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bob: Person, subject: str
    ) -> None:
        path, listed = await self._subject(session, subject, ada)
        client = as_person(bob)
        await as_person(ada).put(f"{path}/reactions/thanks")
        for _ in range(2):
            assert (await client.put(f"{path}/reactions/thanks")).status_code == 204
        [entry] = (await client.get(listed)).json()["items"]
        assert entry["reactions"] == [{"kind": "thanks", "count": 2, "is_mine": True}]

        for _ in range(2):
            assert (await client.delete(f"{path}/reactions/thanks")).status_code == 204
        [entry] = (await client.get(listed)).json()["items"]

        assert entry["reactions"] == [{"kind": "thanks", "count": 1, "is_mine": False}]
        told = select(LoggedEvent.topic).where(LoggedEvent.actor_id == bob.id)
        topics = list(await session.scalars(told.order_by(LoggedEvent.id)))
        assert [topic.rpartition("_")[2] for topic in topics] == ["added", "removed"]

    async def test_knows_five_kinds_and_no_other(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, subject: str
    ) -> None:
        path, _ = await self._subject(session, subject, ada)
        for kind in ReactionKind:
            sent = await as_person(ada).put(f"{path}/reactions/{kind}")
            assert sent.status_code == 204

        assert len(ReactionKind) == 5
        assert (await as_person(ada).put(f"{path}/reactions/poop")).status_code == 422

    async def test_is_for_those_who_see_the_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bob: Person, subject: str
    ) -> None:
        path, _ = await self._subject(session, subject, ada, visibility=Visibility.PRIVATE)

        for client, status in ((as_person(ada), 204), (as_person(bob), 404)):
            assert (await client.put(f"{path}/reactions/eyes")).status_code == status
            assert (await client.delete(f"{path}/reactions/eyes")).status_code == status

"""Asking kindly for news: when it may be, whom it reaches, and what ends it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Goal, GoalState, MemberRole, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_goal, a_key_result, a_member
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def bea(session: AsyncSession) -> Person:
    return await a_person(session, "Bea")


async def a_quiet_goal(session: AsyncSession, owner: Person, **told: Any) -> Goal:
    """Since forty days nothing was heard of it."""
    goal = await a_goal(session, owner, **({"began": 40} | told))
    await a_key_result(session, goal)
    return goal


async def _needs(client: Client) -> list[dict[str, Any]]:
    items = (await client.get("/needs")).json()["items"]
    return [need for need in items if need["kind"] == "goal_news_asked"]


class TestAskForNews:
    async def test_waits_among_what_needs_the_owner(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_quiet_goal(session, ada)
        asking, owner = as_person(bea), as_person(ada)
        before = (await asking.get(f"/goals/{goal.id}")).json()["permissions"]

        answer = await asking.post(f"/goals/{goal.id}/ask-for-news")

        assert answer.status_code == 200, answer.text
        assert "ask_for_news" in before
        assert "ask_for_news" not in answer.json()["permissions"]
        assert "no_longer_ask_for_news" in answer.json()["permissions"]
        [need] = await _needs(owner)
        assert (need["id"], need["title"], need["detail"]) == (str(goal.id), goal.title, "Bea")
        assert await _needs(asking) == []
        every = (await owner.get("/needs")).json()["items"]
        assert [one["kind"] for one in every if one["id"] == str(goal.id)] == ["goal_news_asked"]

    async def test_is_answered_by_a_check_in(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_quiet_goal(session, ada)
        await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")
        [key_result] = (await as_person(ada).get(f"/goals/{goal.id}")).json()["key_results"]

        told = await as_person(ada).post(
            f"/key-results/{key_result['id']}/check-ins", json={"value": "5"}
        )

        assert told.status_code == 201
        assert await _needs(as_person(ada)) == []
        again = await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")
        assert (again.status_code, again.json()["code"]) == (409, "goal_is_not_quiet")

    async def test_is_asked_once(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_quiet_goal(session, ada)
        await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")

        other = as_person(await a_person(session, "Cleo"))
        again = await other.post(f"/goals/{goal.id}/ask-for-news")

        assert (again.status_code, again.json()["code"]) == (409, "news_already_asked")

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"state": GoalState.DRAFT, "visibility": Visibility.PUBLIC}, None),
            ({"state": GoalState.CLOSED}, "goal_not_active"),
            ({"began": 3}, "goal_is_not_quiet"),
            ({"visibility": Visibility.PRIVATE}, None),
        ],
    )
    async def test_is_for_quiet_goals_that_you_see(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        bea: Person,
        told: dict[str, Any],
        code: str | None,
    ) -> None:
        goal = await a_quiet_goal(session, ada, **told)

        answer = await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")

        assert answer.status_code == (409 if code else 404)
        assert answer.json()["code"] == (code or "not_found")

    async def test_is_not_for_what_nothing_measures(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_goal(session, ada, began=40)

        answer = await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")

        assert answer.json()["code"] == "goal_is_not_quiet"

    async def test_is_not_for_those_who_own_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_quiet_goal(session, ada)
        await a_member(session, goal, bea, MemberRole.OWNER)

        answers = [
            await as_person(person).post(f"/goals/{goal.id}/ask-for-news") for person in (ada, bea)
        ]

        assert [answer.json()["code"] for answer in answers] == ["goal_is_yours"] * 2

    async def test_counts_from_the_last_check_in(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_quiet_goal(session, ada)
        await a_check_in(session, await a_key_result(session, goal), "5", by=ada)

        answer = await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")

        assert answer.json()["code"] == "goal_is_not_quiet"


class TestNoLongerAskForNews:
    async def test_takes_it_back(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_quiet_goal(session, ada)
        await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")

        answer = await as_person(bea).post(f"/goals/{goal.id}/no-longer-ask-for-news")

        assert "ask_for_news" in answer.json()["permissions"]
        assert await _needs(as_person(ada)) == []

    async def test_is_for_whoever_asked(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, bea: Person
    ) -> None:
        goal = await a_quiet_goal(session, ada)
        await as_person(bea).post(f"/goals/{goal.id}/ask-for-news")

        answer = await as_person(ada).post(f"/goals/{goal.id}/no-longer-ask-for-news")

        assert answer.status_code == 404
        assert len(await _needs(as_person(ada))) == 1

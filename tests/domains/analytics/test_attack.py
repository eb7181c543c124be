"""Somebody who asks for everything learns nothing of a goal that they may not see.

Two worlds differ in hidden goals alone: in what they say, and in whether there are any. Whoever
asks gets the same answers in both, byte by byte. This is more than to solve for one of them: there
is nothing in the answers to solve.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.analytics import service, telling
from perfapi.domains.goals.models import GoalState, GoalStatus, Level, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.analytics.setting import Halden, settled
from tests.factories.goals import a_check_in, a_key_result, today_of
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]

PLACES = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([None, "5", "40", "90"]), st.booleans()),
    min_size=0,
    max_size=14,
)
HIDDEN = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from([Visibility.PRIVATE, Visibility.MANAGER_CHAIN, Visibility.TEAM]),
        st.sampled_from([GoalState.ACTIVE, GoalState.CLOSED, GoalState.CANCELLED]),
        st.sampled_from([None, "0", "100"]),
        st.sampled_from([None, GoalStatus.OFF_TRACK]),
    ),
    min_size=1,
    max_size=6,
)


async def everything(client: Client, halden: Halden) -> list[str]:
    """Of whatever they may ask."""
    groups: list[dict[str, Any]] = [
        {},
        *({"group": "department", "id": one.id} for one in (halden.engineering, halden.sales)),
        {"group": "department", "id": halden.backend.id},
        {"group": "team", "id": halden.rockets.id},
        *({"group": "manager", "id": one.id} for one in (halden.ada, halden.mia)),
    ]
    answers = [await client.get("/analytics/goals", params=group) for group in groups]
    answers.append(await client.get("/analytics/goals/export"))
    told = [f"{one.status_code} {one.text if one.is_success else ''}" for one in answers]
    for group in groups:
        listed = await client.get("/analytics/goals/behind", params={"counted": "goals", **group})
        told.append(str([goal["id"] for goal in listed.json().get("items", [])]))
    return told


class TestHiddenGoals:
    @settings(
        max_examples=4,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # many requests: as it is found
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(PLACES, HIDDEN)
    async def test_change_no_answer(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        halden: Halden,
        seen: list[tuple[int, str | None, bool]],
        hidden: list[tuple[int, Visibility, GoalState, str | None, GoalStatus | None]],
    ) -> None:
        async with session.begin_nested() as world:
            owners = [*halden.people, *halden.sellers]
            for place, reached, is_of_department in seen:
                level = {"level": Level.DEPARTMENT, "department_id": halden.sales.id}
                given = level if is_of_department else {}
                await halden.goal(session, owners[place], reached, **given)
            attackers = [halden.hr, await a_person(session, "Eve")]
            clients = [as_person(one) for one in attackers]
            await settled(session)
            await service.take_snapshot(session, today_of(session))
            before = [await everything(client, halden) for client in clients]
            for place, visibility, state, reached, judged in hidden:
                goal = await halden.goal(
                    session,
                    owners[place],
                    visibility=visibility,
                    state=state,
                    manual_status=judged,
                )
                if reached is not None:
                    result = await a_key_result(session, goal)
                    await a_check_in(session, result, reached, by=owners[place])
            await settled(session)
            await service.take_snapshot(session, today_of(session))
            after = [await everything(client, halden) for client in clients]
            await world.rollback()
        assert after == before

    async def test_are_not_counted_for_their_owners_either_if_they_are_private(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        await halden.goals(session, *halden.people, *halden.people)
        await halden.goals(session, *halden.people, visibility=Visibility.PRIVATE)
        await settled(session)

        found = (await as_person(halden.people[0]).get("/analytics/goals")).json()

        assert found["numbers"]["goals"] == 6

    async def test_are_hidden_at_once_not_when_the_facts_hear_of_it(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        goals = await halden.goals(session, *halden.people, *halden.people)
        await settled(session)
        goals[0].visibility = Visibility.MANAGER_CHAIN

        found = (await as_person(halden.hr).get("/analytics/goals")).json()

        assert found["numbers"]["goals"] == 5

    async def test_are_counted_for_those_who_may_see_them(
        self, session: AsyncSession, as_person: AsPerson, halden: Halden
    ) -> None:
        for owner in (*halden.people, *halden.people):
            await halden.goal(session, owner, visibility=Visibility.MANAGER_CHAIN)
        await settled(session)

        for_mia = (await as_person(halden.mia).get("/analytics/goals")).json()
        for_hr = (await as_person(halden.hr).get("/analytics/goals")).json()

        assert (for_mia["numbers"]["goals"], for_hr["numbers"]["goals"]) == (6, 0)


class TestSmallParts:
    @given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=7))
    def test_cannot_be_had_by_taking_the_others_from_the_whole(
        self, sizes: list[tuple[int, int]]
    ) -> None:
        parts = [
            telling.Part(None, None, False, telling.Sums(goals=goals, owners=min(goals, owners)))
            for goals, owners in sizes
        ]
        hidden = telling.withheld(parts)

        small = {place for place, part in enumerate(parts) if part.sums.is_small}
        assert small <= hidden
        # What is left of the whole is never one part alone, unless there is nothing else at all.
        assert len(hidden) != 1 or len(parts) == 1
        # And no more is withheld than that takes.
        assert len(hidden - small) <= 1

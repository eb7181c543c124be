from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.goals.models import Driver, Goal, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_check_in, a_cycle, a_goal, a_key_result
from tests.factories.people import a_department, a_person, a_team, an_admin

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada", job_title="Engineer")


async def _topics(session: AsyncSession) -> list[str]:
    found = select(LoggedEvent.topic).where(LoggedEvent.topic.startswith("goals."))
    return list(await session.scalars(found.order_by(LoggedEvent.id)))


def _problem(response: Any) -> tuple[int, str, str | None]:
    [error] = response.json()["errors"]
    return response.status_code, error.get("pointer") or error.get("parameter"), error["code"]


class TestUpdateGoal:
    async def test_changes_what_is_sent_and_nothing_else(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, description="Why.", weight=2)
        client = as_person(ada)

        changed = await client.patch(
            f"/goals/{goal.id}", json={"title": "Better", "visibility": "team", "weight": "3.5"}
        )
        unchanged = await client.patch(f"/goals/{goal.id}", json={"title": "Better"})

        shown = changed.json()
        assert (shown["title"], shown["visibility"], shown["weight"]) == ("Better", "team", "3.5")
        assert (shown["description"], shown["version"]) == ("Why.", 2)
        assert unchanged.json()["version"] == 2
        assert await _topics(session) == ["goals.goal_changed"]

    async def test_insists_on_the_version_that_was_read(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        client = as_person(ada)
        tag = (await client.get(f"/goals/{goal.id}")).headers["etag"]
        path, sent = f"/goals/{goal.id}", {"json": {"title": "Better"}}

        missing = await client.request("PATCH", path, **sent)
        first = await client.patch(path, **sent, headers={"If-Match": tag})
        stale = await client.patch(path, json={"title": "Best"}, headers={"If-Match": tag})

        assert (missing.status_code, missing.json()["code"]) == (428, "version_missing")
        assert first.status_code == 200
        assert (stale.status_code, stale.json()["code"]) == (412, "version_stale")

    async def test_moves_it_with_what_it_counts(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        one = await a_goal(session, ada, "One", driver=Driver.GOALS)
        other = await a_goal(session, ada, "Other", driver=Driver.GOALS)
        goal = await a_goal(session, ada, under=one)
        await a_check_in(session, await a_key_result(session, goal), "40", by=ada)
        client = as_person(ada)

        async def progress() -> list[str | None]:
            return [
                (await client.get(f"/goals/{above.id}")).json()["progress"]
                for above in (one, other)
            ]

        seen = [await progress()]
        for parent in (str(other.id), None):
            await client.patch(f"/goals/{goal.id}", json={"parent_id": parent})
            seen.append(await progress())

        assert seen == [["0.4", None], [None, "0.4"], [None, None]]

    async def test_changes_of_level_let_go_of_the_former_unit(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        department, team = await a_department(session), await a_team(session)
        goal = await a_goal(session, alex, level="department", department_id=department.id)
        client, path = as_person(alex), f"/goals/{goal.id}"

        to_team = await client.patch(path, json={"level": "team", "team_id": str(team.id)})
        to_person = await client.patch(path, json={"level": "person"})
        to_nothing = await client.patch(path, json={"level": "team"})

        assert (to_team.json()["department"], to_team.json()["team"]["name"]) == (None, "Rockets")
        assert (to_person.json()["level"], to_person.json()["team"]) == ("person", None)
        assert _problem(to_nothing) == (422, "/team_id", "missing")

    async def test_another_level_or_owner_takes_the_right_to_set_such_a_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        goal = await a_goal(session, ada)

        for change in ({"level": "company"}, {"owner_id": str(bob.id)}):
            response = await as_person(ada).patch(f"/goals/{goal.id}", json=change)
            assert (response.status_code, response.json()["code"]) == (403, "goal_not_yours_to_set")

    async def test_which_takes_it_out_of_your_sight_answers_with_nothing(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        alex = await an_admin(session)
        goal = await a_goal(session, ada)

        response = await as_person(alex).patch(
            f"/goals/{goal.id}", json={"visibility": "manager_chain"}
        )

        assert (response.status_code, response.content) == (204, b"")

    async def test_leaves_a_parent_that_you_cannot_see_where_it_is(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        hidden = await a_goal(session, bob, visibility=Visibility.PRIVATE)
        goal = await a_goal(session, ada, under=hidden)

        shown = (await as_person(ada).patch(f"/goals/{goal.id}", json={"title": "New"})).json()

        assert (shown["title"], shown["has_hidden_parent"]) == ("New", True)

    async def test_a_closed_cycle_keeps_its_goals_and_takes_no_more(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = await an_admin(session)
        cycle = await a_cycle(session)
        inside = await a_goal(session, alex, cycle_id=cycle.id)
        outside = await a_goal(session, alex)
        client, sent = as_person(alex), {"title": "New", "cycle_id": str(cycle.id)}
        await client.post(f"/goal-cycles/{cycle.id}/close")

        kept = await client.patch(f"/goals/{inside.id}", json=sent)
        refused = await client.patch(f"/goals/{outside.id}", json=sent)

        assert kept.status_code == 200, kept.text
        assert _problem(refused) == (422, "/cycle_id", "cycle_closed")

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"title": None}, "/title", "string_type"),
            ({"weight": None}, "/weight", "decimal_invalid"),
            ({"due_on": "1999-01-01"}, "/due_on", "due_before_it_starts"),
            ({"state": "active"}, "/state", "extra_forbidden"),
            ({"owner_id": None}, "/owner_id", "uuid_type"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        body: dict[str, Any],
        pointer: str,
        code: str,
    ) -> None:
        goal = await a_goal(session, ada)

        response = await as_person(ada).patch(f"/goals/{goal.id}", json=body)

        assert _problem(response) == (422, pointer, code)


class TestAlignment:
    @pytest.mark.parametrize("steps", [0, 1, 2])
    async def test_closes_no_circle(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, steps: int
    ) -> None:
        chain = [await a_goal(session, ada)]
        for _ in range(steps):
            chain.append(await a_goal(session, ada, under=chain[-1]))

        response = await as_person(ada).patch(
            f"/goals/{chain[0].id}", json={"parent_id": str(chain[-1].id)}
        )

        assert _problem(response) == (422, "/parent_id", "alignment_circular")
        assert response.json()["code"] == "alignment_circular"

    async def test_closes_none_over_goals_that_you_cannot_see(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        bob = await a_person(session, "Bob")
        top = await a_goal(session, ada)
        hidden = await a_goal(session, bob, under=top, visibility=Visibility.PRIVATE)
        below = await a_goal(session, ada, under=hidden)

        response = await as_person(ada).patch(f"/goals/{top.id}", json={"parent_id": str(below.id)})

        assert _problem(response) == (422, "/parent_id", "alignment_circular")

    async def test_goes_twenty_levels_deep_and_no_deeper(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        chain = [await a_goal(session, ada)]
        for _ in range(18):
            chain.append(await a_goal(session, ada, under=chain[-1]))
        client = as_person(ada)

        def new(under: Goal | str) -> dict[str, Any]:
            above = under if isinstance(under, str) else str(under.id)
            return {"title": "Deep", "level": "person", "parent_id": above}

        twentieth = await client.post("/goals", json=new(chain[-1]))
        beyond = await client.post("/goals", json=new(twentieth.json()["id"]))
        pair = await a_goal(session, ada)
        await a_goal(session, ada, under=pair)
        moved = await client.patch(f"/goals/{pair.id}", json={"parent_id": str(chain[-1].id)})
        fits = await client.patch(f"/goals/{pair.id}", json={"parent_id": str(chain[-2].id)})

        assert twentieth.status_code == 201
        for refused in (beyond, moved):
            assert _problem(refused) == (422, "/parent_id", "alignment_too_deep")
        assert fits.status_code == 200

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.core.ids import uuid7
from perfapi.domains.goals.views.models import GoalViewDefault
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_department, a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]

QUERY: dict[str, Any] = {
    "cycle_id": str(uuid7()),
    "q": "renew",
    "level": "team",
    "status": "at_risk",
    "state": "active",
    "owner_id": str(uuid7()),
    "is_mine": False,
    "layout": "table",
    "sort": "-progress",
    "columns": ["owner", "status"],
}
EMPTY = dict.fromkeys(QUERY) | {"is_mine": False, "layout": "tree"}
BODY: dict[str, Any] = {"name": "At risk", "query": QUERY}


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def hr(session: AsyncSession) -> Person:
    return await an_hr_partner(session, "Hanna")


async def save(client: Client, name: str = "At risk", **more: Any) -> str:
    response = await client.post("/goal-views", json=BODY | {"name": name} | more)
    assert response.status_code == 201, response.text
    return f"/goal-views/{response.json()['id']}"


async def names(client: Client, **query: Any) -> list[str]:
    items = (await client.get("/goal-views", params=query)).json()["items"]
    return [view["name"] for view in items]


class TestSaveGoalView:
    async def test_keeps_what_is_asked_for(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        saved = await as_person(ada).post("/goal-views", json=BODY)

        assert saved.status_code == 201, saved.text
        shown = (await as_person(ada).get(f"/goal-views/{saved.json()['id']}")).json()
        assert shown["query"] == QUERY
        assert (shown["name"], shown["owner"]["name"]) == ("At risk", "Ada")
        assert (shown["is_shared"], shown["is_default"]) == (False, False)
        assert shown["permissions"] == ["edit", "delete"]
        event = (await session.scalars(select(LoggedEvent))).one()
        assert (event.topic, event.actor_id) == ("goals.view_saved", ada.id)
        assert event.payload == {"goal_view_id": shown["id"], "is_shared": False}

    async def test_asks_for_everything_unless_told_otherwise(
        self, as_person: AsPerson, ada: Person
    ) -> None:
        client = as_person(ada)
        shown = (await client.get(await save(client, query={}))).json()
        assert shown["query"] == EMPTY

    async def test_takes_a_name_once_for_each_person(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        await save(as_person(ada))
        again = await as_person(ada).post("/goal-views", json=BODY)
        assert (again.status_code, again.json()["code"]) == (409, "view_name_taken")
        await save(as_person(await a_person(session, "Bea")))

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ({"layout": "pie"}, "/query/layout"),
            ({"sort": "weight"}, "/query/sort"),
            ({"columns": ["owner", "owner"]}, "/query/columns"),
            ({"columns": ["salary"]}, "/query/columns/0"),
            ({"owner_id": "ada"}, "/query/owner_id"),
            ({"is_mine": "yes"}, "/query/is_mine"),
            ({"check_in": "x"}, "/query/check_in"),
        ],
    )
    async def test_refuses_what_the_page_does_not_know(
        self, as_person: AsPerson, ada: Person, query: dict[str, Any], pointer: str
    ) -> None:
        response = await as_person(ada).post("/goal-views", json=BODY | {"query": query})
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == pointer


class TestShareGoalView:
    async def test_is_for_hr_of_all_and_administrators(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, hr: Person
    ) -> None:
        department = await a_department(session)
        people = {
            "admin": await an_admin(session),
            "hr": hr,
            "scoped_hr": await an_hr_partner(session, "Hera", of=department),
            "ada": ada,
        }
        for name, person in people.items():
            client = as_person(person)
            own = await save(client, name)
            answers = [
                await client.post("/goal-views", json=BODY | {"is_shared": True}),
                await client.patch(own, json={"is_shared": True}),
            ]
            allowed = name in {"admin", "hr"}
            assert [one.status_code for one in answers] == ([201, 200] if allowed else [403, 403])
            mine = (await client.get("/me")).json()["permissions"]
            assert ("share_goal_views" in mine) == allowed
            assert ("share" in (await client.get(own)).json()["permissions"]) == allowed

    async def test_is_kept_by_hr_and_copied_by_everybody(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, hr: Person
    ) -> None:
        path = await save(as_person(hr), is_shared=True)
        shown = (await as_person(ada).get(path)).json()
        assert (shown["permissions"], shown["query"]) == ([], QUERY)
        for refused in (
            await as_person(ada).patch(path, json={"name": "Mine"}),
            await as_person(ada).delete(path),
        ):
            assert (refused.status_code, refused.json()["code"]) == (403, "view_not_yours")
        await save(as_person(ada), shown["name"], query=shown["query"])
        admin = as_person(await an_admin(session))
        assert (await admin.patch(path, json={"name": "Ours"})).status_code == 200

    async def test_ends_as_a_view_of_its_owner_alone(
        self, session: AsyncSession, as_person: AsPerson, hr: Person
    ) -> None:
        path = await save(as_person(hr), is_shared=True)
        admin = as_person(await an_admin(session))
        assert (await admin.patch(path, json={"is_shared": False})).status_code == 204
        assert (await admin.get(path)).status_code == 404
        assert (await as_person(hr).get(path)).status_code == 200


class TestListGoalViews:
    async def test_shows_ones_own_and_the_shared_ones_by_name(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, hr: Person
    ) -> None:
        await save(as_person(ada), "C")
        await save(as_person(ada), "A")
        await save(as_person(hr), "B", is_shared=True)
        await save(as_person(hr), "D")
        client = as_person(ada)
        assert await names(client) == ["A", "B", "C"]
        assert await names(client, is_shared=True) == ["B"]
        assert await names(client, is_shared=False) == ["A", "C"]
        first = (await client.get("/goal-views", params={"limit": 2})).json()
        assert await names(client, limit=2, cursor=first["next_cursor"]) == ["C"]

    async def test_explains_itself(self, as_person: AsPerson, ada: Person, hr: Person) -> None:
        for owner, path in (
            (ada, await save(as_person(ada))),
            (hr, await save(as_person(hr), is_shared=True)),
        ):
            asked = {"resource": "goal-views", "id": path.rpartition("/")[2]}
            answer = await as_person(ada).get("/access/explain", params=asked)
            rules = [rule["name"] for rule in answer.json()["rules"]]
            assert rules == (["you_keep_it"] if owner is ada else ["it_is_shared"])


class TestUpdateGoalView:
    async def test_replaces_the_query_for_the_version_that_was_read(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        client = as_person(ada)
        path = await save(client)
        tag = {"If-Match": (await client.get(path)).headers["ETag"]}
        changed = await client.patch(path, json={"query": {"level": "person"}}, headers=tag)
        stale = await client.patch(path, json={"name": "X"}, headers=tag)
        assert changed.json()["query"] == EMPTY | {"level": "person"}
        assert changed.json()["name"] == "At risk"
        assert stale.status_code == 412
        event = (await session.scalars(select(LoggedEvent).order_by(LoggedEvent.id))).all()[-1]
        assert event.topic == "goals.view_changed"
        assert event.payload == {"goal_view_id": changed.json()["id"], "fields": ["query"]}

    async def test_of_somebody_else_is_404(
        self, as_person: AsPerson, ada: Person, hr: Person
    ) -> None:
        path = await save(as_person(ada))
        client = as_person(hr)
        for answer in (
            await client.get(path),
            await client.patch(path, json={"name": "X"}),
            await client.delete(path),
            await client.post(f"{path}/begin-with"),
            await client.post(f"{path}/stop-beginning-with"),
        ):
            assert answer.status_code == 404


class TestBeginWithGoalView:
    async def test_is_one_for_each_person(
        self, as_person: AsPerson, ada: Person, hr: Person
    ) -> None:
        client = as_person(ada)
        own, shared = await save(client), await save(as_person(hr), is_shared=True)
        assert (await client.post(f"{own}/begin-with")).json()["is_default"] is True
        assert (await client.post(f"{shared}/begin-with")).json()["is_default"] is True
        assert (await client.get(own)).json()["is_default"] is False
        assert (await as_person(hr).get(shared)).json()["is_default"] is False
        # Of another one nothing changes.
        await client.post(f"{own}/stop-beginning-with")
        assert (await client.get(shared)).json()["is_default"] is True
        await client.post(f"{shared}/stop-beginning-with")
        assert (await client.get(shared)).json()["is_default"] is False


class TestDeleteGoalView:
    async def test_ends_it_for_those_who_begin_with_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, hr: Person
    ) -> None:
        path = await save(as_person(hr), is_shared=True)
        await as_person(ada).post(f"{path}/begin-with")
        assert (await as_person(hr).delete(path)).status_code == 204
        assert await names(as_person(ada)) == []
        assert (await session.scalars(select(GoalViewDefault))).all() == []
        event = (await session.scalars(select(LoggedEvent).order_by(LoggedEvent.id))).all()[-1]
        assert event.topic == "goals.view_deleted"

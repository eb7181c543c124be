from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.events import LoggedEvent
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_department, a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]

EMPTY = dict.fromkeys(("unit", "start", "target", "lower", "upper", "tolerance"))
RESULT = EMPTY | {
    "title": "Orders",
    "kind": "number",
    "unit": "orders",
    "start": "5",
    "target": "9.5",
    "weight": "2",
    "milestones": [],
}
STEP = {"title": "Pilot", "weight": "2", "due_after_days": 30}
OTHERS: list[dict[str, Any]] = [
    {"kind": "currency", "unit": "EUR", "start": "210", "target": "150"},
    {"kind": "binary"},
    {"kind": "milestones", "milestones": [STEP, STEP | {"due_after_days": None}]},
    {"kind": "maintain", "unit": "%", "lower": "99.9", "tolerance": "0.5"},
    {"kind": "manual"},
]
BODY: dict[str, Any] = {
    "function": "sales",
    "language": "en",
    "title": "Sell more",
    "description": "**Now**",
    "key_results": [RESULT],
}


@pytest.fixture
async def admin(session: AsyncSession) -> Person:
    return await an_admin(session)


class TestLibrary:
    async def test_is_read_in_every_language_by_function_and_words(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await a_person(session))

        async def titles(**query: str) -> list[str]:
            answer = await client.get("/goal-templates/library", params=query)
            assert answer.status_code == 200, answer.text
            return [one["title"] for one in answer.json()["items"]]

        assert len(await titles()) >= 20
        assert await titles(function="sales", q="CUSTOMERS") == ["More customers choose us"]
        german = await titles(function="sales", language="de")
        assert german[0] == "Mehr Kunden entscheiden sich für uns"
        assert await titles(q="no such thing") == []
        refused = await client.get("/goal-templates/library", params={"language": "fr"})
        assert refused.status_code == 422


class TestAddGoalTemplate:
    async def test_is_there_for_everybody(
        self, session: AsyncSession, as_person: AsPerson, admin: Person
    ) -> None:
        added = await as_person(admin).post("/goal-templates", json=BODY)

        assert added.status_code == 201, added.text
        colleague = as_person(await a_person(session))
        shown = (await colleague.get(f"/goal-templates/{added.json()['id']}")).json()
        assert {name: shown[name] for name in BODY} == BODY
        assert (shown["permissions"], added.json()["permissions"]) == ([], ["edit", "remove"])
        event = (await session.scalars(select(LoggedEvent))).one()
        assert (event.topic, event.actor_id) == ("goals.template_added", admin.id)

    async def test_keeps_every_kind_of_key_result(self, as_person: AsPerson, admin: Person) -> None:
        told = [{"title": one["kind"]} | one for one in OTHERS]

        added = await as_person(admin).post("/goal-templates", json=BODY | {"key_results": told})

        assert added.status_code == 201, added.text
        assert added.json()["key_results"] == [
            EMPTY | {"weight": "1", "milestones": []} | one for one in told
        ]

    async def test_begins_a_range_at_0(self, as_person: AsPerson, admin: Person) -> None:
        body = BODY | {"key_results": [{"title": "Orders", "target": "5"}]}

        added = await as_person(admin).post("/goal-templates", json=body)

        assert added.json()["key_results"][0]["start"] == "0"

    async def test_is_for_hr_of_all_and_administrators(
        self, session: AsyncSession, as_person: AsPerson, admin: Person
    ) -> None:
        department = await a_department(session)
        people = {
            "admin": admin,
            "hr": await an_hr_partner(session),
            "scoped_hr": await an_hr_partner(session, "Hera", of=department),
            "manager": await a_person(session, "Manny"),
        }
        await a_person(session, "Report", manager=people["manager"])
        added = (await as_person(admin).post("/goal-templates", json=BODY)).json()
        path = f"/goal-templates/{added['id']}"
        for name, person in people.items():
            client = as_person(person)
            answers = [
                await client.post("/goal-templates", json=BODY),
                await client.patch(path, json={"title": name}),
            ]
            allowed = name in {"admin", "hr"}
            assert [one.status_code for one in answers] == ([201, 200] if allowed else [403, 403])
            mine = (await client.get("/me")).json()["permissions"]
            assert ("manage_goal_templates" in mine) == allowed
            if not allowed:
                assert (await client.delete(path)).json()["code"] == "only_hr"

    @pytest.mark.parametrize(
        ("change", "pointer", "code"),
        [
            ({"function": "magic"}, "/function", "enum"),
            ({"title": ""}, "/title", "string_too_short"),
            ({"key_results": [RESULT] * 21}, "/key_results", "too_long"),
            (
                {"key_results": [RESULT | {"target": "5"}]},
                "/key_results/0/target",
                "target_is_start",
            ),
            (
                {"key_results": [RESULT, RESULT | {"kind": "percent"}]},
                "/key_results/1/unit",
                "not_of_this_kind",
            ),
            ({"key_results": [{"title": "Orders"}]}, "/key_results/0/target", "missing"),
            (
                {"key_results": [RESULT | {"kind": "currency", "unit": "Taler"}]},
                "/key_results/0/unit",
                "currency_unknown",
            ),
            (
                {"key_results": [{"title": "Up", "kind": "maintain"}]},
                "/key_results/0/lower",
                "missing",
            ),
            (
                {"key_results": [{"title": "Go", "kind": "milestones", "milestones": []}]},
                "/key_results/0/milestones",
                "missing",
            ),
            (
                {
                    "key_results": [
                        {"title": "Go", "kind": "milestones", "milestones": [STEP | {"weight": 0}]}
                    ]
                },
                "/key_results/0/milestones",
                "weightless",
            ),
            (
                {
                    "key_results": [
                        {
                            "title": "Go",
                            "kind": "milestones",
                            "milestones": [STEP | {"due_on": "2026-01-31"}],
                        }
                    ]
                },
                "/key_results/0/milestones/0/due_on",
                "extra_forbidden",
            ),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self, as_person: AsPerson, admin: Person, change: dict[str, Any], pointer: str, code: str
    ) -> None:
        response = await as_person(admin).post("/goal-templates", json=BODY | change)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)


class TestListGoalTemplates:
    async def test_comes_by_title_and_is_filtered(self, as_person: AsPerson, admin: Person) -> None:
        client = as_person(admin)
        for change in (
            {"title": "B", "function": "finance"},
            {"title": "A", "language": "nl"},
            {"title": "C%"},
        ):
            await client.post("/goal-templates", json=BODY | change)

        async def titles(**query: str) -> list[str]:
            items = (await client.get("/goal-templates", params=query)).json()["items"]
            return [one["title"] for one in items]

        assert await titles() == ["A", "B", "C%"]
        assert await titles(function="finance") == ["B"]
        assert await titles(language="nl") == ["A"]
        assert await titles(q="c%") == ["C%"]
        assert (await client.get("/goal-templates?limit=1")).json()["next_cursor"]


class TestChangeGoalTemplate:
    async def test_replaces_what_is_sent_for_the_version_that_was_read(
        self, as_person: AsPerson, admin: Person
    ) -> None:
        client = as_person(admin)
        added = await client.post("/goal-templates", json=BODY)
        path = f"/goal-templates/{added.json()['id']}"
        result = RESULT | {"title": "Margin", "kind": "percent", "unit": None}

        tag = {"If-Match": added.headers["etag"]}
        changed = await client.patch(path, json={"key_results": [result]}, headers=tag)
        stale = await client.patch(path, json={"title": "X"}, headers=tag)
        wrong = await client.patch(path, json={"key_results": [RESULT | {"target": "5"}]})

        assert changed.json()["key_results"] == [result]
        assert changed.json()["title"] == "Sell more"
        assert stale.status_code == 412
        assert wrong.json()["errors"][0]["pointer"] == "/key_results/0/target"

    async def test_can_be_removed(self, as_person: AsPerson, admin: Person) -> None:
        client = as_person(admin)
        added = (await client.post("/goal-templates", json=BODY)).json()
        path = f"/goal-templates/{added['id']}"

        assert (await client.delete(path)).status_code == 204
        assert (await client.get(path)).status_code == 404

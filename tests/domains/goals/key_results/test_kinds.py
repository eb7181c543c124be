"""What each kind of key result is told by, through the API; what makes no sense is refused."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.goals.key_results.currencies import CURRENCIES
from perfapi.domains.goals.models import Goal
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.reckoning import recomputed
from tests.factories.goals import (
    a_band,
    a_check_in,
    a_goal,
    a_key_result,
)
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]
Body = dict[str, Any]

NUMBER = {"kind": "number", "target": "60"}
CURRENCY = {"kind": "currency", "unit": "EUR", "target": "60"}
BAND = {"kind": "maintain", "lower": "95", "upper": "99"}
STEP = {"title": "Contract"}
MILESTONES = {"kind": "milestones", "milestones": [STEP]}


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def goal(session: AsyncSession, ada: Person) -> Goal:
    return await a_goal(session, ada)


class TestAddKeyResult:
    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            # What a kind needs.
            ({"kind": "number"}, "/target", "missing"),
            ({"kind": "percent", "start": "5"}, "/target", "missing"),
            (CURRENCY | {"unit": None}, "/unit", "missing"),
            (CURRENCY | {"target": None}, "/target", "missing"),
            ({"kind": "maintain"}, "/lower", "missing"),
            ({"kind": "maintain", "tolerance": "1"}, "/lower", "missing"),
            ({"kind": "milestones"}, "/milestones", "missing"),
            ({"kind": "milestones", "milestones": []}, "/milestones", "missing"),
            # What makes no sense.
            (CURRENCY | {"unit": "euro"}, "/unit", "currency_unknown"),
            (CURRENCY | {"unit": "eur"}, "/unit", "currency_unknown"),
            (CURRENCY | {"unit": "DEM"}, "/unit", "currency_unknown"),
            (CURRENCY | {"unit": "XAU"}, "/unit", "currency_unknown"),
            (CURRENCY | {"start": "60.0"}, "/target", "target_is_start"),
            (BAND | {"lower": "99.1"}, "/upper", "band_upside_down"),
            (BAND | {"tolerance": "0"}, "/tolerance", "tolerance_is_zero"),
            (BAND | {"tolerance": "-1"}, "/tolerance", "decimal_invalid"),
            (BAND | {"tolerance": -1}, "/tolerance", "decimal_out_of_range"),
            (BAND | {"lower": "NaN"}, "/lower", "decimal_invalid"),
            (MILESTONES | {"milestones": [STEP | {"weight": 0}]}, "/milestones", "weightless"),
            (
                MILESTONES | {"milestones": [STEP, {"title": ""}]},
                "/milestones/1/title",
                "string_too_short",
            ),
            (
                MILESTONES | {"milestones": [STEP | {"due_on": "2026-02-30"}]},
                "/milestones/0/due_on",
                "date_parsing",
            ),
            (
                MILESTONES | {"milestones": [STEP | {"done_at": "2026-02-20T00:00:00Z"}]},
                "/milestones/0/done_at",
                "extra_forbidden",
            ),
            (
                MILESTONES | {"milestones": [STEP | {"id": str(uuid7())}]},
                "/milestones/0/id",
                "extra_forbidden",
            ),
            (MILESTONES | {"milestones": [STEP] * 51}, "/milestones", "too_long"),
            # What a kind does not have.
            (NUMBER | {"lower": "1"}, "/lower", "not_of_this_kind"),
            (NUMBER | {"upper": "1"}, "/upper", "not_of_this_kind"),
            (NUMBER | {"tolerance": "1"}, "/tolerance", "not_of_this_kind"),
            (NUMBER | {"milestones": [STEP]}, "/milestones", "not_of_this_kind"),
            ({"kind": "percent", "target": "5", "unit": "%"}, "/unit", "not_of_this_kind"),
            (BAND | {"start": "1"}, "/start", "not_of_this_kind"),
            (BAND | {"target": "1"}, "/target", "not_of_this_kind"),
            ({"kind": "binary", "target": "1"}, "/target", "not_of_this_kind"),
            ({"kind": "binary", "unit": "x"}, "/unit", "not_of_this_kind"),
            ({"kind": "manual", "start": "0"}, "/start", "not_of_this_kind"),
            (MILESTONES | {"target": "1"}, "/target", "not_of_this_kind"),
        ],
    )
    async def test_refuses_what_makes_no_sense_of_its_kind(
        self, as_person: AsPerson, ada: Person, goal: Goal, body: Body, pointer: str, code: str
    ) -> None:
        client = as_person(ada)

        response = await client.post(f"/goals/{goal.id}/key-results", json={"title": "One"} | body)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)

    @pytest.mark.parametrize(
        ("body", "stored"),
        [
            ({"kind": "binary"}, {"start": "0", "target": "1"}),
            ({"kind": "manual"}, {"start": "0", "target": "100"}),
            (MILESTONES, {"start": "0", "target": "1"}),
            (BAND, {"start": None, "target": None, "lower": "95", "upper": "99"}),
            ({"kind": "maintain", "upper": "0"}, {"lower": None, "upper": "0"}),
            # Whoever copies a document sends null for what a kind does not have.
            (NUMBER | {"lower": None, "milestones": []}, {"start": "0", "lower": None}),
            (CURRENCY | {"unit": "CHF"}, {"unit": "CHF"}),
        ],
    )
    async def test_stores_what_a_kind_is_told_by(
        self, as_person: AsPerson, ada: Person, goal: Goal, body: Body, stored: Body
    ) -> None:
        client = as_person(ada)

        response = await client.post(f"/goals/{goal.id}/key-results", json={"title": "One"} | body)

        assert response.status_code == 201, response.text
        shown = response.json()
        assert {name: shown[name] for name in stored} == stored

    async def test_of_a_new_goal_is_pointed_at_within_it(
        self, as_person: AsPerson, ada: Person
    ) -> None:
        sent = {"title": "One", "level": "person", "key_results": [
            {"title": "Fine"} | MILESTONES, {"title": "Wrong"} | BAND | {"lower": "100"},
        ]}  # fmt: skip
        client = as_person(ada)

        refused = await client.post("/goals", json=sent)
        sent["key_results"] = [{"title": "Fine"} | MILESTONES, {"title": "Good"} | BAND]
        set_ = await client.post("/goals", json=sent)

        [error] = refused.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/key_results/1/upper", "band_upside_down")
        assert [each["kind"] for each in set_.json()["key_results"]] == ["milestones", "maintain"]
        assert [step["title"] for step in set_.json()["key_results"][0]["milestones"]] == [
            "Contract"
        ]


class TestUpdateKeyResult:
    async def test_keeps_its_kind_once_there_are_check_ins(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result = await a_key_result(session, goal)
        await a_check_in(session, key_result, "50", by=ada)
        client, path = as_person(ada), f"/key-results/{key_result.id}"

        refused = await client.patch(path, json={"kind": "percent"})
        same = await client.patch(path, json={"kind": "number", "target": "200"})

        assert (refused.status_code, refused.json()["code"]) == (409, "key_result_has_history")
        assert (same.status_code, same.json()["progress"]) == (200, "0.25")

    @pytest.mark.parametrize(
        ("change", "stored"),
        [
            ({"kind": "percent"}, {"unit": None, "start": "10", "target": "20"}),
            ({"kind": "binary"}, {"unit": None, "start": "0", "target": "1"}),
            ({"kind": "manual"}, {"unit": None, "start": "0", "target": "100"}),
            ({"kind": "currency", "unit": "EUR"}, {"unit": "EUR", "start": "10"}),
            (BAND, {"unit": "points", "start": None, "target": None, "progress": None}),
            (MILESTONES, {"unit": None, "start": "0", "target": "1"}),
        ],
    )
    async def test_of_another_kind_lets_go_of_what_that_does_not_have(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        goal: Goal,
        change: Body,
        stored: Body,
    ) -> None:
        key_result = await a_key_result(session, goal, start="10", target="20", unit="points")
        client, path = as_person(ada), f"/key-results/{key_result.id}"

        changed = await client.patch(path, json=change)
        back = await client.patch(
            path, json={"kind": "number", "unit": "points", "start": "10", "target": "20"}
        )

        assert changed.status_code == 200, changed.text
        shown = changed.json()
        assert {name: shown[name] for name in stored} == stored
        assert back.status_code == 200, back.text
        assert (back.json()["milestones"], back.json()["lower"]) == ([], None)
        assert (back.json()["start"], back.json()["progress"]) == ("10", "0")
        assert (await recomputed(session))["drift"] == 0

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"lower": "100"}, "/lower", "band_upside_down"),
            ({"upper": "94"}, "/upper", "band_upside_down"),
            ({"lower": "100", "upper": "99"}, "/upper", "band_upside_down"),
            ({"lower": None, "upper": None}, "/lower", "missing"),
            ({"start": "1"}, "/start", "not_of_this_kind"),
            ({"kind": "number"}, "/target", "missing"),
            ({"kind": "currency", "target": "5"}, "/unit", "currency_unknown"),
            ({"kind": "milestones"}, "/milestones", "missing"),
            ({"milestones": [STEP]}, "/milestones", "not_of_this_kind"),
        ],
    )
    async def test_refuses_what_makes_no_sense_of_a_band(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        goal: Goal,
        body: Body,
        pointer: str,
        code: str,
    ) -> None:
        band = await a_band(session, goal, lower="95", upper="99", unit="points")

        response = await as_person(ada).patch(f"/key-results/{band.id}", json=body)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)


class TestCurrencies:
    def test_are_those_that_the_page_offers(self) -> None:
        page = Path(__file__).parents[4] / "frontend/src/features/goals/currencies.ts"

        assert set(re.findall(r"\b[A-Z]{3}\b", page.read_text())) - {"API", "ISO"} == CURRENCIES

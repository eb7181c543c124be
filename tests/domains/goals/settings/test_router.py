from collections.abc import Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_person, an_admin, an_hr_partner

AsPerson = Callable[[Person], Client]

DEFAULTS = {
    "cycle_days": 90,
    "check_in_every_days": 7,
    "on_track_from": "0.9",
    "at_risk_from": "0.6",
}


class TestGetGoalSettings:
    async def test_shows_what_holds_where_nobody_decided(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        ada, alex = await a_person(session), await an_admin(session)

        shown = (await as_person(ada).get("/goal-settings")).json()
        to_alex = (await as_person(alex).get("/goal-settings")).json()

        assert {name: shown[name] for name in DEFAULTS} == DEFAULTS
        assert (shown["permissions"], to_alex["permissions"]) == ([], ["edit"])


class TestUpdateGoalSettings:
    async def test_changes_what_is_sent_and_keeps_the_rest(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await an_admin(session))

        await client.patch("/goal-settings", json={"cycle_days": 30, "on_track_from": "0.85"})
        shown = (await client.patch("/goal-settings", json={"check_in_every_days": 14})).json()

        changed = {"cycle_days": 30, "on_track_from": "0.85", "check_in_every_days": 14}
        assert {name: shown[name] for name in DEFAULTS} == DEFAULTS | changed

    async def test_the_rhythm_counts_for_goals_that_are_set_from_now_on(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await an_admin(session))
        sent = {"title": "Grow", "level": "person"}
        before = (await client.post("/goals", json=sent)).json()

        await client.patch("/goal-settings", json={"check_in_every_days": 14})
        after = (await client.post("/goals", json=sent)).json()
        kept = (await client.get(f"/goals/{before['id']}")).json()

        assert (kept["check_in_every_days"], after["check_in_every_days"]) == (7, 14)

    async def test_is_for_administrators_who_read_them_before(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        alex = as_person(await an_admin(session))
        tag = (await alex.get("/goal-settings")).headers["etag"]
        sent = {"json": {"cycle_days": 30}}
        refused = [
            await as_person(who).patch("/goal-settings", **sent)
            for who in (await a_person(session), await an_hr_partner(session))
        ]

        missing = await alex.request("PATCH", "/goal-settings", **sent)
        first = await alex.patch("/goal-settings", **sent, headers={"If-Match": tag})
        stale = await alex.patch("/goal-settings", **sent, headers={"If-Match": tag})

        assert {(r.status_code, r.json()["code"]) for r in refused} == {
            (403, "only_administrators")
        }
        assert [r.status_code for r in (missing, first, stale)] == [428, 200, 412]

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"at_risk_from": "0.95"}, "/at_risk_from", "thresholds_crossed"),
            ({"on_track_from": "0.5"}, "/on_track_from", "thresholds_crossed"),
            ({"on_track_from": "1.1"}, "/on_track_from", "decimal_out_of_range"),
            ({"cycle_days": 0}, "/cycle_days", "greater_than_equal"),
            ({"check_in_every_days": 1.5}, "/check_in_every_days", "int_type"),
            ({"days": 5}, "/days", "extra_forbidden"),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        body: dict[str, object],
        pointer: str,
        code: str,
    ) -> None:
        response = await as_person(await an_admin(session)).patch("/goal-settings", json=body)

        assert response.status_code == 422, response.text
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code)

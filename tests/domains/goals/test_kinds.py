"""Key results of every kind, with examples that were worked out by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Goal
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.reckoning import recomputed
from tests.factories.goals import (
    a_band,
    a_check_in,
    a_goal,
    a_key_result,
    a_milestone_key_result,
)
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


@pytest.fixture
async def goal(session: AsyncSession, ada: Person) -> Goal:
    return await a_goal(session, ada)


async def added(client: Client, goal: Goal, **body: Any) -> dict[str, Any]:
    response = await client.post(f"/goals/{goal.id}/key-results", json={"title": "One"} | body)
    assert response.status_code == 201, response.text
    shown: dict[str, Any] = response.json()
    return shown


async def checked_in(client: Client, key_result: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Where it stands after a check-in."""
    path = f"/key-results/{key_result['id']}"
    response = await client.post(f"{path}/check-ins", json=body)
    assert response.status_code == 201, response.text
    shown: dict[str, Any] = (await client.get(path)).json()
    for name in ("raw_progress", "progress"):
        assert response.json()[name] == shown[name]
    return shown


async def progress_of(client: Client, goal: Goal) -> str | None:
    shown: dict[str, str | None] = (await client.get(f"/goals/{goal.id}")).json()
    return shown["progress"]


class TestCurrency:
    @pytest.mark.parametrize(
        ("start", "target", "value", "raw"),
        [
            ("0", "250000", "62500.50", "0.250002"),
            ("90000", "60000", "75000", "0.5"),
            ("90000", "60000", "99000", "-0.3"),
        ],
    )
    async def test_goes_a_way_like_a_number_up_or_down(
        self, as_person: AsPerson, ada: Person, goal: Goal, start: str, target: str, value: str,
        raw: str,
    ) -> None:  # fmt: skip
        client = as_person(ada)
        shown = await added(client, goal, kind="currency", unit="EUR", start=start, target=target)

        moved = await checked_in(client, shown, value=value)

        assert (shown["unit"], shown["current"], shown["progress"]) == ("EUR", start, "0")
        assert moved["raw_progress"] == raw


class TestBinary:
    async def test_is_no_until_it_is_yes(
        self, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        client = as_person(ada)
        shown = await added(client, goal, kind="binary")
        moved = [await checked_in(client, shown, value=value) for value in ("0", "1", "0")]

        assert [each["progress"] for each in [shown, *moved]] == ["0", "0", "1", "0"]
        assert (shown["start"], shown["target"], shown["current"]) == ("0", "1", "0")

    @pytest.mark.parametrize("value", ["0.5", "2", "-1"])
    async def test_is_nothing_in_between(
        self, as_person: AsPerson, ada: Person, goal: Goal, value: str
    ) -> None:
        client = as_person(ada)
        shown = await added(client, goal, kind="binary")

        response = await client.post(f"/key-results/{shown['id']}/check-ins", json={"value": value})

        assert response.status_code == 422
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/value", "not_yes_or_no")


class TestManual:
    async def test_is_a_percentage_that_somebody_judges(
        self, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        client = as_person(ada)
        shown = await added(client, goal, kind="manual")
        moved = [await checked_in(client, shown, value=value) for value in ("33.3", "0", "100")]

        assert [each["progress"] for each in [shown, *moved]] == ["0", "0.333", "0", "1"]
        assert (shown["kind"], shown["start"], shown["target"]) == ("manual", "0", "100")

    @pytest.mark.parametrize("value", ["-0.000001", "100.000001"])
    async def test_stays_within_0_and_100(
        self, as_person: AsPerson, ada: Person, goal: Goal, value: str
    ) -> None:
        client = as_person(ada)
        shown = await added(client, goal, kind="manual")

        response = await client.post(f"/key-results/{shown['id']}/check-ins", json={"value": value})

        assert response.status_code == 422
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/value", "not_a_percentage")


class TestBand:
    @pytest.mark.parametrize(
        ("lower", "upper", "tolerance", "value", "progress"),
        [
            # Inside, its borders included.
            ("95", "99", "4", "97", "1"),
            ("95", "99", "4", "95", "1"),
            ("95", "99", "4", "99", "1"),
            # Outside it loses with the distance: 1 - 1/4, 1 - 3/4, 1 - 4/4, and never below 0.
            ("95", "99", "4", "94", "0.75"),
            ("95", "99", "4", "102", "0.25"),
            ("95", "99", "4", "91", "0"),
            ("95", "99", "4", "50", "0"),
            # Without a tolerance at once.
            ("95", "99", None, "94.999999", "0"),
            ("95", "99", None, "99.000001", "0"),
            # At least, and at most.
            ("95", None, "10", "1000000", "1"),
            ("95", None, "10", "90", "0.5"),
            (None, "99", "10", "-1000000", "1"),
            (None, "99", "10", "101", "0.8"),
            (None, "0", None, "0.000001", "0"),
            # A band of one value; below 0; a third, half-even to twelve places.
            ("5", "5", "3", "5", "1"),
            ("-2", "2", "3", "-3", "0.666666666667"),
            ("-2", "2", "3", "4", "0.333333333333"),
        ],
    )
    async def test_is_1_inside_and_less_with_the_distance_outside(
        self,
        as_person: AsPerson,
        ada: Person,
        goal: Goal,
        lower: str | None,
        upper: str | None,
        tolerance: str | None,
        value: str,
        progress: str,
    ) -> None:
        client = as_person(ada)
        band = {"lower": lower, "upper": upper, "tolerance": tolerance}
        shown = await added(client, goal, kind="maintain", unit="%", **band)

        moved = await checked_in(client, shown, value=value)

        assert (moved["progress"], moved["raw_progress"]) == (progress, progress)
        assert {name: moved[name] for name in band} == band
        assert (moved["start"], moved["target"]) == (None, None)
        assert await progress_of(client, goal) == progress

    async def test_without_a_check_in_counts_nowhere(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        client = as_person(ada)
        shown = await added(client, goal, kind="maintain", lower="95")
        alone = await progress_of(client, goal)
        half = await a_key_result(session, goal)
        await a_check_in(session, half, "50", by=ada)
        beside = await progress_of(client, goal)
        await checked_in(client, shown, value="96")

        unknown = (shown["current"], shown["raw_progress"], shown["progress"])
        assert unknown == (None, None, None)
        assert (alone, beside) == (None, "0.5")
        assert await progress_of(client, goal) == "0.75"
        assert (await recomputed(session))["drift"] == 0

    async def test_that_is_moved_moves_the_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        band = await a_band(session, goal, lower="95", upper="99", tolerance="4")
        await a_check_in(session, band, "93", by=ada)
        client = as_person(ada)
        seen = [await progress_of(client, goal)]

        for change in ({"lower": "94"}, {"tolerance": None}, {"lower": None}):
            response = await client.patch(f"/key-results/{band.id}", json=change)
            assert response.status_code == 200, response.text
            seen.append(await progress_of(client, goal))

        assert seen == ["0.5", "0.75", "0", "1"]


class TestMilestones:
    async def test_progress_is_the_share_of_the_weights_that_are_done(
        self, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        client = as_person(ada)
        shown = await added(
            client,
            goal,
            kind="milestones",
            milestones=[
                {"title": "Contract", "weight": "1", "due_on": "2026-03-01"},
                {"title": "Prototype", "weight": "2"},
                {"title": "Launch", "weight": "4"},
                {"title": "Party", "weight": "0"},
            ],
        )
        contract, prototype, launch, party = (step["id"] for step in shown["milestones"])

        done: list[list[str]] = [[contract], [prototype, contract], [launch], [party], []]
        stands = [await checked_in(client, shown, done_milestone_ids=each) for each in done]

        assert [step["due_on"] for step in shown["milestones"]] == ["2026-03-01", None, None, None]
        # 1/7, 3/7, 4/7, 0/7 and nothing.
        assert [each["progress"] for each in stands] == [
            "0.142857142857", "0.428571428571", "0.571428571429", "0", "0",
        ]  # fmt: skip
        assert all(each["current"] == each["progress"] for each in stands)
        assert (shown["progress"], await progress_of(client, goal)) == ("0", "0")

    async def test_history_tells_which_were_done_by_then(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1", b="3")
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        a, b = (str(step.id) for step in steps.values())
        for done in ([b, a, b], [b]):
            await client.post(f"{path}/check-ins", json={"done_milestone_ids": done})

        of_it = (await client.get(f"{path}/check-ins")).json()["items"]
        of_goal = (await client.get(f"/goals/{goal.id}/check-ins")).json()["items"]

        for history in (of_it, of_goal):
            said = [[step["title"] for step in entry["done_milestones"]] for entry in history]
            assert said == [["b"], ["a", "b"]]
            assert [entry["value"] for entry in history] == ["0.75", "1"]

    async def test_are_done_since_the_first_check_in_that_says_so_without_a_break(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1", b="1")
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        a, b = (str(step.id) for step in steps.values())
        times = []
        for done in ([a], [b], [a, b], [a, b]):
            said = await client.post(f"{path}/check-ins", json={"done_milestone_ids": done})
            times.append(said.json()["checked_in_at"])

        shown = (await client.get(path)).json()["milestones"]

        assert {step["title"]: step["done_at"] for step in shown} == {"a": times[2], "b": times[1]}

    async def test_of_another_weight_move_the_goal(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, goal: Goal
    ) -> None:
        key_result, steps = await a_milestone_key_result(session, goal, a="1", b="1")
        client, path = as_person(ada), f"/key-results/{key_result.id}"
        a, b = (str(step.id) for step in steps.values())
        await client.post(f"{path}/check-ins", json={"done_milestone_ids": [a]})
        before = await progress_of(client, goal)

        heavier = [{"id": a, "title": "a", "weight": "3"}, {"id": b, "title": "b"}]
        await client.patch(path, json={"milestones": heavier})

        assert (before, await progress_of(client, goal)) == ("0.5", "0.75")
        [entry] = (await client.get(f"{path}/check-ins")).json()["items"]
        assert entry["progress"] == "0.5"
        assert (await recomputed(session))["drift"] == 0

    async def test_recompute_finds_what_somebody_ticked_behind_our_back(
        self, session: AsyncSession, ada: Person, goal: Goal
    ) -> None:
        await a_milestone_key_result(session, goal, a="1", b="1")
        await session.execute(text("UPDATE milestones SET done_at = now()"))

        assert (await recomputed(session))["drift"] == 2
        assert (await recomputed(session))["drift"] == 0

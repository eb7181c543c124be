"""The rules of the trade for goals, line by line."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.models import Driver, Goal, GoalState
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.reckoning import recomputed
from tests.factories.goals import a_check_in, a_goal, a_key_result
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def ada(session: AsyncSession) -> Person:
    return await a_person(session, "Ada")


async def _shown(client: Client, goal: Goal) -> dict[str, Any]:
    response = await client.get(f"/goals/{goal.id}")
    assert response.status_code == 200, response.text
    shown: dict[str, Any] = response.json()
    return shown


async def _progress(client: Client, goal: Goal) -> Decimal | None:
    found = (await _shown(client, goal))["progress"]
    return None if found is None else Decimal(found)


class TestKeyResult:
    @pytest.mark.parametrize(
        ("start", "target", "value", "raw", "progress"),
        [
            ("0", "100", "25", "0.25", "0.25"),
            ("80", "100", "85", "0.25", "0.25"),
            # The sign of target - start is the direction.
            ("10", "5", "8", "0.4", "0.4"),
            ("-5", "5", "0", "0.5", "0.5"),
            # Beyond the target and before the start, as measured; what rolls up stays within.
            ("0", "100", "130", "1.3", "1"),
            ("80", "100", "70", "-0.5", "0"),
            ("10", "5", "4", "1.2", "1"),
            ("10", "5", "11", "-0.2", "0"),
            # 12 places, half to even.
            ("0", "3", "1", "0.333333333333", "0.333333333333"),
            ("0", "3", "2", "0.666666666667", "0.666666666667"),
            ("0", "800000", "0.000001", "0.000000000001", "0.000000000001"),
            ("0", "400000", "0.000001", "0.000000000002", "0.000000000002"),
            ("0", "400000", "0.000003", "0.000000000008", "0.000000000008"),
        ],
    )
    async def test_progress_is_the_way_made_by_the_way_to_make(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        start: str,
        target: str,
        value: str,
        raw: str,
        progress: str,
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal, start=start, target=target)
        client = as_person(ada)

        checked_in = await client.post(
            f"/key-results/{key_result.id}/check-ins", json={"value": value}
        )
        shown = (await client.get(f"/key-results/{key_result.id}")).json()

        for body in (checked_in.json(), shown):
            assert (body["raw_progress"], body["progress"]) == (raw, progress)
        assert shown["current"] == value
        assert await _progress(client, goal) == Decimal(progress)

    @pytest.mark.parametrize(("start", "target"), [("80", "100"), ("10", "5"), ("-3", "0")])
    async def test_without_a_check_in_it_stands_at_its_start_and_at_0(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, start: str, target: str
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal, start=start, target=target)

        shown = (await as_person(ada).get(f"/key-results/{key_result.id}")).json()

        assert (shown["current"], shown["raw_progress"], shown["progress"]) == (start, "0", "0")
        assert await _progress(as_person(ada), goal) == 0

    @pytest.mark.parametrize(("start", "target"), [("0", "0"), ("7", "7.0"), ("-0.5", "-0.5")])
    async def test_a_target_equal_to_the_start_is_refused(
        self, session: AsyncSession, as_person: AsPerson, ada: Person, start: str, target: str
    ) -> None:
        goal = await a_goal(session, ada)
        sent = {"title": "Nothing", "start": start, "target": target}

        response = await as_person(ada).post(f"/goals/{goal.id}/key-results", json=sent)

        assert response.status_code == 422
        [error] = response.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/target", "target_is_start")

    async def test_another_start_or_target_moves_it_and_keeps_what_was_measured(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal, start="0", target="100")
        await a_check_in(session, key_result, "40", by=ada)
        client = as_person(ada)

        changed = await client.patch(f"/key-results/{key_result.id}", json={"target": "80"})
        history = await client.get(f"/key-results/{key_result.id}/check-ins")

        assert (changed.json()["current"], changed.json()["progress"]) == ("40", "0.5")
        assert await _progress(client, goal) == Decimal("0.5")
        assert history.json()["items"][0]["progress"] == "0.4"

    async def test_confidence_is_apart_from_progress(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        key_result = await a_key_result(session, goal)
        client = as_person(ada)

        for confidence in (10, 0, None):
            sent = {"value": "50", "confidence": confidence}
            await client.post(f"/key-results/{key_result.id}/check-ins", json=sent)
            shown = (await client.get(f"/key-results/{key_result.id}")).json()
            assert (shown["confidence"], shown["progress"]) == (confidence, "0.5")


class TestRollUp:
    async def test_is_the_mean_by_weight(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for value, weight in (("100", "1"), ("50", "2"), ("0", "4")):
            key_result = await a_key_result(session, goal, weight=Decimal(weight))
            await a_check_in(session, key_result, value, by=ada)

        assert await _progress(as_person(ada), goal) == Decimal("0.285714285714")

    async def test_uses_the_clamped_progress(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        for value in ("300", "-100"):
            await a_check_in(session, await a_key_result(session, goal), value, by=ada)

        assert await _progress(as_person(ada), goal) == Decimal("0.5")

    async def test_of_nothing_is_null_and_never_0(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        empty = await a_goal(session, ada, driver=Driver.BOTH)
        weightless = await a_goal(session, ada)
        await a_key_result(session, weightless, weight=Decimal(0))

        assert await _progress(as_person(ada), empty) is None
        assert await _progress(as_person(ada), weightless) is None

    async def test_a_goal_that_measures_nothing_yet_is_not_in_the_denominator(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada, driver=Driver.GOALS)
        await a_goal(session, ada, under=goal)
        measured = await a_goal(session, ada, under=goal)
        await a_check_in(session, await a_key_result(session, measured), "60", by=ada)

        assert await _progress(as_person(ada), goal) == Decimal("0.6")

    @pytest.mark.parametrize(
        ("driver", "expected"),
        [(Driver.KEY_RESULTS, "0.2"), (Driver.GOALS, "0.8"), (Driver.BOTH, "0.65")],
    )
    async def test_follows_the_driver(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        driver: Driver,
        expected: str,
    ) -> None:
        goal = await a_goal(session, ada, driver=driver)
        await a_check_in(session, await a_key_result(session, goal), "20", by=ada)
        child = await a_goal(session, ada, under=goal, weight=Decimal(3))
        await a_check_in(session, await a_key_result(session, child), "80", by=ada)

        assert await _progress(as_person(ada), goal) == Decimal(expected)

    async def test_reaches_every_ancestor_when_the_check_in_answers(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        company = await a_goal(session, ada, driver=Driver.GOALS)
        department = await a_goal(session, ada, under=company, driver=Driver.BOTH)
        team = await a_goal(session, ada, under=department, driver=Driver.GOALS)
        person = await a_goal(session, ada, under=team)
        await a_key_result(session, department)
        key_result = await a_key_result(session, person)
        client = as_person(ada)

        await client.post(f"/key-results/{key_result.id}/check-ins", json={"value": "50"})

        moved = [await _progress(client, goal) for goal in (person, team, department, company)]
        assert moved == [Decimal("0.5"), Decimal("0.5"), Decimal("0.25"), Decimal("0.25")]

    async def test_does_not_outdate_the_goals_that_people_are_editing(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        company = await a_goal(session, ada, driver=Driver.GOALS)
        team = await a_goal(session, ada, under=company)
        key_result = await a_key_result(session, team)
        client = as_person(ada)
        tags = {
            goal.id: (await client.get(f"/goals/{goal.id}")).headers["etag"]
            for goal in (company, team)
        }

        await client.post(f"/key-results/{key_result.id}/check-ins", json={"value": "50"})

        for goal in (company, team):
            edited = await client.patch(
                f"/goals/{goal.id}", json={"title": "New"}, headers={"If-Match": tags[goal.id]}
            )
            assert edited.status_code == 200, edited.text

    async def test_archived_key_results_leave_the_denominator(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        await a_check_in(session, await a_key_result(session, goal), "80", by=ada)
        low = await a_key_result(session, goal)
        await a_check_in(session, low, "0", by=ada)
        client = as_person(ada)
        before = await _progress(client, goal)

        await client.delete(f"/key-results/{low.id}")

        assert (before, await _progress(client, goal)) == (Decimal("0.4"), Decimal("0.8"))

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            (GoalState.DRAFT, "0.8"),
            (GoalState.ACTIVE, "0.4"),
            (GoalState.CLOSED, "0.4"),
            (GoalState.CANCELLED, "0.8"),
        ],
    )
    async def test_drafts_and_cancelled_goals_leave_the_denominator_closed_ones_stay(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        ada: Person,
        state: GoalState,
        expected: str,
    ) -> None:
        company = await a_goal(session, ada, driver=Driver.GOALS)
        high = await a_goal(session, ada, under=company)
        await a_check_in(session, await a_key_result(session, high), "80", by=ada)
        low = await a_goal(session, ada, under=company, state=state)
        await a_key_result(session, low)

        assert await _progress(as_person(ada), company) == Decimal(expected)

    async def test_each_change_of_state_is_rolled_up_at_once(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        company = await a_goal(session, ada, driver=Driver.GOALS)
        high = await a_goal(session, ada, under=company)
        await a_check_in(session, await a_key_result(session, high), "80", by=ada)
        low = await a_goal(session, ada, under=company, state=GoalState.DRAFT)
        await a_key_result(session, low)
        client = as_person(ada)
        seen = [await _progress(client, company)]

        for path, body in (("activate", None), ("cancel", {})):
            sent: dict[str, Any] = {} if body is None else {"json": body}
            await client.post(f"/goals/{low.id}/{path}", **sent)
            seen.append(await _progress(client, company))

        assert seen == [Decimal("0.8"), Decimal("0.4"), Decimal("0.8")]

    async def test_can_be_opened_down_to_the_check_ins_behind_it(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        company = await a_goal(session, ada, driver=Driver.GOALS)
        team = await a_goal(session, ada, "Team", under=company, weight=Decimal(2))
        key_result = await a_key_result(session, team)
        await a_check_in(session, key_result, "30", by=ada, comment="Slowly.")
        client = as_person(ada)

        [child] = (await _shown(client, company))["children"]
        [measured] = (await _shown(client, team))["key_results"]
        [checked_in] = (await client.get(f"/goals/{team.id}/check-ins")).json()["items"]

        assert (child["title"], child["weight"], child["progress"]) == ("Team", "2", "0.3")
        assert (measured["weight"], measured["progress"]) == ("1", "0.3")
        assert (checked_in["value"], checked_in["comment"]) == ("30", "Slowly.")

    async def test_recomputed_as_a_whole_says_the_same(
        self, session: AsyncSession, ada: Person
    ) -> None:
        company = await a_goal(session, ada, driver=Driver.BOTH)
        await a_key_result(session, company, weight=Decimal("0.333333"))
        team = await a_goal(session, ada, under=company)
        key_result = await a_key_result(session, team, target="7")
        await a_check_in(session, key_result, "3", by=ada)

        assert (await recomputed(session))["drift"] == 0


class TestStates:
    async def test_closing_keeps_the_note_the_score_and_every_check_in(
        self, session: AsyncSession, as_person: AsPerson, ada: Person
    ) -> None:
        goal = await a_goal(session, ada)
        await a_check_in(session, await a_key_result(session, goal), "70", by=ada)
        client = as_person(ada)

        closed = await client.post(
            f"/goals/{goal.id}/close", json={"note": "Nearly.", "score": "0.7"}
        )
        history = await client.get(f"/goals/{goal.id}/check-ins")

        shown = closed.json()
        assert (shown["state"], shown["closing_note"]) == ("closed", "Nearly.")
        assert (shown["final_score"], shown["progress"]) == ("0.7", "0.7")
        assert len(history.json()["items"]) == 1

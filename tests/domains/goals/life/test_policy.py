"""People on a goal and what becomes of it: tables written by hand, not derived from the rules."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.domains.goals import policy
from perfapi.domains.goals.models import GoalState, MemberRole, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.company import EVERYBODY, Company
from tests.factories.goals import a_goal, a_key_result, a_member, an_initiative
from tests.factories.organizations import an_organization
from tests.factories.people import an_admin, enter_as

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def company(session: AsyncSession) -> Company:
    company = Company()
    await company.found(session)
    return company


CHAIN = {"owner", "manager", "skip"}

# The mate shares the owner's team, the stranger nothing at all.
SEES_WITH: dict[tuple[str, Visibility], set[str]] = {
    ("stranger", Visibility.PUBLIC): EVERYBODY,
    ("stranger", Visibility.DEPARTMENT): CHAIN | {"peer", "below", "stranger"},
    ("stranger", Visibility.TEAM): CHAIN | {"mate", "lead", "stranger"},
    ("stranger", Visibility.MANAGER_CHAIN): CHAIN | {"stranger"},
    ("stranger", Visibility.PRIVATE): {"owner", "stranger"},
    ("mate", Visibility.DEPARTMENT): CHAIN | {"peer", "below", "mate"},
    ("mate", Visibility.MANAGER_CHAIN): CHAIN | {"mate"},
    ("mate", Visibility.PRIVATE): {"owner", "mate"},
}


class TestSeeing:
    @pytest.mark.parametrize("role", MemberRole)
    async def test_is_for_people_on_the_goal_too_and_for_nobody_through_them(
        self, session: AsyncSession, company: Company, role: MemberRole
    ) -> None:
        for (who, visibility), expected in SEES_WITH.items():
            goal = await a_goal(session, company.owner, visibility=visibility)
            await a_member(session, goal, company.people[who], role)

            assert await company.who_sees(session, goal) == expected, (who, visibility)

    @pytest.mark.parametrize("role", MemberRole)
    async def test_begins_with_the_draft(
        self, session: AsyncSession, company: Company, role: MemberRole
    ) -> None:
        draft = await a_goal(session, company.owner, state=GoalState.DRAFT)
        await a_member(session, draft, company.stranger, role)

        assert await company.who_sees(session, draft) == CHAIN | {"stranger"}

    async def test_names_its_reasons(self, session: AsyncSession, company: Company) -> None:
        goal = await a_goal(session, company.owner, visibility=Visibility.PRIVATE)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        await a_member(session, goal, company.stranger)
        expected = {"owner": ["you_own_it"], "mate": ["you_own_it"], "manager": []}
        expected["stranger"] = ["you_contribute_to_it"]

        for name, reasons in expected.items():
            await enter_as(session, company.people[name])
            assert await access.explain(session, policy.VISIBLE, goal.id) == reasons, name

    async def test_is_nothing_for_people_of_another_organization(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        here = company.owner.organization_id
        await an_organization(session, "Elsewhere")
        foreigner = await an_admin(session)
        await enter_as(session, company.owner)
        goal = await a_goal(session, company.owner, visibility=Visibility.PRIVATE)
        path = f"/goals/{goal.id}"

        added = await as_person(company.owner).put(f"{path}/members/{foreigner.id}", json={})
        seen = await as_person(foreigner).get(path)

        assert company.owner.organization_id == here
        assert (added.status_code, seen.status_code) == (404, 404)


OF_OWNERS: dict[GoalState, set[str]] = {
    GoalState.DRAFT: {
        *("edit", "add_key_result", "activate", "cancel", "delete", "add_child", "propose"),
    },
    GoalState.ACTIVE: {
        *("edit", "add_key_result", "check_in", "close", "cancel", "add_child", "propose"),
        "carry_over",
    },
    GoalState.CLOSED: {"reopen", "archive", "carry_over"},
    GoalState.CANCELLED: {"reopen", "archive", "carry_over"},
    GoalState.ARCHIVED: {"restore"},
}
OF_CONTRIBUTORS: dict[GoalState, set[str]] = {
    GoalState.DRAFT: {"add_child"},
    GoalState.ACTIVE: {"check_in", "add_child"},
    GoalState.CLOSED: set(),
    GoalState.CANCELLED: set(),
    GoalState.ARCHIVED: set(),
}
OF_OTHERS: dict[GoalState, set[str]] = OF_CONTRIBUTORS | {GoalState.ACTIVE: {"add_child"}}

ACTORS: dict[str, dict[GoalState, set[str]]] = {
    "owner": OF_OWNERS,
    "manager": OF_OWNERS,
    "mate": {state: acts - {"propose"} | {"leave"} for state, acts in OF_OWNERS.items()},
    "stranger": {state: acts | {"leave"} for state, acts in OF_CONTRIBUTORS.items()},
    "hr": {state: acts - {"propose"} for state, acts in OF_OWNERS.items()},
    "admin": {state: acts - {"propose"} for state, acts in OF_OWNERS.items()},
    "peer": OF_OTHERS,
}

COMMANDS: dict[str, tuple[str, Any]] = {
    "reopen": ("reopen", None),
    "archive": ("archive", None),
    "restore": ("restore", None),
    "carry_over": ("carry-over", {}),
    "propose": ("propose", {}),
    "agree": ("agree", {"step_id": str(uuid4())}),
    "request_changes": (
        "request-changes",
        {"comment": "Smaller, please.", "step_id": str(uuid4())},
    ),
}
REFUSALS = {
    *("goal_not_yours", "goal_not_yours_to_negotiate", "goal_not_ended", "goal_not_archived"),
    *("goal_not_started", "goal_not_proposed", "goal_ended"),
}


class TestActing:
    """The mate is a co-owner, the stranger a contributor."""

    @pytest.mark.parametrize("state", GoalState)
    async def test_is_open_to_each_in_each_state_as_the_document_says(
        self, session: AsyncSession, company: Company, as_person: AsPerson, state: GoalState
    ) -> None:
        for name, table in ACTORS.items():
            for act, (verb, body) in COMMANDS.items():
                goal = await a_goal(
                    session, company.owner, state=state, activated_at=company.owner.created_at
                )
                await a_member(session, goal, company.mate, MemberRole.OWNER)
                await a_member(session, goal, company.stranger)
                client = as_person(company.people[name])

                shown = set((await client.get(f"/goals/{goal.id}")).json()["permissions"])
                sent = {} if body is None else {"json": body}
                answer = await client.post(f"/goals/{goal.id}/{verb}", **sent)

                assert shown == table[state], (name, shown ^ table[state])
                assert (answer.status_code < 300) == (act in shown), (name, act, answer.text)
                if answer.status_code >= 300:
                    assert answer.json()["code"] in REFUSALS, (name, act, answer.text)

    async def test_on_a_private_goal_finds_nothing_for_others(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner, visibility=Visibility.PRIVATE)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        initiative = await an_initiative(session, goal, company.stranger)

        for name in ("manager", "hr", "admin", "stranger"):
            client = as_person(company.people[name])
            for verb, body in COMMANDS.values():
                sent = {} if body is None else {"json": body}
                found = await client.post(f"/goals/{goal.id}/{verb}", **sent)
                assert found.status_code == 404, (name, verb)
            for path in ("closings", "negotiations", "initiatives"):
                assert (await client.get(f"/goals/{goal.id}/{path}")).status_code == 404
            assert (await client.get(f"/initiatives/{initiative.id}")).status_code == 404
            person = f"/goals/{goal.id}/members/{company.mate.id}"
            assert (await client.put(person, json={})).status_code == 404

    async def test_of_a_contributor_is_to_check_in_and_not_to_edit(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner)
        key_result = await a_key_result(session, goal)
        await a_member(session, goal, company.stranger)
        client = as_person(company.stranger)

        checked_in = await client.post(
            f"/key-results/{key_result.id}/check-ins", json={"value": "5"}
        )
        edited = await client.patch(f"/goals/{goal.id}", json={"title": "Mine"})
        measured = await client.patch(f"/key-results/{key_result.id}", json={"target": "6"})

        assert checked_in.status_code == 201
        assert {edited.json()["code"], measured.json()["code"]} == {"goal_not_yours"}

    async def test_private_is_for_the_owner_alone_to_decide(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        body = {"visibility": "private"}

        of_mate = await as_person(company.mate).patch(f"/goals/{goal.id}", json=body)
        of_owner = await as_person(company.owner).patch(f"/goals/{goal.id}", json=body)

        assert of_mate.json()["errors"][0]["code"] == "owner_decides"
        assert of_owner.status_code == 200

    @pytest.mark.parametrize("taker", ["mate", "manager"])
    async def test_nobody_takes_a_goal_over_and_hides_it_from_its_owner(
        self, session: AsyncSession, company: Company, as_person: AsPerson, taker: str
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        person = getattr(company, taker)
        body = {"owner_id": str(person.id), "visibility": "private"}

        taken = await as_person(person).patch(f"/goals/{goal.id}", json=body)

        assert (taken.status_code, taken.json()["errors"][0]["code"]) == (422, "owner_decides")

    @pytest.mark.parametrize("taker", ["mate", "manager"])
    async def test_nobody_hides_it_from_its_former_owner_in_two_steps(
        self, session: AsyncSession, company: Company, as_person: AsPerson, taker: str
    ) -> None:
        goal = await a_goal(session, company.owner)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        person, path = company.people[taker], f"/goals/{goal.id}"
        client = as_person(person)

        taken = await client.patch(path, json={"owner_id": str(person.id)})
        off = await client.delete(f"{path}/members/{company.owner.id}")
        hidden = await client.patch(path, json={"visibility": "private"})
        seen = await as_person(company.owner).get(path)

        assert [one.status_code for one in (taken, off, hidden, seen)] == [200, 403, 200, 200]
        assert off.json()["code"] == "former_owner_stays"
        [kept] = [one for one in seen.json()["members"] if one["was_owner"]]
        assert kept["person"]["id"] == str(company.owner.id)
        assert kept["role"] == "contributor"

    async def test_a_former_owner_is_taken_off_by_themself_alone(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.manager)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        await a_member(session, goal, company.owner, was_owner=True)
        path = f"/goals/{goal.id}/members/{company.owner.id}"

        for name in EVERYBODY - {"owner"}:
            refused = await as_person(company.people[name]).delete(path)
            assert refused.status_code == 403, name
        assert (await as_person(company.owner).delete(path)).status_code == 204

    async def test_a_private_goal_is_not_taken_from_its_owner(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner, visibility=Visibility.PRIVATE)
        await a_member(session, goal, company.mate, MemberRole.OWNER)
        body = {"owner_id": str(company.mate.id)}

        taken = await as_person(company.mate).patch(f"/goals/{goal.id}", json=body)

        assert (taken.status_code, taken.json()["errors"][0]["code"]) == (422, "owner_decides")

"""Who sees, sets and changes what: tables written by hand, not derived from the rules.

People on a goal, and what becomes of it: see `life/test_policy.py`."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.domains.goals import policy
from perfapi.domains.goals.models import Goal, GoalState, Level, Visibility
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.goals.company import EVERYBODY, Company
from tests.factories.goals import a_goal, a_key_result
from tests.factories.people import a_line, a_person, enter_as

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def company(session: AsyncSession) -> Company:
    company = Company()
    await company.found(session)
    return company


CHAIN = {"owner", "manager", "skip"}

SEES: dict[tuple[Level, Visibility], set[str]] = {
    (Level.PERSON, Visibility.PUBLIC): EVERYBODY,
    (Level.PERSON, Visibility.DEPARTMENT): CHAIN | {"peer", "below"},
    (Level.PERSON, Visibility.TEAM): CHAIN | {"mate", "lead"},
    (Level.PERSON, Visibility.MANAGER_CHAIN): CHAIN,
    (Level.PERSON, Visibility.PRIVATE): {"owner"},
    (Level.TEAM, Visibility.PUBLIC): EVERYBODY,
    (Level.TEAM, Visibility.DEPARTMENT): CHAIN | {"peer", "below"},
    (Level.TEAM, Visibility.TEAM): CHAIN | {"mate", "lead"},
    (Level.TEAM, Visibility.MANAGER_CHAIN): CHAIN,
    (Level.TEAM, Visibility.PRIVATE): {"owner"},
    (Level.DEPARTMENT, Visibility.PUBLIC): EVERYBODY,
    (Level.DEPARTMENT, Visibility.DEPARTMENT): CHAIN | {"peer", "below"},
    (Level.DEPARTMENT, Visibility.TEAM): CHAIN | {"mate", "lead"},
    (Level.DEPARTMENT, Visibility.MANAGER_CHAIN): CHAIN,
    (Level.DEPARTMENT, Visibility.PRIVATE): {"owner"},
    (Level.COMPANY, Visibility.PUBLIC): EVERYBODY,
    (Level.COMPANY, Visibility.DEPARTMENT): CHAIN | {"peer", "below"},
    (Level.COMPANY, Visibility.TEAM): CHAIN | {"mate", "lead"},
    (Level.COMPANY, Visibility.MANAGER_CHAIN): CHAIN,
    (Level.COMPANY, Visibility.PRIVATE): {"owner"},
}


class TestSeeing:
    @pytest.mark.parametrize("level", Level)
    async def test_is_as_the_visibility_says_and_nobody_is_above_it(
        self, session: AsyncSession, company: Company, level: Level
    ) -> None:
        unit = company.target(level)
        for visibility in Visibility:
            goal = await a_goal(session, company.owner, visibility=visibility, **unit)

            assert await company.who_sees(session, goal) == SEES[level, visibility], visibility

    async def test_a_goal_of_a_department_is_for_that_department_not_its_owners(
        self, session: AsyncSession, company: Company
    ) -> None:
        goal = await a_goal(
            session,
            company.stranger,
            level=Level.DEPARTMENT,
            department_id=company.engineering.id,
            visibility=Visibility.DEPARTMENT,
        )

        seeing = {"stranger", "manager", "above", "owner", "peer", "below"}
        assert await company.who_sees(session, goal) == seeing

    async def test_a_goal_of_a_team_is_for_that_team_not_its_owners(
        self, session: AsyncSession, company: Company
    ) -> None:
        goal = await a_goal(
            session,
            company.peer,
            level=Level.TEAM,
            team_id=company.rockets.id,
            visibility=Visibility.TEAM,
        )

        assert await company.who_sees(session, goal) == {"peer", "owner", "mate", "lead"}

    @pytest.mark.parametrize("state", [GoalState.DRAFT, GoalState.CANCELLED])
    async def test_a_draft_is_for_who_works_on_it_even_after_it_was_given_up(
        self, session: AsyncSession, company: Company, state: GoalState
    ) -> None:
        for visibility in Visibility:
            draft = await a_goal(
                session,
                company.owner,
                visibility=visibility,
                state=state,
                activated_at=None,
                created_by_id=company.hr.id,
            )

            is_private = visibility is Visibility.PRIVATE
            working_on_it = {"owner"} if is_private else CHAIN | {"hr"}
            assert await company.who_sees(session, draft) == working_on_it, visibility

    async def test_who_drafted_a_goal_has_no_special_view_once_it_is_active(
        self, session: AsyncSession, company: Company
    ) -> None:
        goal = await a_goal(
            session,
            company.owner,
            visibility=Visibility.MANAGER_CHAIN,
            created_by_id=company.hr.id,
        )

        assert await company.who_sees(session, goal) == CHAIN

    async def test_the_reasons_are_named(self, session: AsyncSession, company: Company) -> None:
        goal = await a_goal(session, company.owner, visibility=Visibility.DEPARTMENT)
        expected = {
            "owner": ["you_own_it", "it_is_for_your_department"],
            "manager": ["you_manage_its_owner"],
            "peer": ["it_is_for_your_department"],
            "admin": [],
        }

        for name, reasons in expected.items():
            await enter_as(session, company.people[name])
            assert await access.explain(session, policy.VISIBLE, goal.id) == reasons, name

    async def test_viewers_are_exactly_those_who_see(
        self, session: AsyncSession, company: Company
    ) -> None:
        names = {person.id: name for name, person in company.people.items()}
        for visibility in Visibility:
            goal = await a_goal(session, company.owner, visibility=visibility)
            await enter_as(session, company.owner)

            found = await access.viewers(session, policy.VISIBLE, goal.id, among=Person)

            assert {names[person_id] for person_id, _ in found} == SEES[Level.PERSON, visibility]
            assert all(reasons for _, reasons in found)

    async def test_the_list_holds_what_can_be_got(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goals = [await a_goal(session, company.owner, visibility=one) for one in Visibility]
        for name in ("owner", "peer", "admin"):
            client = as_person(company.people[name])

            got = {
                str(goal.id)
                for goal in goals
                if (await client.get(f"/goals/{goal.id}")).status_code == 200
            }
            listed = {goal["id"] for goal in (await client.get("/goals")).json()["items"]}
            nodes = {node["id"] for node in (await client.get("/goals/tree")).json()["nodes"]}

            assert listed == got == nodes, name


MAY_SET: dict[str, set[str]] = {
    "company": {"admin", "hr"},
    # Manny works above Backend and people report to him; nobody reports to Ellis.
    "backend": {"admin", "hr", "scoped_hr", "manager"},
    "sales": {"admin", "hr"},
    "rockets": {"admin", "hr", "owner", "mate", "lead"},
    "oneself": EVERYBODY,
    "olivia": {"admin", "hr", "scoped_hr", "owner", "manager", "skip"},
    # Of a team goal: somebody who is in the team, leads it, or reports to whoever sets it.
    "rockets for the stranger": {"admin", "hr"},
    "rockets for its lead": {"admin", "hr", "owner", "mate", "lead"},
    "rockets for olivia": {"admin", "hr", "owner", "mate", "lead"},
    # Of a department goal: somebody who works there, or reports to whoever sets it.
    "backend for the peer": {"admin", "hr", "scoped_hr", "manager"},
    "backend for the stranger": {"admin", "hr", "scoped_hr"},
}


class TestSetting:
    @pytest.mark.parametrize("case", MAY_SET)
    async def test_is_for_those_whom_the_level_names(
        self, session: AsyncSession, company: Company, as_person: AsPerson, case: str
    ) -> None:
        bodies: dict[str, dict[str, Any]] = {
            "company": {"level": "company"},
            "backend": {"level": "department", "department_id": str(company.backend.id)},
            "sales": {"level": "department", "department_id": str(company.sales.id)},
            "rockets": {"level": "team", "team_id": str(company.rockets.id)},
            "oneself": {"level": "person"},
            "olivia": {"level": "person", "owner_id": str(company.owner.id)},
        }
        unit, _, owner = case.partition(" for ")
        body = {"title": "Ours"} | bodies[unit]
        owners = {
            "the stranger": company.stranger,
            "its lead": company.lead,
            "olivia": company.owner,
            "the peer": company.peer,
        }
        if owner:
            body["owner_id"] = str(owners[owner].id)

        answers = {
            name: await as_person(person).post("/goals", json=body)
            for name, person in company.people.items()
        }

        allowed = {name for name, answer in answers.items() if answer.status_code == 201}
        assert allowed == MAY_SET[case]
        codes = {answers[name].json()["code"] for name in EVERYBODY - allowed}
        assert codes <= {"goal_not_yours_to_set"}

    async def test_company_goals_are_named_among_what_is_open_to_you(
        self, company: Company, as_person: AsPerson
    ) -> None:
        for name, person in company.people.items():
            mine = (await as_person(person).get("/me")).json()["permissions"]
            assert ("set_company_goals" in mine) == (name in {"admin", "hr"}), name
            assert ("manage_goal_cycles" in mine) == (name in {"admin", "hr"}), name


ANSWERS_FOR: dict[Level, set[str]] = {
    Level.PERSON: CHAIN | {"admin", "hr", "scoped_hr"},
    Level.TEAM: CHAIN | {"admin", "hr"},
    Level.DEPARTMENT: CHAIN | {"admin", "hr", "scoped_hr"},
    Level.COMPANY: CHAIN | {"admin", "hr"},
}

ACTS_BY_STATE: dict[GoalState, set[str]] = {
    GoalState.DRAFT: {"edit", "add_key_result", "activate", "cancel", "delete", "add_child"},
    GoalState.ACTIVE: {
        *("edit", "add_key_result", "check_in", "close", "cancel", "add_child", "carry_over"),
    },
    GoalState.CLOSED: {"reopen", "archive", "carry_over"},
    GoalState.CANCELLED: {"reopen", "archive", "carry_over"},
    GoalState.ARCHIVED: {"restore"},
}

COMMANDS: dict[str, tuple[str, str, Any]] = {
    "edit": ("PATCH", "/goals/{goal}", {"title": "Better"}),
    "add_key_result": ("POST", "/goals/{goal}/key-results", {"title": "R", "target": "5"}),
    "check_in": ("POST", "/key-results/{key_result}/check-ins", {"value": "5"}),
    "activate": ("POST", "/goals/{goal}/activate", None),
    "close": ("POST", "/goals/{goal}/close", {"note": "Done."}),
    "cancel": ("POST", "/goals/{goal}/cancel", {}),
    "delete": ("DELETE", "/goals/{goal}", None),
}


async def _try(client: Client, act: str, goal: Goal, key_result_id: object) -> tuple[int, str]:
    method, path, body = COMMANDS[act]
    sent = {} if body is None else {"json": body}
    headers = {"If-Match": "*"} if method in {"PATCH", "DELETE"} else {}
    where = path.format(goal=goal.id, key_result=key_result_id)
    answer = await client.request(method, where, headers=headers, **sent)
    return answer.status_code, answer.json()["code"] if answer.status_code >= 400 else ""


class TestActing:
    @pytest.mark.parametrize("level", Level)
    async def test_is_for_who_answers_for_the_goal(
        self, session: AsyncSession, company: Company, as_person: AsPerson, level: Level
    ) -> None:
        goal = await a_goal(session, company.owner, **company.target(level))
        key_result = await a_key_result(session, goal)
        for name, person in company.people.items():
            client = as_person(person)
            allowed = name in ANSWERS_FOR[level]

            shown = set((await client.get(f"/goals/{goal.id}")).json()["permissions"])
            edited = await _try(client, "edit", goal, key_result.id)
            checked_in = await _try(client, "check_in", goal, key_result.id)

            acts = ACTS_BY_STATE[GoalState.ACTIVE] if allowed else {"add_child"}
            assert shown - {"propose"} == acts, name
            assert ("propose" in shown) == (name in CHAIN), name
            assert edited == ((200, "") if allowed else (403, "goal_not_yours")), name
            assert checked_in == ((201, "") if allowed else (403, "goal_not_yours")), name

    async def test_on_a_goal_that_you_do_not_see_finds_nothing(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.owner, visibility=Visibility.PRIVATE)
        key_result = await a_key_result(session, goal)

        for name in ("manager", "hr", "admin", "stranger"):
            client = as_person(company.people[name])
            for act in COMMANDS:
                found = await _try(client, act, goal, key_result.id)
                assert found == (404, "not_found"), (name, act)

    @pytest.mark.parametrize("state", GoalState)
    @pytest.mark.parametrize("act", COMMANDS)
    async def test_is_open_in_the_states_that_the_document_says(
        self,
        session: AsyncSession,
        as_person: AsPerson,
        state: GoalState,
        act: str,
    ) -> None:
        owner = await a_person(session)
        goal = await a_goal(session, owner, state=state)
        key_result = await a_key_result(session, goal)
        client = as_person(owner)

        shown = set((await client.get(f"/goals/{goal.id}")).json()["permissions"])
        status, code = await _try(client, act, goal, key_result.id)

        assert shown == ACTS_BY_STATE[state]
        assert (status < 300) == (act in shown)
        if status >= 300:
            reasons = {"goal_ended", "goal_not_active", "goal_not_draft"}
            assert (status, code in reasons) == (409, True), code

    async def test_follows_a_change_of_manager_with_the_next_request(
        self, session: AsyncSession, company: Company, as_person: AsPerson
    ) -> None:
        goal = await a_goal(session, company.stranger, visibility=Visibility.MANAGER_CHAIN)
        before = await as_person(company.above).get(f"/goals/{goal.id}")

        await a_line(session, person=company.stranger, manager=company.above)
        after = await as_person(company.above).get(f"/goals/{goal.id}")

        assert before.status_code == 404
        assert "edit" in after.json()["permissions"]

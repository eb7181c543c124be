"""The rules in SQL and a second opinion agree on random companies."""

import random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import explain
from perfapi.domains.goals import policy
from perfapi.domains.goals.models import Goal, GoalState, Level, MemberRole, Visibility
from perfapi.domains.people.models import Department, Person, Role, RoleAssignment, Team
from tests.authorization.opinion import PlainCompany, PlainGoal, PlainPerson, PlainTeam
from tests.factories.goals import a_goal, a_member
from tests.factories.people import a_department, a_line, a_person, a_team, enter_as

FEW, MANY = range(3), range(3, 60)

QUESTIONS: dict[str, Any] = {
    "sees": policy.may_see(Goal),
    "answers_for": policy.you_answer_for(Goal),
    "works_on": policy.WORK_ON_IT.condition,
    "negotiates": policy.YOUR_SIDE.is_not(None),
}


@pytest.mark.parametrize("seed", FEW)
async def test_both_say_the_same_of_everybody(session: AsyncSession, seed: int) -> None:
    await _compare(session, seed)


@pytest.mark.whole
@pytest.mark.parametrize("seed", MANY)
async def test_both_say_the_same_of_many(session: AsyncSession, seed: int) -> None:
    await _compare(session, seed)


async def _compare(session: AsyncSession, seed: int) -> None:
    company = a_random_company(random.Random(seed))
    people, goals = await _stored(session, company)
    names = {goal.id: name for name, goal in goals.items()}
    asked = select(Goal.id, *QUESTIONS.values()).where(Goal.id.in_(list(names)))
    for who, person in people.items():
        await enter_as(session, person)
        for goal_id, *answers in await session.execute(asked):
            goal = company.goals[names[goal_id]]
            opinions = [getattr(company, question)(who, goal) for question in QUESTIONS]
            assert answers == opinions, (seed, who, names[goal_id], goal)
        name = next(iter(goals))
        is_explained = bool(await explain(session, policy.VISIBLE, goals[name].id))
        assert is_explained == company.sees(who, company.goals[name])


def a_random_company(dice: random.Random) -> PlainCompany:
    departments = [f"d{number}" for number in range(5)]
    parents = {
        name: dice.choice([None, *departments[:place]]) for place, name in enumerate(departments)
    }
    names = [f"p{number}" for number in range(9)]
    people = {
        name: PlainPerson(
            department=dice.choice([None, *departments]),
            manager=dice.choice([None, *names[:place]]),
            is_admin=dice.random() < 0.1,
            hr_of={dice.choice([None, *departments])} if dice.random() < 0.3 else set(),
        )
        for place, name in enumerate(names)
    }
    teams = {
        f"t{number}": PlainTeam(dice.choice([None, *names]), set(dice.sample(names, 2)))
        for number in range(3)
    }
    return PlainCompany(
        parents, people, teams, {f"g{number}": _goal(dice, names) for number in range(25)}
    )


def _goal(dice: random.Random, names: list[str]) -> PlainGoal:
    level = dice.choice(list(Level)).value
    owner, *others = dice.sample(names, 4)
    return PlainGoal(
        owner=owner,
        created_by=dice.choice(names),
        level=level,
        visibility=dice.choice(list(Visibility)).value,
        was_active=dice.random() < 0.7,
        department=f"d{dice.randrange(5)}" if level == "department" else None,
        team=f"t{dice.randrange(3)}" if level == "team" else None,
        co_owners=set(others[: dice.randrange(2)]),
        contributors=set(others[2 : 2 + dice.randrange(2)]),
    )


async def _stored(
    session: AsyncSession, company: PlainCompany
) -> tuple[dict[str, Person], dict[str, Goal]]:
    departments: dict[str | None, Department | None] = {None: None}
    for name, parent in company.parents.items():
        departments[name] = await a_department(session, name, parent=departments[parent])
    people: dict[str, Person] = {}
    for name, plain in company.people.items():
        person = people[name] = await a_person(
            session,
            name,
            department=departments[plain.department],
            roles=(Role.ADMIN,) if plain.is_admin else (),
        )
        if plain.manager is not None:
            await a_line(session, person=person, manager=people[plain.manager])
        for of in plain.hr_of:
            its = departments[of]
            session.add(
                RoleAssignment(
                    person_id=person.id, role=Role.HR, department_id=its.id if its else None
                )
            )
    teams: dict[str, Team] = {}
    for name, team in company.teams.items():
        teams[name] = await a_team(session, name, *(people[one] for one in team.members))
        teams[name].lead_id = people[team.lead].id if team.lead else None
    await session.flush()
    goals: dict[str, Goal] = {}
    for name, goal in company.goals.items():
        unit = departments[goal.department]
        stored = goals[name] = await a_goal(
            session,
            people[goal.owner],
            name,
            level=Level(goal.level),
            visibility=Visibility(goal.visibility),
            created_by_id=people[goal.created_by].id,
            department_id=unit.id if unit else None,
            team_id=teams[goal.team].id if goal.team else None,
            state=GoalState.ACTIVE if goal.was_active else GoalState.DRAFT,
        )
        for one in goal.co_owners:
            await a_member(session, stored, people[one], MemberRole.OWNER)
        for one in goal.contributors:
            await a_member(session, stored, people[one])
    return people, goals

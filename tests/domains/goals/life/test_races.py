"""Two at once, in transactions that really commit."""

import asyncio
from collections.abc import Awaitable
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from perfapi.core.db import Sessions, in_organization
from perfapi.core.errors import Problem
from perfapi.core.faults import problem_of
from perfapi.domains.goals import service as goals
from perfapi.domains.goals.errors import GoalCarriedOver, GoalNotEnded
from perfapi.domains.goals.life import carrying, service
from perfapi.domains.goals.life.schemas import CarryOver
from perfapi.domains.goals.models import Goal
from perfapi.domains.goals.schemas import GoalClosing
from tests.domains.goals.test_races import Company


@pytest.fixture
async def company(real_sessions: Sessions) -> Company:
    company = Company(real_sessions)
    await company.found()
    for goal in [*company.teams, company.departments[0]]:
        await company.do(
            lambda session, goal=goal: goals.close_goal(  # type: ignore[misc]
                session, company.actor, goal.id, GoalClosing(note="Done.")
            )
        )
    return company


def archive(company: Company, goal: Goal) -> Awaitable[Problem | None]:
    return company.do(lambda session: service.archive_goal(session, company.actor, goal.id))


def reopen(company: Company, goal: Goal) -> Awaitable[Problem | None]:
    return company.do(lambda session: service.reopen_goal(session, company.actor, goal.id))


class TestAtOnce:
    async def test_a_goal_is_archived_once(self, company: Company) -> None:
        team = company.teams[0]

        refused = await asyncio.gather(*(archive(company, team) for _ in range(4)))

        assert sorted(type(one).__name__ for one in refused) == [
            *("GoalNotEnded", "GoalNotEnded", "GoalNotEnded", "NoneType"),
        ]
        assert await company.is_exact()

    async def test_archiving_above_and_reopening_below_end_in_order(self, company: Company) -> None:
        department, team = company.departments[0], company.teams[0]

        answers = await asyncio.gather(archive(company, department), reopen(company, team))

        assert {type(one) for one in answers if one} <= {GoalNotEnded}
        assert await company.is_exact()

    async def test_a_reopening_waits_for_the_archiving_above_it(self, company: Company) -> None:
        department, team = company.departments[0], company.teams[0]

        refused = await company.meanwhile(
            lambda session: service.archive_goal(session, company.actor, department.id),
            reopen(company, team),
        )

        assert isinstance(refused, GoalNotEnded)
        assert await company.is_exact()

    async def test_a_goal_is_carried_over_once(self, company: Company) -> None:
        team = company.teams[1]
        made: list[UUID] = []

        async def carry() -> type[object] | None:
            body = CarryOver()
            actor = company.actor
            try:
                async with in_organization(
                    company.sessions, actor.organization_id, you=actor.person_id
                ) as session:
                    made.append(await carrying.carry_goal_over(session, actor, team.id, body))
            except Problem as problem:
                return type(problem)
            except DBAPIError as error:
                return type(problem_of(error))
            return None

        refused = await asyncio.gather(*(carry() for _ in range(3)))

        assert len([one for one in refused if one is None]) == 1
        assert {one for one in refused if one} == {GoalCarriedOver}
        assert await company.is_exact()

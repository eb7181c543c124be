"""A company whose numbers can be reckoned by hand."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import facts
from perfapi.domains.analytics import service
from perfapi.domains.goals.models import Goal, GoalCycle
from perfapi.domains.people.models import Department, Person, Team
from tests.factories.goals import a_check_in, a_cycle, a_goal, a_key_result
from tests.factories.people import a_department, a_person, a_team, an_admin, an_hr_partner


class Halden:
    """Engineering lies above Backend; Mia manages three people there, and Ada above her."""

    cycle: GoalCycle
    engineering: Department
    backend: Department
    sales: Department
    rockets: Team
    ada: Person
    mia: Person
    people: list[Person]
    sellers: list[Person]
    admin: Person
    hr: Person

    async def found(self, session: AsyncSession) -> None:
        self.cycle = await a_cycle(session)
        self.engineering = await a_department(session, "Engineering")
        self.backend = await a_department(session, "Backend", parent=self.engineering)
        self.sales = await a_department(session, "Sales")
        self.ada = await a_person(session, "Ada", department=self.engineering)
        self.mia = await a_person(session, "Mia", manager=self.ada, department=self.backend)
        self.people = [
            await a_person(session, name, manager=self.mia, department=self.backend)
            for name in ("Ben", "Cleo", "Dan")
        ]
        self.sellers = [
            await a_person(session, name, manager=self.ada, department=self.sales)
            for name in ("Sue", "Sid", "Sam")
        ]
        self.rockets = await a_team(session, "Rockets", *self.people)
        self.admin = await an_admin(session)
        self.hr = await an_hr_partner(session)

    async def goal(
        self, session: AsyncSession, owner: Person, reached: str | None = None, **fields: Any
    ) -> Goal:
        """With a key result and a check-in, if something was reached of a hundred."""
        goal = await a_goal(session, owner, **{"cycle_id": self.cycle.id} | fields)
        if reached is not None:
            key_result = await a_key_result(session, goal)
            await a_check_in(session, key_result, reached, by=owner)
        return goal

    async def goals(self, session: AsyncSession, *owners: Person, **fields: Any) -> list[Goal]:
        return [await self.goal(session, owner, **fields) for owner in owners]


async def settled(session: AsyncSession) -> dict[str, Any]:
    """Brings the facts up to date; what the recompute said."""
    return await service.recompute(session)


def organization_of(session: AsyncSession) -> UUID:
    organization: UUID = facts(session)["organization"]
    return organization

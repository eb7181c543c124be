"""The fixed company in which the tables of permissions are told."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.domains.goals import policy
from perfapi.domains.goals.models import Goal, Level
from perfapi.domains.people.models import Department, Person, Team
from tests.factories.people import (
    a_department,
    a_line,
    a_person,
    a_team,
    an_admin,
    an_hr_partner,
    enter_as,
)

EVERYBODY = {
    *("owner", "manager", "skip", "former", "peer", "below", "above"),
    *("mate", "lead", "stranger", "hr", "scoped_hr", "admin"),
}


class Company:
    """Engineering lies above Backend, and Backend above Databases; the team Rockets cuts across."""

    engineering: Department
    backend: Department
    sales: Department
    rockets: Team
    people: dict[str, Person]

    async def found(self, session: AsyncSession) -> None:
        self.engineering = await a_department(session, "Engineering")
        self.backend = await a_department(session, "Backend", parent=self.engineering)
        databases = await a_department(session, "Databases", parent=self.backend)
        self.sales = await a_department(session, "Sales")
        skip = await a_person(session, "Skye Skip")
        manager = await a_person(
            session, "Manny Manager", manager=skip, department=self.engineering
        )
        owner = await a_person(session, "Olivia Owner", manager=manager, department=self.backend)
        former = await a_person(session, "Frank Former")
        await a_line(
            session,
            person=owner,
            manager=former,
            since=date(2015, 1, 1),
            until=date(2020, 1, 1),
        )
        mate = await a_person(session, "Tess Teammate", department=self.sales)
        self.rockets = await a_team(session, "Rockets", owner, mate)
        lead = await a_person(session, "Lea Lead")
        self.rockets.lead_id = lead.id
        self.people = {
            "owner": owner,
            "manager": manager,
            "skip": skip,
            "former": former,
            "peer": await a_person(session, "Petra Peer", department=self.backend),
            "below": await a_person(session, "Dan Databases", department=databases),
            "above": await a_person(session, "Ellis Engineer", department=self.engineering),
            "mate": mate,
            "lead": lead,
            "stranger": await a_person(session, "Sam Stranger", department=self.sales),
            "hr": await an_hr_partner(session),
            "scoped_hr": await an_hr_partner(session, "Hera Hr", of=self.engineering),
            "admin": await an_admin(session),
        }
        await session.flush()

    def __getattr__(self, name: str) -> Person:
        return self.people[name]

    async def who_sees(self, session: AsyncSession, goal: Goal) -> set[str]:
        seeing = set()
        for name, person in self.people.items():
            await enter_as(session, person)
            if await access.explain(session, policy.VISIBLE, goal.id):
                seeing.add(name)
        return seeing

    def target(self, level: Level) -> dict[str, Any]:
        match level:
            case Level.DEPARTMENT:
                return {"level": level, "department_id": self.backend.id}
            case Level.TEAM:
                return {"level": level, "team_id": self.rockets.id}
            case _:
                return {"level": level}

"""A small company around one receiver, in which the tables of feedback are told."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.access import Rules
from perfapi.domains.people.models import LineKind, Person
from tests.factories.goals import today_of
from tests.factories.people import (
    a_department,
    a_line,
    a_person,
    a_team,
    an_admin,
    an_hr_partner,
    enter_as,
)


class Company:
    """Rhea receives; Gil gives. Mona manages Rhea, Skip manages Mona, Frank did before."""

    people: dict[str, Person]

    async def found(self, session: AsyncSession) -> None:
        department = await a_department(session, "Engineering")
        skip = await a_person(session, "Skip Above")
        manager = await a_person(session, "Mona Manager", manager=skip, department=department)
        receiver = await a_person(session, "Rhea Receiver", manager=manager, department=department)
        former, dotted = await a_person(session, "Frank Former"), await a_person(session, "Dot Ted")
        await a_line(
            session,
            person=receiver,
            manager=former,
            since=date(2015, 1, 1),
            until=date(2020, 1, 1),
        )
        await a_line(session, person=receiver, manager=dotted, kind=LineKind.DOTTED)
        mate = await a_person(session, "Tess Mate")
        lead = await a_person(session, "Lea Lead")
        rockets = await a_team(session, "Rockets", receiver, mate)
        rockets.lead_id = lead.id
        giver = await a_person(session, "Gil Giver")
        givers_team = await a_person(session, "Gus Colleague")
        await a_team(session, "Givers", giver, givers_team)
        self.people = {
            "giver": giver,
            "givers_manager": await a_person(session, "Max Above"),
            "givers_team": givers_team,
            "receiver": receiver,
            "manager": manager,
            "skip": skip,
            "former": former,
            "dotted": dotted,
            "below": await a_person(session, "Ben Below", manager=receiver),
            "mate": mate,
            "lead": lead,
            "peer": await a_person(session, "Petra Peer", department=department),
            "stranger": await a_person(session, "Sam Stranger"),
            "hr": await an_hr_partner(session),
            "scoped_hr": await an_hr_partner(session, "Hera Hr", of=department),
            "admin": await an_admin(session),
        }
        await a_line(session, person=giver, manager=self.people["givers_manager"])
        await session.flush()

    def __getattr__(self, name: str) -> Person:
        if name == "people":
            raise AttributeError(name)
        return self.people[name]

    async def who_sees(self, session: AsyncSession, visible: Rules, row: Any) -> set[str]:
        seeing = set()
        for name, person in self.people.items():
            await enter_as(session, person)
            if await access.explain(session, visible, row.id):
                seeing.add(name)
        return seeing


def days_ago(session: AsyncSession, days: int) -> date:
    return today_of(session) - timedelta(days=days)

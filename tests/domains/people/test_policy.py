"""Who may see and do what with whom: a small company and a table written by hand."""

from collections.abc import AsyncIterator
from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access, discovery
from perfapi.core.access import Act, Rules
from perfapi.core.db import Sessions, enter, facts
from perfapi.domains.people import policy
from perfapi.domains.people.models import Person, Role, RoleAssignment
from tests.factories.organizations import an_organization
from tests.factories.people import (
    a_department,
    a_leaver,
    a_line,
    a_person,
    an_admin,
    an_hr_partner,
    enter_as,
)

POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]
ACTORS = (
    "ada",
    "manager",
    "skip",
    "former",
    "peer",
    "report",
    "dotted",
    "hr",
    "hr_of_theirs",
    "hr_above",
    "hr_of_other",
    "admin",
    "stranger",
    "elsewhere",
)
EVERYBODY = frozenset(ACTORS) - {"elsewhere"}
THEIR_HR = frozenset({"hr", "hr_of_theirs", "hr_above", "admin"})
ABOVE = frozenset({"manager", "skip"})


class Case(NamedTuple):
    see: frozenset[str]
    see_employment: frozenset[str]
    edit: frozenset[str]
    change_manager: frozenset[str]
    record_leaving: frozenset[str]
    record_return: frozenset[str]


NOBODY: frozenset[str] = frozenset()
TABLE = {
    # Ada works in Retail, which lies in Sales, and is above somebody in Other.
    "ada": Case(
        see=EVERYBODY,
        see_employment=ABOVE | THEIR_HR | {"ada"},
        edit=THEIR_HR,
        change_manager=frozenset({"hr", "admin"}),
        record_leaving=THEIR_HR,
        record_return=NOBODY,
    ),
    # Lena worked there too, under the same manager, and has left.
    "lena": Case(
        see=ABOVE | THEIR_HR,
        see_employment=ABOVE | THEIR_HR,
        edit=THEIR_HR,
        change_manager=NOBODY,
        record_leaving=NOBODY,
        record_return=THEIR_HR,
    ),
    # The stranger belongs to no department, has no manager, and is above nobody.
    "stranger": Case(
        see=EVERYBODY,
        see_employment=frozenset({"hr", "admin", "stranger"}),
        edit=frozenset({"hr", "admin"}),
        change_manager=frozenset({"hr", "admin"}),
        record_leaving=frozenset({"hr", "admin"}),
        record_return=NOBODY,
    ),
}


class Company(NamedTuple):
    session: AsyncSession
    people: dict[str, Person]

    async def holding(self, condition: object, about: Person) -> frozenset[str]:
        """For which of the actors the condition holds."""
        home = about.organization_id
        asked = select(Person.id).where(Person.id == about.id, condition)  # type: ignore[arg-type]
        held = set()
        for name in ACTORS:
            await enter_as(self.session, self.people[name])
            if (await self.session.scalars(asked, facts(self.session))).one_or_none():
                held.add(name)
        await enter(self.session, home)
        return frozenset(held)


@pytest.fixture
async def company(sessions: Sessions) -> AsyncIterator[Company]:
    async with sessions() as session:
        await an_organization(session, "Acme")
        home = facts(session)["organization"]
        sales, other = await a_department(session, "Sales"), await a_department(session, "Other")
        retail = await a_department(session, "Retail", parent=sales)
        change = date(2023, 1, 1)
        people = {"skip": await a_person(session, "Skip")}
        people["manager"] = await a_person(session, "Manager", manager=people["skip"])
        people["former"] = await a_person(session, "Former")
        people["ada"] = ada = await a_person(session, "Ada", department=retail)
        await a_line(session, person=ada, manager=people["former"], until=change)
        await a_line(session, person=ada, manager=people["manager"], since=change)
        people["peer"] = await a_person(session, "Peer", manager=people["manager"])
        people["report"] = await a_person(session, "Report", manager=ada, department=other)
        people["dotted"] = await a_person(session, "Dotted")
        people["stranger"] = await a_person(session, "Stranger")
        people["lena"] = lena = await a_leaver(session, "Lena", department=retail)
        await a_line(session, person=lena, manager=people["former"], until=change)
        await a_line(
            session, person=lena, manager=people["manager"], since=change, until=lena.left_on
        )
        people["hr"] = await an_hr_partner(session, "Hr")
        people["hr_of_theirs"] = await an_hr_partner(session, "Hr Retail", of=retail)
        people["hr_above"] = await an_hr_partner(session, "Hr Sales", of=sales)
        people["hr_of_other"] = await an_hr_partner(session, "Hr Other", of=other)
        people["admin"] = await an_admin(session)
        await an_organization(session, "Elsewhere")
        people["elsewhere"] = await an_admin(session, "Elsewhere")
        await enter(session, home)
        yield Company(session, people)


@pytest.mark.parametrize("whom", TABLE)
async def test_the_table(company: Company, whom: str) -> None:
    about, wanted = company.people[whom], TABLE[whom]

    async def may(*acts: Act) -> frozenset[str]:
        held = [await company.holding(act.condition, about) for act in acts]
        return frozenset.intersection(wanted.see, *held)

    assert await company.holding(policy.VISIBLE, about) == wanted.see
    employment = await company.holding(policy.EMPLOYMENT_IS_FOR_YOU, about)
    assert employment == wanted.see_employment
    assert await may(policy.MAY_EDIT) == wanted.edit
    assert await may(*policy.MAY_CHANGE_MANAGER) == wanted.change_manager
    assert await may(*policy.MAY_RECORD_LEAVING) == wanted.record_leaving
    assert await may(*policy.MAY_RECORD_RETURN) == wanted.record_return


async def test_each_rule_opens_somebody_whom_no_other_opens(company: Company) -> None:
    lena = company.people["lena"]
    opened: dict[str, list[str]] = {}
    for name in ("manager", "skip", "former", "hr_of_theirs", "admin", "peer"):
        await enter_as(company.session, company.people[name])
        opened[name] = await access.explain(company.session, policy.VISIBLE, lena.id)

    assert opened == {
        "manager": ["they_reported_to_you_when_they_left"],
        "skip": ["they_reported_to_you_when_they_left"],
        "former": [],
        "hr_of_theirs": ["you_are_their_hr_partner"],
        "admin": ["you_are_an_administrator"],
        "peer": [],
    }


async def test_addresses_of_role_holders_are_for_administrators(company: Company) -> None:
    hr, ada = company.people["hr"], company.people["ada"]
    condition = policy.MAY_CHANGE_EMAIL.condition

    assert await company.holding(condition, hr) == {"admin"}
    assert await company.holding(condition, ada) == EVERYBODY, "that act limits role holders only"


async def test_acts_on_the_whole(company: Company) -> None:
    ada = company.people["ada"]
    wanted = {
        "manage_people": {"hr", "hr_of_theirs", "hr_above", "hr_of_other", "admin"},
        "import_people": {"hr", "admin"},
        "manage_roles": {"admin"},
    }

    for name, actors in wanted.items():
        held = await company.holding(access.EVERYWHERE[name].condition, ada)
        assert held == actors, name


async def test_a_role_is_lost_with_the_department_it_was_for(company: Company) -> None:
    """HR of Other sees the employment of those in Other, and of nobody else."""
    report = company.people["report"]
    held = await company.holding(policy.EMPLOYMENT_IS_FOR_YOU, report)
    assert held == {"ada", "manager", "skip", "report", "hr", "hr_of_other", "admin"}
    found = select(RoleAssignment).where(
        RoleAssignment.person_id == company.people["hr_of_other"].id,
        RoleAssignment.role == Role.HR,
    )
    await company.session.delete((await company.session.scalars(found)).one())
    held = await company.holding(policy.EMPLOYMENT_IS_FOR_YOU, report)
    assert held == {"ada", "manager", "skip", "report", "hr", "admin"}


def every_rule() -> list[tuple[str, Rules]]:
    list(discovery.modules("policy"))
    return sorted(access.RESOURCES.items())


@pytest.mark.parametrize(("resource", "rules"), every_rule())
def test_every_rule_is_about_the_row_at_hand(resource: str, rules: Rules) -> None:
    """A rule whose inner query names the table again holds for any row of it."""
    table = rules.entity.__tablename__  # type: ignore[attr-defined]
    for name, rule in rules.rules.items():
        statement = select(rules.entity.id).where(rule)
        written = str(statement.compile(dialect=POSTGRESQL))
        sources = [
            source.strip()
            for line in written.splitlines()
            if line.startswith("FROM ")
            for source in line.removeprefix("FROM ").split(",")
        ]
        assert sources.count(table) == 1, f"{resource}: {name}"

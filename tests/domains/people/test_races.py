"""Two harmless changes at the same time: one of them must see the other. Real commits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import Sessions, in_organization
from perfapi.core.errors import Problem
from perfapi.domains.people import service
from perfapi.domains.people.bulk.changes import ManagerChange, PersonChange
from perfapi.domains.people.bulk.service import apply_people
from perfapi.domains.people.departments.schemas import DepartmentUpdate
from perfapi.domains.people.departments.service import update_department
from perfapi.domains.people.lines.schemas import ReportingLineCreate
from perfapi.domains.people.lines.service import add_line
from perfapi.domains.people.models import Department, Role, RoleAssignment
from perfapi.domains.people.roles.service import withdraw_role
from perfapi.domains.people.schemas import LeavingRecord, PersonUpdate
from tests.domains.people.company import acting, assert_closure_is_exact
from tests.factories.organizations import an_organization
from tests.factories.people import a_department, a_person, an_admin

Act = Callable[[AsyncSession], Awaitable[object]]


class Company(NamedTuple):
    sessions: Sessions
    organization: UUID
    actor: Actor
    alex: UUID
    bea: UUID
    people: list[UUID]
    departments: list[UUID]

    async def at_once(self, *acts: Act) -> list[str]:
        """Each in a transaction of its own; the codes of those that were refused."""
        begun = asyncio.Barrier(len(acts))

        async def run(act: Act) -> str | None:
            try:
                async with in_organization(
                    self.sessions, self.organization, you=self.actor.person_id
                ) as session:
                    await session.execute(select(1))
                    await begun.wait()
                    await act(session)
            except Problem as problem:
                return problem.code()
            return None

        return [code for code in await asyncio.gather(*map(run, acts)) if code]


@pytest.fixture
async def company(real_sessions: Sessions) -> Company:
    async with real_sessions.begin() as session:
        organization = await an_organization(session)
        alex, bea = await an_admin(session), await an_admin(session, "Bea")
        people = [await a_person(session, f"Person {n}") for n in range(3)]
        departments = [await a_department(session, f"Department {n}") for n in range(3)]
        ids = [person.id for person in people]
        actor = acting(alex)
        units = [department.id for department in departments]
    return Company(real_sessions, organization, actor, alex.id, bea.id, ids, units)


def moving(company: Company, person: UUID, manager: UUID, how: str) -> Act:
    async def act(session: AsyncSession) -> None:
        if how == "line":
            body = ReportingLineCreate(manager_id=manager, valid_from=date(2024, 1, 1))
            await add_line(session, company.actor, person, body)
        elif how == "person":
            update = PersonUpdate(manager_id=manager)
            await service.update_person(session, company.actor, person, update, None)
        else:
            change = PersonChange(person, manager=ManagerChange(manager))
            await apply_people(session, [change], by=None)

    return act


@pytest.mark.parametrize("hows", [("line", "line", "line"), ("line", "person", "bulk")])
async def test_three_lines_close_no_circle_together(
    company: Company, hows: tuple[str, str, str]
) -> None:
    first, second, third = company.people
    pairs = [(first, second), (second, third), (third, first)]

    refused = await company.at_once(
        *(moving(company, *pair, how) for pair, how in zip(pairs, hows, strict=True))
    )

    assert refused == ["line_circular"]
    async with in_organization(company.sessions, company.organization) as session:
        await assert_closure_is_exact(session)


async def test_departments_close_no_circle_together(company: Company) -> None:
    first, second, third = company.departments

    def putting(department: UUID, parent: UUID) -> Act:
        body = DepartmentUpdate(parent_id=parent)
        return lambda session: update_department(session, company.actor, department, body, None)

    refused = await company.at_once(
        putting(first, second), putting(second, third), putting(third, first)
    )

    assert refused == ["department_circular"]
    async with in_organization(company.sessions, company.organization) as session:
        tops = select(Department.id).where(Department.parent_id.is_(None))
        assert len((await session.scalars(tops)).all()) == 1


@pytest.mark.parametrize("how", ["withdrawn", "leaving", "both"])
async def test_two_administrators_do_not_go_together(company: Company, how: str) -> None:
    async def withdraw(session: AsyncSession, person: UUID) -> None:
        found = select(RoleAssignment.id).where(
            RoleAssignment.person_id == person, RoleAssignment.role == Role.ADMIN
        )
        held = (await session.scalars(found)).one()
        await withdraw_role(session, company.actor, held, None)

    async def leave(session: AsyncSession, person: UUID) -> None:
        body = LeavingRecord(left_on=date(2024, 1, 1))
        await service.record_leaving(session, company.actor, person, body)

    first = leave if how == "leaving" else withdraw
    second = withdraw if how == "withdrawn" else leave

    refused = await company.at_once(
        lambda session: first(session, company.alex),
        lambda session: second(session, company.bea),
    )

    # Whoever comes second is the last one, or is no administrator any more.
    assert refused in (["last_administrator"], ["only_administrators"], ["only_hr"], ["not_found"])
    async with in_organization(company.sessions, company.organization) as session:
        found = select(RoleAssignment.person_id).where(RoleAssignment.role == Role.ADMIN)
        assert len((await session.scalars(found)).all()) == 1

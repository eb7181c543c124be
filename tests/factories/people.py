from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import enter, facts
from perfapi.core.ids import uuid7
from perfapi.domains.people.lines.chains import rebuild_chains
from perfapi.domains.people.models import (
    Department,
    DepartmentLine,
    LineKind,
    Person,
    ReportingLine,
    Role,
    RoleAssignment,
    Status,
    Team,
    TeamMember,
)

LONG_AGO = date(2020, 1, 1)


async def a_person(
    session: AsyncSession,
    name: str = "Ada",
    *,
    manager: Person | None = None,
    department: Department | None = None,
    roles: tuple[Role, ...] = (),
    **fields: Any,
) -> Person:
    given, _, family = name.partition(" ")
    person = Person(
        id=uuid7(),
        given_name=given,
        family_name=family or "Example",
        name=name,
        department_id=department.id if department else None,
        **fields,
    )
    session.add(person)
    await session.flush()
    if manager is not None:
        await a_line(session, person=person, manager=manager)
    for role in roles:
        session.add(RoleAssignment(person_id=person.id, role=role))
    await session.flush()
    return person


async def a_line(
    session: AsyncSession,
    *,
    person: Person,
    manager: Person,
    since: date = LONG_AGO,
    until: date | None = None,
    kind: LineKind = LineKind.PRIMARY,
) -> ReportingLine:
    """With its place in the chains, if it holds today."""
    line = ReportingLine(
        person_id=person.id,
        manager_id=manager.id,
        kind=kind,
        valid_from=since,
        valid_to=until,
    )
    session.add(line)
    await rebuild_chains(session)
    return line


async def a_leaver(
    session: AsyncSession,
    name: str = "Lena Gone",
    *,
    manager: Person | None = None,
    left_on: date = date(2024, 3, 31),
    **fields: Any,
) -> Person:
    """Somebody who has left, and reported to the manager until then."""
    person = await a_person(session, name, status=Status.LEFT, left_on=left_on, **fields)
    if manager is not None:
        await a_line(session, person=person, manager=manager, until=left_on)
    return person


async def an_admin(session: AsyncSession, name: str = "Alex Admin") -> Person:
    return await a_person(session, name, roles=(Role.ADMIN,))


async def an_hr_partner(
    session: AsyncSession, name: str = "Hanna Hr", *, of: Department | None = None
) -> Person:
    person = await a_person(session, name)
    department_id = of.id if of else None
    session.add(RoleAssignment(person_id=person.id, role=Role.HR, department_id=department_id))
    await session.flush()
    return person


async def a_department(
    session: AsyncSession, name: str = "Engineering", *, parent: Department | None = None
) -> Department:
    department = Department(id=uuid7(), name=name, parent_id=parent.id if parent else None)
    session.add(department)
    await session.flush()
    lines = [(department.id, 0)]
    if parent is not None:
        above = await session.execute(
            select(DepartmentLine.ancestor_id, DepartmentLine.depth).where(
                DepartmentLine.descendant_id == parent.id
            )
        )
        lines += [(ancestor_id, depth + 1) for ancestor_id, depth in above]
    for ancestor_id, depth in lines:
        session.add(
            DepartmentLine(ancestor_id=ancestor_id, descendant_id=department.id, depth=depth)
        )
    await session.flush()
    return department


async def a_team(session: AsyncSession, name: str = "Rockets", *members: Person) -> Team:
    team = Team(id=uuid7(), name=name)
    session.add(team)
    await session.flush()
    session.add_all(TeamMember(team_id=team.id, person_id=member.id) for member in members)
    await session.flush()
    return team


async def enter_as(session: AsyncSession, person: Person) -> None:
    """From here on this session is the person's: rules about YOU are about them."""
    await session.flush()
    await enter(session, person.organization_id, you=person.id)


def organization_of(session: AsyncSession) -> UUID:
    organization: UUID = facts(session)["organization"]
    return organization

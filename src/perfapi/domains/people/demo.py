"""Halden Optics, which makes measuring instruments: 120 people, six departments, nine teams."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.demonstration import SIGN_INS, Demo, demo
from perfapi.core.history import happens_at
from perfapi.core.ids import uuid7

from . import service
from .departments.schemas import DepartmentCreate
from .departments.service import add_department
from .roles.schemas import RoleAssignmentCreate
from .roles.service import assign_role
from .schemas import PersonCreate, PersonUpdate
from .teams.schemas import TeamCreate
from .teams.service import add_team, add_team_member

DOMAIN = "halden.example.com"

NAMES = """
Ingrid Halvorsen; Tobias Brandt; Camille Laurent; Matteo Ricci; Saskia de Boer; Jonas Weber;
Priya Raman; Oskar Lindholm; Lena Fischer; Davide Conti; Marijke Visser; Felix Hartmann;
Amira Haddad; Lukas Gruber; Chiara Moretti; Bram Jansen; Hannah Vogel; Niklas Berg;
Sofia Romano; Thijs Bakker; Greta Neumann; Emil Sorensen; Yasmin Demir; Paul Zimmermann;
Giulia Ferri; Ruben Smit; Katrin Keller; Anton Novak; Elena Greco; Sander Mulder;
Mira Schulz; Olivier Petit; Nina Hofmann; Marco Galli; Fleur van Dijk; Jan Kowalski;
Beatrice Rinaldi; Joost Meijer; Clara Becker; Simon Koch; Aylin Kaya; Pieter de Groot;
Laura Marino; Henrik Dahl; Julia Krause; Stefano Villa; Femke Peters; Moritz Lang;
Ana Ribeiro; Timo Schreiber; Valentina Costa; Wouter Bos; Ida Lorenz; Karim Nasser;
Silvia Fontana; Daan Hendriks; Marlene Roth; Viktor Olsen; Paola Bruno; Koen Dekker;
Theresa Winkler; Luca Barbieri; Anouk Verhoeven; Max Friedrich; Noor Aziz; Giorgio Leone;
Eva Brouwer; Robin Kaiser; Alessia Gatti; Jeroen Kuipers; Miriam Stein; Filip Horvat;
Sara Lombardi; Lotte Dijkstra; Johannes Pfeiffer; Rania Khoury; Enrico Sala; Maud Willems;
Leonie Busch; Gustav Nyman; Elisa Testa; Hugo Vermeer; Franziska Jung; Ibrahim Yildiz;
Caterina Monti; Sven Albrecht; Iris Postma; Nadia Benali; Till Sommer; Martina Serra;
Rutger Blom; Annika Wolff; Tomasz Wisniewski; Ilaria Marchetti; Guus Prins; Carolin Haas;
Dario Pellegrini; Merel Scholten; Konstantin Maurer; Zeynep Arslan; Federica Grassi; Bas Hoekstra;
Pia Reinhardt; Erik Lundqvist; Alice Caruso; Maarten Kok; Johanna Seidel; Omar Farouk;
Veronica Neri; Jasper Timmer; Ronja Ebert; Michele Donati; Evelien Maas; David Engel;
Carla Sorge; Mats Holm; Nele Franke; Dirk Vos; Irene Pace; Leon Adler
"""


class Unit(NamedTuple):
    """A group under one manager; its key stands for the manager."""

    department: str
    manager: str
    title: str
    above: str | None
    titles: tuple[str, ...] = ()
    size: int = 0
    team: str | None = None
    location: str = "Hamburg"


# Departments with the one above them.
DEPARTMENTS: dict[str, str | None] = {
    "Management": None,
    "Product & Engineering": None,
    "Engineering": "Product & Engineering",
    "Product Design": "Product & Engineering",
    "Operations": None,
    "Production": "Operations",
    "Quality": "Operations",
    "Supply Chain": "Operations",
    "IT": "Operations",
    "Sales & Service": None,
    "Sales": "Sales & Service",
    "Service": "Sales & Service",
    "Marketing": "Sales & Service",
    "Finance": None,
    "People": None,
}

ENGINEERS = ("Software Engineer", "Senior Software Engineer", "Software Engineer", "Test Engineer")
SELLERS = ("Account Manager", "Senior Account Manager", "Sales Engineer")

UNITS: dict[str, Unit] = {
    "chief": Unit("Management", "Ingrid Halvorsen", "Chief Executive", None),
    "product": Unit("Product & Engineering", "Tobias Brandt", "Chief Product Officer", "chief"),
    "operations": Unit("Operations", "Saskia de Boer", "Chief Operating Officer", "chief"),
    "commerce": Unit("Sales & Service", "Camille Laurent", "Chief Commercial Officer", "chief"),
    "finance": Unit(
        "Finance", "Jonas Weber", "Head of Finance", "chief",
        ("Controller", "Accountant", "Payroll Specialist"), 6,
    ),
    "people": Unit(
        "People", "Priya Raman", "Head of People", "chief",
        ("HR Partner", "Recruiter", "Learning Partner", "HR Partner"), 4,
    ),
    "it": Unit(
        "IT", "Jan Kowalski", "Head of IT", "operations",
        ("System Engineer", "Data Engineer", "Service Desk"), 5,
    ),
    "platform": Unit(
        "Engineering", "Lena Fischer", "Engineering Manager", "product", ENGINEERS, 8, "Platform"
    ),
    "firmware": Unit(
        "Engineering", "Lukas Gruber", "Engineering Manager", "product",
        ("Firmware Engineer", "Senior Firmware Engineer", "Electronics Engineer"), 8, "Firmware",
    ),
    "optics": Unit(
        "Engineering", "Chiara Moretti", "Head of Optics", "product",
        ("Optical Engineer", "Physicist", "Lab Technician"), 8, "Optics Lab", "Bologna",
    ),
    "design": Unit(
        "Product Design", "Marijke Visser", "Product Lead", "product",
        ("Product Manager", "Product Designer", "User Researcher"), 7, "Design Studio", "Utrecht",
    ),
    "assembly": Unit(
        "Production", "Oskar Lindholm", "Production Manager", "operations",
        ("Technician", "Technician", "Senior Technician", "Shift Lead"), 14, "Assembly",
    ),
    "quality": Unit(
        "Quality", "Amira Haddad", "Head of Quality", "operations",
        ("Quality Engineer", "Calibration Technician"), 7,
    ),
    "supply": Unit(
        "Supply Chain", "Davide Conti", "Head of Supply Chain", "operations",
        ("Buyer", "Logistics Planner"), 5, None, "Bologna",
    ),
    "north": Unit(
        "Sales", "Felix Hartmann", "Sales Manager", "commerce", SELLERS, 9, "Sales North"
    ),
    "south": Unit(
        "Sales", "Sofia Romano", "Sales Manager", "commerce", SELLERS, 7, "Sales South", "Bologna"
    ),
    "care": Unit(
        "Service", "Hannah Vogel", "Head of Customer Care", "commerce",
        ("Service Engineer", "Customer Care Agent"), 9, "Customer Care", "Utrecht",
    ),
    "marketing": Unit(
        "Marketing", "Niklas Berg", "Head of Marketing", "commerce",
        ("Content Editor", "Event Manager", "Market Analyst"), 5, None, "Utrecht",
    ),
}  # fmt: skip

# People whom a visitor signs in as sit where their story needs them; the others are drawn in order.
SEATED = {"people": ("Beatrice Rinaldi",), "platform": ("Anton Novak",)}


class Employee(NamedTuple):
    name: str
    title: str
    unit: str
    manager: str | None
    hired_on: date

    @property
    def email(self) -> str:
        given, _, family = self.name.partition(" ")
        return f"{given}.{family.replace(' ', '')}@{DOMAIN}".lower()


def employees(today: date) -> Iterator[Employee]:
    """Everybody, managers before those who report to them."""
    placed = {unit.manager for unit in UNITS.values()} | {n for s in SEATED.values() for n in s}
    names = [" ".join(name.split()) for name in NAMES.split(";")]
    free = iter([name for name in names if name not in placed])
    for number, (key, unit) in enumerate(UNITS.items()):
        boss = UNITS[unit.above].manager if unit.above else None
        joined = today - timedelta(days=3_650 - 137 * number)
        yield Employee(unit.manager, unit.title, key, boss, joined)
        seated = list(SEATED.get(key, ()))
        for place in range(unit.size):
            name = seated[place] if place < len(seated) else next(free)
            title = unit.titles[place % len(unit.titles)]
            since = today - timedelta(days=90 + (number * 271 + place * 389) % 2_900)
            yield Employee(name, title, key, unit.manager, since)


@demo("people")
async def add_people(demo: Demo) -> None:
    opening = demo.today - timedelta(days=400)
    async with demo.session() as session:
        await happens_at(session, _noon(opening))
        administrator = await _first_administrator(session, demo.today)
    you = actor_of(demo, administrator)
    async with demo.session(you=administrator) as session:
        await happens_at(session, _noon(opening))
        departments = await _add_departments(session, you)
        people = {_name_of("admin"): administrator}
        for employee in employees(demo.today):
            if employee.name not in people:
                await happens_at(session, _noon(max(opening, employee.hired_on)))
                people[employee.name] = await _add(session, you, employee, departments, people)
        await happens_at(session, _noon(opening))
        await _seat_administrator(session, you, demo.today, departments, people)
        demo.ids |= await _add_teams(session, you, demo.today, people)
        demo.ids |= departments | people
        partner = RoleAssignmentCreate(person_id=people[_name_of("hr")], role="hr")
        await assign_role(session, you, partner)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def actor_of(demo: Demo, person_id: UUID) -> Actor:
    """Somebody of the demo, acting; no scope is asked for outside of HTTP."""
    return Actor(demo.organization, person_id, uuid7(), frozenset())


def administrator_of(demo: Demo) -> Actor:
    return actor_of(demo, demo.ids[_name_of("admin")])


def _name_of(role: str) -> str:
    address = next(one.email for one in SIGN_INS if one.role == role)
    return address.partition("@")[0].replace(".", " ").title()


async def _first_administrator(session: AsyncSession, today: date) -> UUID:
    first = next(one for one in employees(today) if one.name == _name_of("admin"))
    given, _, family = first.name.partition(" ")
    person = await service.add_first_administrator(
        session,
        given_name=given,
        family_name=family,
        email=first.email,
        hired_on=first.hired_on,
        job_title=first.title,
    )
    return person.id


async def _add_departments(session: AsyncSession, you: Actor) -> dict[str, UUID]:
    added: dict[str, UUID] = {}
    for name, parent in DEPARTMENTS.items():
        above = added[parent] if parent else None
        department = await add_department(
            session, you, DepartmentCreate(name=name, parent_id=above)
        )
        added[name] = department.id
    return added


async def _add(
    session: AsyncSession,
    you: Actor,
    employee: Employee,
    departments: dict[str, UUID],
    people: dict[str, UUID],
) -> UUID:
    given, _, family = employee.name.partition(" ")
    unit = UNITS[employee.unit]
    person = await service.add_person(
        session,
        you,
        PersonCreate(
            external_id=f"H{1000 + len(people)}",
            given_name=given,
            family_name=family,
            email=employee.email,
            job_title=employee.title,
            department_id=departments[unit.department],
            location=unit.location,
            hired_on=employee.hired_on,
            attributes={},
            manager_id=people.get(employee.manager or ""),
        ),
    )
    return person.id


async def _seat_administrator(
    session: AsyncSession,
    you: Actor,
    today: date,
    departments: dict[str, UUID],
    people: dict[str, UUID],
) -> None:
    """The first administrator was here before department and manager were; so were the reports."""
    unit = UNITS["it"]
    changes = PersonUpdate(
        department_id=departments[unit.department],
        location=unit.location,
        manager_id=people[UNITS["operations"].manager],
    )
    await service.update_person(session, you, you.person_id, changes, None)


async def _add_teams(
    session: AsyncSession, you: Actor, today: date, people: dict[str, UUID]
) -> dict[str, UUID]:
    everybody, added = list(employees(today)), {}
    for key, unit in UNITS.items():
        if unit.team is None:
            continue
        lead = TeamCreate(name=unit.team, lead_id=people[unit.manager])
        team = await add_team(session, you, lead)
        added[unit.team] = team.id
        for employee in everybody:
            if employee.unit == key:
                await add_team_member(session, you, team.id, people[employee.name])
    return added

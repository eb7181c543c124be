from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Text,
    Uuid,
    any_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from perfapi.core import access
from perfapi.core.access import there_is
from perfapi.core.answers import Json
from perfapi.core.binds import TODAY
from perfapi.core.db import one_or_404
from perfapi.core.documents import (
    Column,
    children,
    documents,
    json_object,
    one,
    outcome,
    reference,
)
from perfapi.core.errors import invalid
from perfapi.core.listings import Listing, page

from . import policy, schemas
from .models import (
    Chain,
    Department,
    DepartmentLine,
    LineKind,
    Person,
    ReportingLine,
    RoleAssignment,
    Status,
    Team,
    TeamMember,
)


def person_ref(foreign_key: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The person behind a foreign key, as other resources mention them; null if there is none."""
    return reference(schemas.PersonRef, Person, foreign_key)


def department_ref(foreign_key: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return reference(schemas.Ref, Department, foreign_key)


def team_ref(foreign_key: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return reference(schemas.Ref, Team, foreign_key)


def among(column: Column, ids: Collection[UUID]) -> ColumnElement[bool]:
    """One parameter for however many."""
    return column == any_(literal(list(ids), ARRAY(Uuid())))


async def visible_person_ids(session: AsyncSession, ids: set[UUID]) -> set[UUID]:
    """Which of these people exist and may be named by YOU."""
    found = await session.scalars(select(Person.id).where(among(Person.id, ids), policy.VISIBLE))
    return set(found)


async def get_person(session: AsyncSession, person_id: UUID) -> Person:
    """For commands about a person that the caller need not see."""
    return await one_or_404(session, select(Person).where(Person.id == person_id))


async def get_visible_person(session: AsyncSession, person_id: UUID) -> Person:
    return await access.load(session, policy.VISIBLE, person_id, entity=Person)


def holds_every_word(q: Any, *columns: Column) -> ColumnElement[bool]:
    """Each word of `q` occurs in one of the columns, in whatever case."""
    text = func.lower(func.concat_ws(" ", *columns))
    word = func.unnest(func.string_to_array(func.lower(cast(q, Text)), " ")).column_valued("word")
    return ~select(1).where(func.strpos(text, word) == 0).exists()


def _manager() -> ColumnElement[Any]:
    line, manager = aliased(Chain), aliased(Person)
    return (
        select(json_object(schemas.PersonRef, manager))
        .where(
            line.organization_id == Person.organization_id,
            line.report_id == Person.id,
            line.depth == 1,
            manager.organization_id == line.organization_id,
            manager.id == line.manager_id,
        )
        .correlate(Person)
        .scalar_subquery()
    )


def _reports(*, directly: bool) -> ColumnElement[int]:
    below = aliased(Chain)
    # A literal, so that the index on direct lines serves it.
    nearest = (below.depth == literal_column("1"),) if directly else ()
    return (
        select(func.count())
        .where(
            below.organization_id == Person.organization_id,
            below.manager_id == Person.id,
            *nearest,
        )
        .correlate(Person)
        .scalar_subquery()
    )


def _managers() -> ColumnElement[Any]:
    above, manager = aliased(Chain), aliased(Person)
    return children(
        schemas.PersonRef,
        manager,
        above.organization_id == Person.organization_id,
        above.report_id == Person.id,
        manager.organization_id == above.organization_id,
        manager.id == above.manager_id,
        order=(above.depth,),
    )


def _dotted_managers() -> ColumnElement[Any]:
    line, manager = aliased(ReportingLine), aliased(Person)
    return children(
        schemas.PersonRef,
        manager,
        line.organization_id == Person.organization_id,
        line.person_id == Person.id,
        line.kind == LineKind.DOTTED,
        line.valid_from <= TODAY,
        or_(line.valid_to.is_(None), line.valid_to > TODAY),
        manager.organization_id == line.organization_id,
        manager.id == line.manager_id,
        order=(manager.name, manager.id),
    )


def _teams() -> ColumnElement[Any]:
    member, team = aliased(TeamMember), aliased(Team)
    return children(
        schemas.Ref,
        team,
        member.organization_id == Person.organization_id,
        member.person_id == Person.id,
        team.organization_id == member.organization_id,
        team.id == member.team_id,
        order=(team.name, team.id),
    )


def roles_of_person() -> ColumnElement[Any]:
    return children(
        schemas.HeldRole,
        RoleAssignment,
        RoleAssignment.organization_id == Person.organization_id,
        RoleAssignment.person_id == Person.id,
        department=department_ref(RoleAssignment.department_id),
    )


def employment() -> ColumnElement[Any]:
    is_known = or_(Person.status == Status.LEFT, policy.PLANS_ARE_FOR_YOU)
    document = json_object(
        schemas.Employment, Person, left_on=case((is_known, Person.left_on), else_=null())
    )
    return case((policy.EMPLOYMENT_IS_FOR_YOU, document), else_=null())


_SHORT: dict[str, Column] = {
    "department": department_ref(Person.department_id),
    "manager": _manager(),
    "direct_reports": _reports(directly=True),
}

_PERSON = documents(
    schemas.PersonDetail,
    Person,
    **_SHORT,
    teams=_teams(),
    managers=_managers(),
    dotted_managers=_dotted_managers(),
    all_reports=_reports(directly=False),
    employment=employment(),
    roles=roles_of_person(),
    permissions=access.permissions(
        edit=policy.MAY_EDIT,
        change_manager=policy.MAY_CHANGE_MANAGER,
        record_leaving=policy.MAY_RECORD_LEAVING,
        record_return=policy.MAY_RECORD_RETURN,
        invite=policy.MAY_INVITE,
    ),
).where(policy.VISIBLE)


def _works_in(department_id: Any) -> ColumnElement[bool]:
    line = aliased(DepartmentLine)
    return there_is(
        [line],
        line.organization_id == Person.organization_id,
        line.ancestor_id == department_id,
        line.descendant_id == Person.department_id,
    )


def _belongs_to(team_id: Any) -> ColumnElement[bool]:
    member = aliased(TeamMember)
    return there_is(
        [member],
        member.organization_id == Person.organization_id,
        member.team_id == team_id,
        member.person_id == Person.id,
    )


def _reports_to(manager_id: Any) -> ColumnElement[bool]:
    line = aliased(Chain)
    return there_is(
        [line],
        line.organization_id == Person.organization_id,
        line.manager_id == manager_id,
        line.report_id == Person.id,
        line.depth == literal_column("1"),
    )


_PEOPLE = Listing(
    schemas.PersonPage,
    documents(schemas.Person, Person, **_SHORT).where(policy.VISIBLE),
    schemas.PersonConditions,
    sorts={
        "name": (Person.name, Person.id),
        "-updated_at": (Person.updated_at.desc(), Person.id.desc()),
    },
    q=lambda q: holds_every_word(q, Person.name, Person.email, Person.job_title),
    department_id=_works_in,
    team_id=_belongs_to,
    manager_id=_reports_to,
    has_left=lambda answer: (Person.status == Status.LEFT) == answer,
    updated_since=lambda instant: Person.updated_at >= instant,
)


async def list_people(
    session: AsyncSession, filters: schemas.PersonFilter
) -> Json[schemas.PersonPage]:
    return await page(session, _PEOPLE, filters)


async def read_person(session: AsyncSession, person_id: UUID) -> Json[schemas.PersonDetail]:
    return await one(session, _PERSON, person_id)


async def person_after_change(session: AsyncSession, person_id: UUID) -> Json[schemas.PersonDetail]:
    return await outcome(session, _PERSON, person_id)


async def load_person(session: AsyncSession, person_id: UUID, *acts: access.Act) -> Person:
    """Locked, for a command that these acts allow."""
    return await access.load(session, policy.VISIBLE, person_id, *acts, entity=Person, lock=True)


async def find_person(session: AsyncSession, person_id: UUID) -> Person | None:
    """Somebody whom YOU see, for references in a body."""
    found = select(Person).where(Person.id == person_id, policy.VISIBLE)
    return (await session.scalars(found)).one_or_none()


async def ensure_department(
    session: AsyncSession, department_id: UUID | None, *, pointer: str = "/department_id"
) -> None:
    """People are put where YOU are HR; out of every department only by HR of all."""
    if department_id is None:
        return await access.ensure(session, policy.MANAGE_WHOLE)
    asked = select(policy.MAY_EDIT_DEPARTMENT.condition).where(Department.id == department_id)
    allowed = (await session.scalars(asked)).one_or_none()
    if allowed is None:
        raise invalid(pointer, "not_found", "There is no such department.")
    access.refuse([policy.MAY_EDIT_DEPARTMENT], [allowed])
    return None


async def due_leavers(session: AsyncSession, day: date) -> dict[UUID, date]:
    """Whose leaving was planned for this day or an earlier one."""
    found = select(Person.id, Person.left_on).where(
        Person.status != Status.LEFT, Person.left_on <= day
    )
    return {person_id: left_on or day for person_id, left_on in await session.execute(found)}


async def due_beginners(session: AsyncSession, day: date) -> Sequence[Person]:
    found = select(Person).where(Person.status == Status.UPCOMING, Person.hired_on <= day)
    return (await session.scalars(found)).all()

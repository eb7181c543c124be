"""Documents of people as of a day.

What was written of somebody's place is that of then; lines are those that were valid on that day.
Names and addresses are today's, and so is who sees whom: a manager of then who has left since is
not named to whoever does not see them today. That somebody was away, or gone and came back, is
known only to those who may know of their employment. Nothing can be done with the past.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.access import there_is
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.documents import Column, children, documents, json_object, one
from perfapi.core.history import as_of
from perfapi.core.listings import Listing, page
from perfapi.domains.organizations.queries import instant_of
from perfapi.domains.people import policy, schemas
from perfapi.domains.people.models import (
    DepartmentLine,
    LineKind,
    Person,
    ReportingLine,
    Status,
    Team,
    TeamMember,
)
from perfapi.domains.people.queries import (
    department_ref,
    employment,
    holds_every_word,
    roles_of_person,
)

ON_DAY: ColumnElement[date] = bindparam("on_day", type_=Date())
_ROW: ColumnElement[UUID] = bindparam("row_id", type_=Uuid())

_then = as_of(Person)
_IS_THE_SAME = and_(_then.organization_id == Person.organization_id, _then.id == Person.id)


def holds(line: Any, kind: LineKind = LineKind.PRIMARY) -> ColumnElement[bool]:
    """A line is valid on days, whenever it was drawn."""
    return and_(
        line.organization_id == ORGANIZATION,
        line.kind == kind,
        line.valid_from <= ON_DAY,
        or_(line.valid_to.is_(None), line.valid_to > ON_DAY),
    )


def _was_away_for_you() -> ColumnElement[Any]:
    is_private = and_(_then.status == Status.ON_LEAVE, ~policy.EMPLOYMENT_IS_FOR_YOU)
    return case((is_private, Status.ACTIVE.value), else_=_then.status)


def _manager() -> ColumnElement[Any]:
    line, manager = aliased(ReportingLine), aliased(Person)
    return (
        select(json_object(schemas.PersonRef, manager))
        .where(
            holds(line),
            line.person_id == Person.id,
            manager.organization_id == line.organization_id,
            manager.id == line.manager_id,
            policy.may_see(manager),
        )
        .correlate(Person)
        .scalar_subquery()
    )


def _direct_reports() -> ColumnElement[int]:
    line, report = aliased(ReportingLine), aliased(Person)
    return (
        select(func.count())
        .where(
            holds(line),
            line.manager_id == Person.id,
            report.organization_id == line.organization_id,
            report.id == line.person_id,
            policy.may_see(report),
        )
        .correlate(Person)
        .scalar_subquery()
    )


def walk(person_id: ColumnElement[UUID], *, upwards: bool) -> CTE:
    """Everybody above or below the person on that day, with how many steps away."""
    first, further = aliased(ReportingLine), aliased(ReportingLine)

    def near(line: Any) -> Any:
        return line.person_id if upwards else line.manager_id

    def far(line: Any) -> Any:
        return line.manager_id if upwards else line.person_id

    found = (
        select(far(first).label("person_id"), literal_column("1").label("depth"))
        .where(holds(first), near(first) == person_id)
        .cte("above" if upwards else "below", recursive=True)
    )
    return found.union_all(
        select(far(further), found.c.depth + 1)
        .join_from(found, further, near(further) == found.c.person_id)
        .where(holds(further))
    )


def _managers() -> ColumnElement[Any]:
    above, manager = walk(_ROW, upwards=True), aliased(Person)
    return children(
        schemas.PersonRef,
        manager,
        manager.organization_id == ORGANIZATION,
        manager.id == above.c.person_id,
        policy.may_see(manager),
        order=(above.c.depth,),
    )


def _all_reports() -> ColumnElement[int]:
    below, report = walk(_ROW, upwards=False), aliased(Person)
    return (
        select(func.count())
        .select_from(below)
        .where(
            report.organization_id == ORGANIZATION,
            report.id == below.c.person_id,
            policy.may_see(report),
        )
        .scalar_subquery()
    )


def _dotted_managers() -> ColumnElement[Any]:
    line, manager = aliased(ReportingLine), aliased(Person)
    return children(
        schemas.PersonRef,
        manager,
        holds(line, LineKind.DOTTED),
        line.person_id == Person.id,
        manager.organization_id == line.organization_id,
        manager.id == line.manager_id,
        policy.may_see(manager),
        order=(manager.name, manager.id),
    )


def _teams() -> ColumnElement[Any]:
    member, team = as_of(TeamMember, name="member"), aliased(Team)
    return children(
        schemas.Ref,
        team,
        member.organization_id == Person.organization_id,
        member.person_id == Person.id,
        team.organization_id == member.organization_id,
        team.id == member.team_id,
        order=(team.name, team.id),
    )


_SHORT: dict[str, Column] = {
    "job_title": _then.job_title,
    "location": _then.location,
    "department": department_ref(_then.department_id),
    "status": _was_away_for_you(),
    "manager": _manager(),
    "direct_reports": _direct_reports(),
}


def _documents(schema: Any, **fields: Column) -> Select[Any]:
    return (
        documents(schema, Person, **_SHORT, **fields)
        .select_from(Person)
        .join(_then, _IS_THE_SAME)
        .where(policy.VISIBLE, or_(_then.status != Status.LEFT, policy.EMPLOYMENT_IS_FOR_YOU))
    )


_PERSON = _documents(
    schemas.PersonDetail,
    teams=_teams(),
    managers=_managers(),
    dotted_managers=_dotted_managers(),
    all_reports=_all_reports(),
    employment=employment(),
    roles=roles_of_person(),
    permissions=func.json_build_array(),
)


def _worked_in(department_id: Any) -> ColumnElement[bool]:
    line = aliased(DepartmentLine)
    return there_is(
        [line],
        line.organization_id == Person.organization_id,
        line.ancestor_id == department_id,
        line.descendant_id == _then.department_id,
    )


def _belonged_to(team_id: Any) -> ColumnElement[bool]:
    member = as_of(TeamMember, name="teammate")
    return there_is(
        [member],
        member.organization_id == Person.organization_id,
        member.team_id == team_id,
        member.person_id == Person.id,
    )


def _reported_to(manager_id: Any) -> ColumnElement[bool]:
    line, manager = aliased(ReportingLine), aliased(Person)
    return there_is(
        [line, manager],
        holds(line),
        line.manager_id == manager_id,
        line.person_id == Person.id,
        manager.organization_id == line.organization_id,
        manager.id == line.manager_id,
        policy.may_see(manager),
    )


_PEOPLE = Listing(
    schemas.PersonPage,
    _documents(schemas.Person),
    schemas.PersonConditions,
    sorts={
        "name": (Person.name, Person.id),
        "-updated_at": (Person.updated_at.desc(), Person.id.desc()),
    },
    q=lambda q: holds_every_word(q, Person.name, Person.email, _then.job_title),
    department_id=_worked_in,
    team_id=_belonged_to,
    manager_id=_reported_to,
    status=lambda status: _was_away_for_you() == status,
    has_left=lambda answer: (_then.status == Status.LEFT) == answer,
    location=lambda location: _then.location == location,
    updated_since=lambda instant: Person.updated_at >= instant,
)


async def moment_of(session: AsyncSession, day: date | None) -> dict[str, Any] | None:
    """What the statements here ask for; None is today."""
    instant = await instant_of(session, day)
    return None if instant is None else {"as_of": instant, "on_day": day}


async def list_people_of_then(
    session: AsyncSession, filters: schemas.PersonFilter, moment: dict[str, Any]
) -> Json[schemas.PersonPage]:
    return await page(session, _PEOPLE, filters, **moment)


async def read_person_of_then(
    session: AsyncSession, person_id: UUID, moment: dict[str, Any]
) -> Json[schemas.PersonDetail]:
    return await one(session, _PERSON, person_id, **moment)

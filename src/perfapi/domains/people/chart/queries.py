from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core import access
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION, TODAY
from perfapi.core.db import facts, own_rows
from perfapi.core.documents import documents, json_object
from perfapi.core.history import as_of
from perfapi.core.listings import Listing, page
from perfapi.core.schema import PageQuery
from perfapi.domains.organizations.queries import instant_of
from perfapi.domains.people import policy
from perfapi.domains.people.models import (
    Chain,
    Department,
    Person,
    ReportingLine,
    Status,
)
from perfapi.domains.people.past.queries import ON_DAY, holds, walk
from perfapi.domains.people.schemas import PersonRef, PersonRefPage

from . import schemas

_PERSON: ColumnElement[UUID] = bindparam("person", type_=Uuid())


class _Directness(PageQuery):
    """`as_of` is a parameter of the statement, not one of its filters."""

    direct: bool = True


def _managers() -> Select[Any]:
    above = walk(_PERSON, upwards=True)
    document = json_object(schemas.ManagerInLine, Person, depth=above.c.depth)
    items = func.coalesce(
        func.json_agg(aggregate_order_by(document, above.c.depth)), func.json_build_array()
    )
    return own_rows(
        select(cast(func.json_build_object("items", items), Text))
        .join_from(above, Person, Person.id == above.c.person_id)
        .where(Person.organization_id == ORGANIZATION, policy.VISIBLE)
    )


def _reports_on_a_day() -> Listing[PersonRefPage]:
    below = walk(_PERSON, upwards=False)
    return Listing(
        PersonRefPage,
        documents(PersonRef, Person)
        .join(below, below.c.person_id == Person.id)
        .where(policy.VISIBLE),
        _Directness,
        sorts={"": (Person.name, Person.id)},
        direct=lambda direct: or_(~cast(direct, Boolean), below.c.depth == 1),
    )


def _reports_today() -> Listing[PersonRefPage]:
    below = aliased(Chain)
    return Listing(
        PersonRefPage,
        documents(PersonRef, Person)
        .join(
            below,
            and_(
                below.organization_id == Person.organization_id,
                below.report_id == Person.id,
                below.manager_id == _PERSON,
            ),
        )
        .where(policy.VISIBLE),
        _Directness,
        sorts={"": (Person.name, Person.id)},
        direct=lambda direct: or_(~cast(direct, Boolean), below.depth == 1),
    )


def _was_here() -> ColumnElement[bool]:
    """By their days; of today and later, the status decides where a day is not known."""
    began = or_(
        Person.hired_on <= ON_DAY,
        and_(Person.status != Status.UPCOMING, or_(Person.hired_on.is_(None), ON_DAY >= TODAY)),
    )
    remained = and_(
        or_(Person.left_on.is_(None), Person.left_on > ON_DAY),
        or_(Person.status != Status.LEFT, ON_DAY < TODAY),
    )
    return and_(began, remained)


def _org_chart(*, of_then: bool) -> Select[Any]:
    """Only lines between people who are shown count, so that the picture is whole.

    `of_then`: titles and departments are those of the day, as far as they were kept by then.
    """
    then = as_of(Person)
    job_title: Any = Person.job_title
    department_id: Any = Person.department_id
    if of_then:
        was_known = then.id.is_not(None)
        job_title = case((was_known, then.job_title), else_=job_title)
        department_id = case((was_known, then.department_id), else_=department_id)
    found = select(
        Person.id,
        Person.name,
        job_title.label("job_title"),
        Department.name.label("department"),
    )
    if of_then:
        is_the_same = and_(then.organization_id == Person.organization_id, then.id == Person.id)
        found = found.outerjoin(then, is_the_same)
    people = (
        found.outerjoin(
            Department,
            and_(
                Department.organization_id == Person.organization_id,
                Department.id == department_id,
            ),
        )
        .where(policy.VISIBLE, _was_here())
        .cte("shown")
    )
    manager = people.alias("manager")
    line = aliased(ReportingLine)
    lines = (
        select(line.person_id, line.manager_id)
        .join(people, people.c.id == line.person_id)
        .join(manager, manager.c.id == line.manager_id)
        .where(holds(line))
        .cte("lines")
    )
    pairs = select(lines.c.manager_id, lines.c.person_id).cte("pairs", recursive=True)
    pairs = pairs.union_all(
        select(lines.c.manager_id, pairs.c.person_id).join_from(
            pairs, lines, lines.c.person_id == pairs.c.manager_id
        )
    )
    direct, every = _count(lines), _count(pairs)
    rows = (
        select(
            *people.c,
            lines.c.manager_id,
            func.coalesce(direct.c.reports, 0).label("direct_reports"),
            func.coalesce(every.c.reports, 0).label("all_reports"),
        )
        .select_from(people)
        .outerjoin(lines, lines.c.person_id == people.c.id)
        .outerjoin(direct, direct.c.manager_id == people.c.id)
        .outerjoin(every, every.c.manager_id == people.c.id)
        .subquery()
    )
    by_name = (rows.c.name, rows.c.id)
    is_top = rows.c.manager_id.is_(None)
    members = {
        "as_of": ON_DAY,
        "nodes": _listed(json_object(schemas.OrgChartNode, rows.c), by_name),
        "roots": _listed(rows.c.id, by_name, is_top & (rows.c.direct_reports > 0)),
        "unassigned": _listed(rows.c.id, by_name, is_top & (rows.c.direct_reports == 0)),
    }
    return own_rows(select(cast(json_object(schemas.OrgChart, None, **members), Text)))


def _count(lines: CTE) -> Any:
    return (
        select(lines.c.manager_id, func.count().label("reports"))
        .group_by(lines.c.manager_id)
        .subquery()
    )


def _listed(
    item: ColumnElement[Any], order: tuple[Any, ...], *where: ColumnElement[bool]
) -> ColumnElement[Any]:
    listed: Any = func.json_agg(aggregate_order_by(item, *order))
    if where:
        listed = listed.filter(*where)
    return func.coalesce(listed, func.json_build_array())


_MANAGERS = _managers()
_REPORTS_TODAY = _reports_today()
_REPORTS_ON_A_DAY = _reports_on_a_day()
_ORG_CHART = _org_chart(of_then=False)
_ORG_CHART_THEN = _org_chart(of_then=True)


async def list_managers(
    session: AsyncSession, person_id: UUID, as_of: date | None
) -> Json[schemas.ManagerChain]:
    day = await _day(session, as_of)
    await access.load(session, policy.VISIBLE, person_id, entity=Person)
    given = {"person": person_id, "on_day": day} | facts(session)
    return Json((await session.execute(_MANAGERS, given)).scalar_one())


async def list_reports(
    session: AsyncSession, person_id: UUID, filters: schemas.ReportFilter
) -> Json[PersonRefPage]:
    day = await _day(session, filters.as_of)
    await access.load(session, policy.VISIBLE, person_id, entity=Person)
    if filters.as_of is None:
        return await page(session, _REPORTS_TODAY, filters, person=person_id)
    return await page(session, _REPORTS_ON_A_DAY, filters, person=person_id, on_day=day)


async def read_org_chart(session: AsyncSession, asked: date | None) -> Json[schemas.OrgChart]:
    given: dict[str, Any] = {"on_day": await _day(session, asked)} | facts(session)
    if asked is None or asked >= facts(session)["today"]:
        return Json((await session.execute(_ORG_CHART, given)).scalar_one())
    given["as_of"] = await instant_of(session, asked)
    return Json((await session.execute(_ORG_CHART_THEN, given)).scalar_one())


async def _day(session: AsyncSession, as_of: date | None) -> date:
    """What is planned for later days is not for everybody."""
    today: date = facts(session)["today"]
    if as_of is not None and as_of > today:
        await access.ensure(session, policy.MANAGE_WHOLE)
    return as_of or today

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core import access
from perfapi.core.answers import Json
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.people import policy
from perfapi.domains.people.models import Department, DepartmentLine, Person, Status
from perfapi.domains.people.queries import department_ref, holds_every_word

from . import schemas


def _head_count() -> ColumnElement[Any]:
    below, person = aliased(DepartmentLine), aliased(Person)
    return (
        select(func.count())
        .select_from(below)
        .join(
            person,
            (person.organization_id == below.organization_id)
            & (person.department_id == below.descendant_id),
        )
        .where(
            below.organization_id == Department.organization_id,
            below.ancestor_id == Department.id,
            person.status.in_((Status.ACTIVE, Status.ON_LEAVE)),
        )
        .correlate(Department)
        .scalar_subquery()
    )


_DEPARTMENTS = documents(
    schemas.Department,
    Department,
    parent=department_ref(Department.parent_id),
    head_count=_head_count(),
    permissions=access.permissions(
        edit=policy.MAY_EDIT_DEPARTMENT, remove=policy.MAY_EDIT_DEPARTMENT
    ),
).where(policy.DEPARTMENTS)

_LIST = Listing(
    schemas.DepartmentPage,
    _DEPARTMENTS,
    schemas.DepartmentFilter,
    sorts={"": (Department.name, Department.id)},
    q=lambda q: holds_every_word(q, Department.name),
)


async def list_departments(
    session: AsyncSession, filters: schemas.DepartmentFilter
) -> Json[schemas.DepartmentPage]:
    return await page(session, _LIST, filters)


async def read_department(session: AsyncSession, department_id: UUID) -> Json[schemas.Department]:
    return await one(session, _DEPARTMENTS, department_id)


async def department_after_change(
    session: AsyncSession, department_id: UUID
) -> Json[schemas.Department]:
    return await outcome(session, _DEPARTMENTS, department_id)


async def get_department_to_edit(session: AsyncSession, department_id: UUID) -> Department:
    return await access.load(
        session,
        policy.DEPARTMENTS,
        department_id,
        policy.MAY_EDIT_DEPARTMENT,
        entity=Department,
        lock=True,
    )


async def lies_below(session: AsyncSession, department_id: UUID, above_id: UUID) -> bool:
    """Or is it, as every department is above itself."""
    found = select(DepartmentLine.depth).where(
        DepartmentLine.ancestor_id == above_id, DepartmentLine.descendant_id == department_id
    )
    return (await session.scalars(found)).one_or_none() is not None


async def departments_named(
    session: AsyncSession, names: Collection[str]
) -> list[tuple[str, UUID]]:
    """Those with one of these names, in whatever case."""
    found = select(Department.name, Department.id).where(
        func.lower(Department.name).in_([func.lower(name) for name in names])
    )
    return [(name, department_id) for name, department_id in await session.execute(found)]

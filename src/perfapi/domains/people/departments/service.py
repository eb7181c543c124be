from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.people.errors import DepartmentCircular
from perfapi.domains.people.events import DepartmentAdded, DepartmentChanged, DepartmentRemoved
from perfapi.domains.people.locks import lock_structure
from perfapi.domains.people.models import Department, DepartmentLine
from perfapi.domains.people.queries import ensure_department

from . import queries, tree
from .schemas import DepartmentCreate, DepartmentUpdate


async def add_department(session: AsyncSession, actor: Actor, body: DepartmentCreate) -> Department:
    await lock_structure(session)
    await ensure_department(session, body.parent_id, pointer="/parent_id")
    department = Department(id=uuid7(), name=body.name, parent_id=body.parent_id)
    session.add(department)
    await session.flush()
    session.add(_itself(department))
    if body.parent_id is not None:
        await tree.fasten(session, department.id, body.parent_id)
    publish(session, DepartmentAdded(department_id=department.id), by=actor.person_id)
    return department


async def update_department(
    session: AsyncSession,
    actor: Actor,
    department_id: UUID,
    body: DepartmentUpdate,
    version: int | None,
) -> None:
    await lock_structure(session)
    department = await queries.get_department_to_edit(session, department_id)
    department.expect(version)
    changes = {
        field: value
        for field, value in body.model_dump().items()
        if getattr(department, field) != value
    }
    if "parent_id" in changes:
        await _move(session, department, changes["parent_id"])
    for field, value in changes.items():
        setattr(department, field, value)
    if changes:
        changed = DepartmentChanged(department_id=department.id, fields=sorted(changes))
        publish(session, changed, by=actor.person_id)


async def _move(session: AsyncSession, department: Department, parent_id: UUID | None) -> None:
    await ensure_department(session, parent_id, pointer="/parent_id")
    if parent_id is not None and await queries.lies_below(session, parent_id, department.id):
        raise DepartmentCircular()
    await tree.loosen(session, department.id)
    if parent_id is not None:
        await tree.fasten(session, department.id, parent_id)


async def remove_department(
    session: AsyncSession, actor: Actor, department_id: UUID, version: int | None
) -> None:
    """Whoever and whatever belongs to it, or lies below, keeps it from being removed."""
    await lock_structure(session)
    department = await queries.get_department_to_edit(session, department_id)
    department.expect(version)
    await session.delete(department)
    await session.flush()
    publish(session, DepartmentRemoved(department_id=department_id), by=actor.person_id)


async def departments_for(
    session: AsyncSession, names: Collection[str], *, by: UUID | None
) -> dict[str, UUID]:
    """Their ids; a name that differs in case is the same one, a new one goes to the top.

    The lock of the structure is held.
    """
    if not names:
        return {}
    known = dict(await queries.departments_named(session, names))
    folded = {name.casefold(): department_id for name, department_id in known.items()}
    added: list[Department] = []
    for name in names:
        if name not in known and name.casefold() not in folded:
            department = Department(id=uuid7(), name=name)
            folded[name.casefold()] = department.id
            added.append(department)
    session.add_all(added)
    await session.flush()
    for department in added:
        session.add(_itself(department))
        publish(session, DepartmentAdded(department_id=department.id), by=by)
    await session.flush()
    return {name: known.get(name) or folded[name.casefold()] for name in names}


def _itself(department: Department) -> DepartmentLine:
    return DepartmentLine(ancestor_id=department.id, descendant_id=department.id, depth=0)

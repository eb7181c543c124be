"""Adding and changing people, one at a time; who leaves and who comes back."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7

from . import policy, queries
from .errors import HasLeft
from .events import (
    LeavingPlanned,
    LeavingTakenBack,
    PersonAdded,
    PersonChanged,
    PersonReturned,
    RoleAssigned,
)
from .leaving.service import carry_out
from .lines.drawing import Line, draw
from .lines.service import find_manager, set_manager, settle
from .locks import lock_structure
from .models import Person, Role, RoleAssignment, Status
from .roles.service import ensure_administrator_remains
from .schemas import (
    MOST_ATTRIBUTES,
    LeavingRecord,
    PersonCreate,
    PersonUpdate,
    ReturnRecord,
)


async def add_person(session: AsyncSession, actor: Actor, body: PersonCreate) -> Person:
    await access.ensure(session, policy.MANAGE_PEOPLE)
    await lock_structure(session)
    await queries.ensure_department(session, body.department_id)
    today: date = facts(session)["today"]
    values = body.model_dump(exclude={"manager_id", "status"})
    person = Person(
        id=uuid7(),
        name=full_name(body.given_name, body.family_name),
        status=Status(body.status or _status_on(body.hired_on, today)),
        **values,
    )
    manager = None
    if body.manager_id is not None:
        manager = await find_manager(session, None, body.manager_id, since=today)
    session.add(person)
    await session.flush()
    added = PersonAdded(person_id=person.id, manager_id=body.manager_id)
    publish(session, added, by=actor.person_id)
    if manager is not None:
        since = _first_day(person, manager, today)
        await draw(session, [Line(person.id, manager.id, since, None)])
        await settle(session, [person.id], by=actor.person_id, silent={person.id})
    return person


async def add_first_administrator(
    session: AsyncSession,
    *,
    given_name: str,
    family_name: str,
    email: str,
    hired_on: date,
    job_title: str | None = None,
) -> Person:
    """For a new organization, in which nobody is yet who could add them."""
    person = Person(
        id=uuid7(),
        given_name=given_name,
        family_name=family_name,
        name=full_name(given_name, family_name),
        email=email,
        job_title=job_title,
        status=Status.ACTIVE,
        hired_on=hired_on,
    )
    assignment = RoleAssignment(id=uuid7(), person_id=person.id, role=Role.ADMIN)
    session.add(person)
    await session.flush()
    session.add(assignment)
    publish(
        session,
        PersonAdded(person_id=person.id, manager_id=None),
        RoleAssigned(
            person_id=person.id,
            role_assignment_id=assignment.id,
            role=Role.ADMIN.value,
            department_id=None,
        ),
        by=None,
    )
    return person


async def update_person(
    session: AsyncSession,
    actor: Actor,
    person_id: UUID,
    body: PersonUpdate,
    version: int | None,
) -> None:
    changes = body.model_dump()
    acts: tuple[access.Act, ...] = (policy.MAY_EDIT,)
    if "manager_id" in changes:
        acts = policy.MAY_CHANGE_MANAGER
        await lock_structure(session)
    person = await queries.load_person(session, person_id, *acts)
    person.expect(version)
    manager_id = changes.pop("manager_id", None)
    changed = await _allowed_changes(session, person, changes)
    for field, value in changed.items():
        setattr(person, field, value)
    await session.flush()
    told = sorted(changed.keys() - {"name"})
    if told:
        publish(session, PersonChanged(person_id=person.id, fields=told), by=actor.person_id)
    if "manager_id" in body.model_fields_set:
        await _change_manager(session, actor, person, manager_id)


async def _allowed_changes(
    session: AsyncSession, person: Person, changes: dict[str, Any]
) -> dict[str, Any]:
    """What differs from what is, and follows from it; or the problem that forbids it."""
    if "attributes" in changes:
        changes["attributes"] = _merged(person.attributes, changes["attributes"])
    if "status" in changes:
        changes["status"] = Status(changes["status"])
    elif "hired_on" in changes and person.status in {Status.ACTIVE, Status.UPCOMING}:
        changes["status"] = _status_on(changes["hired_on"], facts(session)["today"])
    changed = {field: value for field, value in changes.items() if getattr(person, field) != value}
    if "status" in changed and person.has_left:
        raise HasLeft()
    if "email" in changed:
        await queries.load_person(session, person.id, policy.MAY_CHANGE_EMAIL)
    if "department_id" in changed:
        await queries.ensure_department(session, changed["department_id"])
    if changed.keys() & {"given_name", "family_name"}:
        names = {"given_name": person.given_name, "family_name": person.family_name} | changed
        changed["name"] = full_name(names["given_name"], names["family_name"])
    return changed


async def _change_manager(
    session: AsyncSession, actor: Actor, person: Person, manager_id: UUID | None
) -> None:
    today: date = facts(session)["today"]
    manager = None
    if manager_id is not None:
        manager = await find_manager(session, person, manager_id, since=today)
    await set_manager(session, actor, person, manager, since=today)


async def record_leaving(
    session: AsyncSession, actor: Actor, person_id: UUID, body: LeavingRecord
) -> None:
    """At once for a day up to today; a later day is kept, and carried out by the daily job."""
    await lock_structure(session)
    person = await queries.load_person(session, person_id, *policy.MAY_RECORD_LEAVING)
    if person.hired_on is not None and body.left_on < person.hired_on:
        detail = f"They joined on {person.hired_on}."
        raise invalid("/left_on", "leaves_before_joining", detail)
    if body.left_on > facts(session)["today"]:
        await ensure_administrator_remains(session, [person.id])
        person.left_on = body.left_on
        planned = LeavingPlanned(person_id=person.id, left_on=body.left_on)
        publish(session, planned, by=actor.person_id)
        return
    moved = await carry_out(session, {person.id: body.left_on}, by=actor.person_id)
    await settle(session, moved, by=actor.person_id, silent={person.id})


async def record_return(
    session: AsyncSession, actor: Actor, person_id: UUID, body: ReturnRecord
) -> None:
    """Somebody who has left is here again, or a leaving that was planned is taken back."""
    await lock_structure(session)
    acts: tuple[access.Act, ...] = policy.MAY_RECORD_RETURN
    if body.manager_id is not None:
        # Of somebody who never left, there may be people below.
        acts += (policy.MAY_MOVE_REPORTS,)
    person = await queries.load_person(session, person_id, *acts)
    told = PersonReturned if person.has_left else LeavingTakenBack
    if body.hired_on is not None:
        person.hired_on = body.hired_on
    if person.has_left:
        person.status = _status_on(person.hired_on, facts(session)["today"])
    person.left_on = None
    await session.flush()
    publish(session, told(person_id=person.id), by=actor.person_id)
    if body.manager_id is not None:
        await _change_manager(session, actor, person, body.manager_id)


def full_name(given_name: str, family_name: str) -> str:
    return f"{given_name} {family_name}".strip()


def _first_day(person: Person, manager: Person, today: date) -> date:
    """Somebody who is added reports to their manager since both are here, as far as is known."""
    return min(today, max(person.hired_on or today, manager.hired_on or date.min))


def _status_on(hired_on: date | None, today: date) -> Status:
    return Status.UPCOMING if hired_on is not None and hired_on > today else Status.ACTIVE


def _merged(attributes: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    merged = {key: value for key, value in {**attributes, **changes}.items() if value is not None}
    if len(merged) > MOST_ATTRIBUTES:
        detail = f"At most {MOST_ATTRIBUTES} attributes are kept."
        raise invalid("/attributes", "too_long", detail)
    return merged

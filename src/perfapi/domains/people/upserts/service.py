from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.db import facts
from perfapi.core.errors import Invalid, InvalidPart
from perfapi.domains.people import policy
from perfapi.domains.people.bulk.changes import PersonChange, planned_change
from perfapi.domains.people.bulk.queries import is_administrator, role_holders_among
from perfapi.domains.people.bulk.service import apply_people
from perfapi.domains.people.imports.problems import RowProblem
from perfapi.domains.people.imports.records import Change, PlannedRow
from perfapi.domains.people.locks import lock_structure

from . import queries
from .planning import Row, plan


async def upsert_people(
    session: AsyncSession, actor: Actor, rows: Sequence[Row], *, dry_run: bool = False
) -> list[PlannedRow]:
    """Carries out the rows that can be, all in this transaction; the plan tells which."""
    await access.ensure(session, policy.IMPORT_PEOPLE)
    if not dry_run:
        await lock_structure(session)
    known = await queries.known_by(session, rows)
    planned = plan(rows, known, facts(session)["today"])
    planned = await _without_role_holders(session, actor, planned)
    if not dry_run:
        changes = [_change(row) for row in planned if row.changes and row.outcome != "error"]
        await apply_people(session, changes, by=actor.person_id)
    return planned


async def upsert_person(session: AsyncSession, actor: Actor, row: Row) -> PlannedRow:
    """One row, of which nothing may be left undone."""
    (planned,) = await upsert_people(session, actor, [row])
    wrong = [it for it in planned.problems if planned.outcome == "error" or _is_about_manager(it)]
    if wrong:
        raise Invalid(errors=[InvalidPart(**queries.finding(problem)) for problem in wrong])
    return planned


def _is_about_manager(problem: RowProblem) -> bool:
    return problem.code.startswith("manager_")


def _change(row: PlannedRow) -> PersonChange:
    assert row.person_id is not None
    return planned_change(
        row.person_id,
        ((change.field, change.after) for change in row.changes),
        is_new=row.outcome == "create",
        manager_id=row.manager_id,
    )


async def _without_role_holders(
    session: AsyncSession, actor: Actor, planned: list[PlannedRow]
) -> list[PlannedRow]:
    """Address and leaving of whoever holds a role are for administrators."""
    touched = [row.person_id for row in planned if row.person_id and _touches_a_role(row)]
    if not touched or await is_administrator(session, actor.person_id):
        return planned
    holders = await role_holders_among(session, touched)
    return [
        _refused(row) if _touches_a_role(row) and row.person_id in holders else row
        for row in planned
    ]


def _touches_a_role(row: PlannedRow) -> bool:
    return row.outcome not in {"create", "error"} and any(
        change.field == "email" or (change.field in {"status", "left_on"} and _is_leaving(change))
        for change in row.changes
    )


def _is_leaving(change: Change) -> bool:
    return change.after == "left" or (change.field == "left_on" and change.after is not None)


def _refused(row: PlannedRow) -> PlannedRow:
    detail = "They hold a role: their address and their leaving are for administrators."
    problem = RowProblem("only_administrators", detail)
    return row._replace(outcome="error", changes=(), problems=(problem,))

from collections.abc import Iterable, Sequence
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import ARRAY, Text, any_, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core.answers import Json
from perfapi.domains.people.imports.problems import RowProblem
from perfapi.domains.people.imports.queries import known_people
from perfapi.domains.people.imports.records import KnownPerson, PlannedRow
from perfapi.domains.people.models import Chain, Person

from . import schemas
from .planning import Row, pointer


async def known_by(session: AsyncSession, rows: Sequence[Row]) -> list[KnownPerson]:
    """Whom the rows are about or name, and everybody above those."""
    ids = {external_id for external_id, _ in rows}
    addresses: set[str] = set()
    for _, row in rows:
        sent = row.model_dump(include={"email", "manager_email", "manager_external_id"})
        ids |= {value for key, value in sent.items() if value and key == "manager_external_id"}
        addresses |= {value for key, value in sent.items() if value and key.endswith("email")}
    named = aliased(Person)
    ours = select(named.id).where(
        or_(
            named.external_id == any_(literal(list(ids), ARRAY(Text()))),
            named.email == any_(literal(list(addresses), ARRAY(Text()))),
        )
    )
    above = select(Chain.manager_id).where(Chain.report_id.in_(ours))
    return await known_people(session, or_(Person.id.in_(ours), Person.id.in_(above)))


def results(planned: Iterable[PlannedRow], added: bool) -> Json[schemas.UpsertResults]:
    """`added`: whether new people have the ids now that the plan gave them."""
    listed = [_result(n, row, added) for n, row in enumerate(planned)]
    return Json(to_json({"results": listed}))


def _result(n: int, row: PlannedRow, added: bool) -> dict[str, object]:
    failed = row.outcome == "error"
    found = [finding(problem, f"/people/{n}") for problem in row.problems]
    person_id: UUID | None = row.person_id
    if failed or (row.outcome == "create" and not added):
        person_id = None
    return {
        "external_id": row.external_id,
        "outcome": row.outcome,
        "id": person_id,
        "changes": [] if failed else [change._asdict() for change in row.changes],
        "errors": found if failed else [],
        "warnings": [] if failed else found,
    }


def finding(problem: RowProblem, place: str = "") -> dict[str, str]:
    return {
        "pointer": place + pointer(problem),
        "code": problem.code,
        "detail": problem.detail,
    }

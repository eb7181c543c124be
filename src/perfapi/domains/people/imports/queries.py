from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    null,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import load, permissions
from perfapi.core.answers import Json
from perfapi.core.binds import TODAY
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.people.models import (
    Department,
    LineKind,
    Person,
    ReportingLine,
)
from perfapi.domains.people.queries import person_ref

from . import policy, schemas
from .models import ImportChunk, ImportRow, PeopleImport
from .records import KnownPerson
from .suggesting import Suggestion

_IMPORT = documents(
    schemas.Import,
    PeopleImport,
    mode=PeopleImport.mapping["mode"].as_string(),
    progress=func.json_build_object("done", PeopleImport.done, "total", PeopleImport.total),
    created_by=person_ref(PeopleImport.created_by_id),
    permissions=permissions(**policy.OPEN_TO_YOU),
).where(policy.VISIBLE)

_IMPORTS = Listing(schemas.ImportPage, _IMPORT, schemas.ImportFilter)

_ROWS = Listing(
    schemas.ImportRowPage,
    documents(schemas.ImportRowDocument, ImportRow).where(
        ImportRow.import_id == bindparam("import_id")
    ),
    schemas.ImportRowFilter,
    sorts={"row": (ImportRow.row, ImportRow.id)},
)

NEEDS: Select[Any] = select(
    literal("import_to_review").label("kind"),
    literal("people-imports").label("resource"),
    PeopleImport.id.label("id"),
    PeopleImport.file_name.label("title"),
    null().label("detail"),
    PeopleImport.applied_at.label("since"),
    func.jsonb_array_length(PeopleImport.warnings).label("count"),
).where(policy.VISIBLE, policy.NEEDS_REVIEW)


async def list_imports(
    session: AsyncSession, filters: schemas.ImportFilter
) -> Json[schemas.ImportPage]:
    return await page(session, _IMPORTS, filters)


async def read_import(session: AsyncSession, import_id: UUID) -> Json[schemas.Import]:
    return await one(session, _IMPORT, import_id)


async def import_after_change(session: AsyncSession, import_id: UUID) -> Json[schemas.Import]:
    return await outcome(session, _IMPORT, import_id)


async def list_rows(
    session: AsyncSession, import_id: UUID, filters: schemas.ImportRowFilter
) -> Json[schemas.ImportRowPage]:
    await load(session, policy.VISIBLE, import_id, entity=PeopleImport)
    return await page(session, _ROWS, filters, import_id=import_id)


async def get_import(session: AsyncSession, import_id: UUID) -> PeopleImport:
    """For the worker, which acts for the organization."""
    found = select(PeopleImport).where(PeopleImport.id == import_id).with_for_update()
    return (await session.scalars(found)).one()


async def read_file(session: AsyncSession, import_id: UUID) -> list[bytes]:
    found = select(ImportChunk.content).where(ImportChunk.import_id == import_id)
    return list(await session.scalars(found.order_by(ImportChunk.number)))


async def known_people(session: AsyncSession, *where: ColumnElement[bool]) -> list[KnownPerson]:
    """Everybody (or some), with their manager of today: what a file is compared with."""
    line = and_(
        ReportingLine.person_id == Person.id,
        ReportingLine.kind == LineKind.PRIMARY,
        ReportingLine.valid_from <= TODAY,
        func.coalesce(ReportingLine.valid_to > TODAY, literal_column("true")),
    )
    rows = await session.execute(
        select(
            Person.id,
            Person.external_id,
            Person.given_name,
            Person.family_name,
            Person.email,
            Person.job_title,
            Department.name.label("department"),
            Person.location,
            Person.status,
            Person.hired_on,
            Person.left_on,
            ReportingLine.manager_id,
            Person.employment_type,
            Person.attributes,
        )
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(ReportingLine, line)
        .where(*where)
    )
    return [KnownPerson(**row._mapping) for row in rows]


async def fingerprint(session: AsyncSession) -> str:
    """Changes whenever a person or a line does: a plan is good for the state it was made from."""
    people = select(
        func.count(Person.id), func.max(Person.updated_at), func.sum(Person.version)
    ).select_from(Person)
    lines = select(
        func.count(ReportingLine.id),
        func.max(ReportingLine.updated_at),
        func.sum(ReportingLine.version),
    ).select_from(ReportingLine)
    parts = [*(await session.execute(people)).one(), *(await session.execute(lines)).one()]
    return " ".join(str(part) for part in parts)


async def rows_to_apply(
    session: AsyncSession, import_id: UUID, *, size: int = 2_000
) -> AsyncIterator[list[ImportRow]]:
    """The rows that change something, in the file's order, some at a time."""
    after = (-1, UUID(int=0))
    while True:
        found = (
            select(ImportRow)
            .where(
                ImportRow.import_id == import_id,
                ImportRow.outcome.in_(["create", "update", "deactivate"]),
                func.row(ImportRow.row, ImportRow.id) > func.row(*after),
            )
            .order_by(ImportRow.row, ImportRow.id)
            .limit(size)
        )
        rows = list(await session.scalars(found))
        if not rows:
            return
        yield rows
        after = (rows[-1].row, rows[-1].id)


def suggestion_document(suggestion: Suggestion) -> Json[schemas.MappingSuggestion]:
    return Json(
        to_json(
            {
                "encoding": suggestion.encoding,
                "delimiter": suggestion.delimiter,
                "row_count": suggestion.row_count,
                "columns": [
                    {
                        "name": column.name,
                        "samples": column.samples,
                        "field": column.field,
                        "is_sensitive": column.is_sensitive,
                    }
                    for column in suggestion.columns
                ],
                "mapping": suggestion.mapping,
                "notes": [note._asdict() for note in suggestion.notes],
            }
        )
    )


async def is_free(session: AsyncSession, import_id: UUID) -> bool:
    """Takes the row if no other transaction has it: progress never waits for the work."""
    found = select(PeopleImport.id).where(PeopleImport.id == import_id)
    locked = await session.scalars(found.with_for_update(skip_locked=True))
    return locked.one_or_none() is not None

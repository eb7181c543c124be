from typing import Annotated
from uuid import UUID

from fastapi import File, Form, Query, UploadFile

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.audit import tell_of_read
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, TooLarge, problems
from perfapi.core.routing import Router
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.people.errors import OnlyHr

from . import queries, schemas, service
from .errors import (
    FileUnreadable,
    ImportNotPlanned,
    ImportOutdated,
    ImportRefused,
    ImportRunning,
    MappingInvalid,
)

router = Router(prefix="/people", tags=["people"])

Reader = Annotated[Actor, requires("people:read")]
Writer = Annotated[Actor, requires("people:write")]

LARGEST_FILE = 64 << 20

Upload = Annotated[UploadFile, File(description="A CSV file of people, at most 64 MiB.")]


@router.post(
    "/import-suggestions",
    repeatable=False,
    max_body_size=LARGEST_FILE,
    responses=problems(OnlyHr, FileUnreadable, TooLarge),
)
async def suggest_import_mapping(
    session: TenantSession, actor: Writer, file: Upload
) -> Json[schemas.MappingSuggestion]:
    """Look at a file and suggest what its columns mean. Nothing is stored.

    Encoding, separator, date formats and the way names are written are recognised. Columns with
    sensitive data (pay, birth, origin, belief, health, family) are never suggested.
    """
    return queries.suggestion_document(await service.suggest_mapping(session, file.file))


@router.post(
    "/imports",
    status_code=201,
    max_body_size=LARGEST_FILE,
    responses=problems(OnlyHr, FileUnreadable, MappingInvalid, TooLarge),
)
async def plan_import(
    session: TenantSession,
    actor: Writer,
    file: Upload,
    mapping: Annotated[
        str, Form(max_length=100_000, description="A `Mapping` as JSON: what the columns mean.")
    ],
) -> Json[schemas.Import]:
    """Upload a file of people and get the plan of what it would change. Nobody is changed yet.

    Up to 1 MiB the plan is in the answer; a larger file is answered with the status `planning`,
    and `GET` shows its progress. `apply` carries the plan out.
    """
    import_id = await service.plan_import(
        session,
        actor,
        file=file.file,
        file_name=(file.filename or "people.csv")[-200:],
        mapping=mapping,
    )
    answer = await queries.import_after_change(session, import_id)
    return answer.created(f"/v1/people/imports/{import_id}")


@router.get("/imports", responses=problems(CursorInvalid))
async def list_imports(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.ImportFilter, Query()]
) -> Json[schemas.ImportPage]:
    """The imports so far, the newest first. For administrators and HR of all."""
    return await queries.list_imports(session, filters)


@router.get("/imports/{import_id}", responses=problems(NotFound))
async def get_import(
    session: TenantSession, actor: Reader, import_id: UUID
) -> Json[schemas.Import]:
    """One import: status, progress, summary and warnings."""
    return await queries.read_import(session, import_id)


@router.get("/imports/{import_id}/rows", responses=problems(NotFound, CursorInvalid))
async def list_import_rows(
    session: TenantSession,
    actor: Reader,
    import_id: UUID,
    filters: Annotated[schemas.ImportRowFilter, Query()],
) -> Json[schemas.ImportRowPage]:
    """What happens to each row, field by field, in the order of the file."""
    answer = await queries.list_rows(session, import_id, filters)
    if filters.cursor is None:
        tell_of_read(session, actor, "people/imports/rows", import_id)
    return answer


@router.post(
    "/imports/{import_id}/apply",
    responses=problems(NotFound, ImportNotPlanned, ImportOutdated, ImportRefused)
    | {202: {"model": schemas.Import, "description": "The worker applies it; see `progress`."}},
)
async def apply_import(
    session: TenantSession, actor: Writer, import_id: UUID
) -> Json[schemas.Import]:
    """Carry a plan out: all of it or, if anything goes wrong, none of it.

    409 `import_outdated` if people were changed since the plan was made. Up to 5,000 changes are
    done in the answer; for more it is 202, and `Location` is the operation that applies them.
    """
    operation_id = await service.apply_import(session, actor, import_id)
    answer = await queries.import_after_change(session, import_id)
    return answer if operation_id is None else answer.accepted(f"/v1/operations/{operation_id}")


@router.post("/imports/{import_id}/review", responses=problems(NotFound))
async def review_import(
    session: TenantSession, actor: Writer, import_id: UUID
) -> Json[schemas.Import]:
    """Say that somebody has looked at the warnings; they leave the list of what needs you."""
    await service.review_import(session, actor, import_id)
    return await queries.import_after_change(session, import_id)


@router.delete(
    "/imports/{import_id}",
    status_code=204,
    responses=problems(NotFound, ImportRunning, *CHANGE_PROBLEMS),
)
async def discard_import(
    session: TenantSession, actor: Writer, import_id: UUID, version: ExpectedVersion
) -> None:
    """Throw a plan away, and the file with it."""
    await service.discard_import(session, actor, import_id, version)

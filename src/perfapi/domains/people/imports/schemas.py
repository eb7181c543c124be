from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.operations import Progress
from perfapi.core.schema import Output, Page, PageQuery, Resource
from perfapi.domains.people.schemas import PersonRef

from .mapping import MappingDraft
from .models import ImportStatus, Outcome


class ImportSummary(Output):
    """Rows by what happens to the person."""

    create: int
    update: int
    deactivate: Annotated[
        int, Field(description="Leave now; in a snapshot also people who are not in the file.")
    ]
    unchanged: int
    error: Annotated[int, Field(description="Rows that cannot be imported; the rest still can.")]


class ImportWarning(Output):
    """The same remark about many rows."""

    code: Annotated[str, Field(description="Stable, for programs.", examples=["manager_not_found"])]
    detail: Annotated[str, Field(description="For people.")]
    count: int
    examples: Annotated[list[str], Field(description="What it is about, the most frequent first.")]
    rows: Annotated[list[int], Field(description="The first of the rows, as a spreadsheet counts.")]


class Import(Resource):
    """A file of people: what it would change, and what became of it."""

    file_name: str
    mode: Literal["delta", "snapshot"]
    status: ImportStatus
    summary: Annotated[ImportSummary | None, Field(description="Null until it is planned.")]
    warnings: list[ImportWarning]
    progress: Annotated[Progress, Field(description="Rows read while planning, or steps.")]
    failure: Annotated[str | None, Field(description="Why it failed, for people.")]
    mapping: dict[str, Any]
    created_by: PersonRef | None
    planned_at: AwareDatetime | None
    applied_at: AwareDatetime | None
    reviewed_at: AwareDatetime | None
    permissions: Annotated[list[str], Field(description="`apply`, `discard`, `review`.")]


class ImportPage(Page[Import]):
    pass


class ImportFilter(PageQuery):
    status: ImportStatus | None = None


class FieldChange(Output):
    field: Annotated[str, Field(examples=["job_title", "manager", "attributes.cost_center"])]
    before: str | None
    after: str | None


class RowProblem(Output):
    code: str
    detail: str
    column: str | None


class ImportRowDocument(Output):
    """What happens to one row, or (row 0) to one person whom a snapshot lacks."""

    id: UUID
    row: Annotated[int, Field(description="As a spreadsheet counts, the header being row 1.")]
    external_id: str | None
    name: str | None
    person_id: UUID | None
    outcome: Outcome
    changes: list[FieldChange]
    problems: list[RowProblem]


class ImportRowPage(Page[ImportRowDocument]):
    pass


class ImportRowFilter(PageQuery):
    outcome: Outcome | None = None


class SuggestedColumn(Output):
    name: str
    samples: Annotated[list[str], Field(description="Of sensitive columns none are shown.")]
    field: Annotated[str | None, Field(description="Where the suggested mapping uses it.")]
    is_sensitive: bool


class MappingSuggestion(Output):
    """What a file looks like, and a mapping to start from. Nothing is stored."""

    encoding: str
    delimiter: str
    row_count: int
    columns: list[SuggestedColumn]
    mapping: MappingDraft
    notes: Annotated[list[RowProblem], Field(description="What a person should look at.")]

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Line, Output
from perfapi.domains.people.imports.schemas import FieldChange
from perfapi.domains.people.schemas import (
    MOST_ATTRIBUTES,
    Email,
    EmploymentType,
    ExternalId,
    FamilyName,
    GivenName,
    Key,
    Value,
)

MOST_ROWS = 1_000


class PersonUpsert(Input):
    """A person as your HRIS knows them. What is left out stays as it is."""

    given_name: GivenName
    family_name: FamilyName
    email: Email | MISSING | None = MISSING
    job_title: Line | MISSING | None = MISSING
    department: Annotated[
        Line | MISSING | None,
        Field(description="By name; a new one is added at the top of the tree."),
    ] = MISSING
    location: Line | MISSING | None = MISSING
    status: Annotated[
        Literal["active", "on_leave", "left"] | MISSING,
        Field(description="`upcoming` follows from a `hired_on` to come."),
    ] = MISSING
    hired_on: date | MISSING | None = MISSING
    left_on: Annotated[
        date | MISSING | None,
        Field(description="Up to today they have left; a later day is a leaving planned."),
    ] = MISSING
    employment_type: EmploymentType | MISSING | None = MISSING
    attributes: Annotated[
        dict[Key, Value | None] | MISSING,
        Field(max_length=MOST_ATTRIBUTES, description="Sets some; null takes one away."),
    ] = MISSING
    manager_external_id: Annotated[
        ExternalId | MISSING | None, Field(description="Null: they report to nobody.")
    ] = MISSING
    manager_email: Annotated[
        Email | MISSING | None, Field(description="If there is no `manager_external_id`.")
    ] = MISSING


class PersonRow(PersonUpsert):
    external_id: ExternalId


class PersonBatch(Input):
    people: Annotated[list[PersonRow], Field(min_length=1, max_length=MOST_ROWS)]
    dry_run: Annotated[bool, Field(description="Plan only: nothing is stored.")] = False


class RowFinding(Output):
    pointer: Annotated[str, Field(description="JSON Pointer into the body.")]
    code: str
    detail: Annotated[str, Field(description="Rows are counted from 1 here.")]


class UpsertResult(Output):
    """What became of one row; with `dry_run` what would."""

    external_id: str
    outcome: Literal["create", "update", "deactivate", "unchanged", "error"]
    id: Annotated[UUID | None, Field(description="Null if nobody was added.")]
    changes: list[FieldChange]
    errors: Annotated[list[RowFinding], Field(description="Why the row was not carried out.")]
    warnings: Annotated[
        list[RowFinding],
        Field(description="What was left as it was, such as the line to a manager not found."),
    ]


class UpsertResults(Output):
    results: Annotated[list[UpsertResult], Field(description="One per row, in their order.")]

"""What the engine is told and what it answers: rows, people already known, planned changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from perfapi.domains.people.imports.mapping import Status
from perfapi.domains.people.imports.problems import RowProblem

Outcome = Literal["create", "update", "deactivate", "unchanged", "error"]

# Longest values, in characters.
LIMITS = {
    "external_id": 100,
    "given_name": 100,
    "family_name": 100,
    "email": 254,
    "job_title": 200,
    "department": 200,
    "location": 200,
    "employment_type": 100,
    "attributes": 1000,
    "manager_name": 200,
    "manager_external_id": 100,
    "manager_email": 254,
    "manager_id_hint": 100,
}
# Fields that are plain text and compared as such.
TEXTS = ("job_title", "department", "location", "employment_type")


class ManagerReference(NamedTuple):
    """How a row names the manager; `column` is where, for messages."""

    by: Literal["external_id", "email", "name"]
    value: str
    column: str | None = None


@dataclass(slots=True)
class ParsedRow:
    """What a row says about a person. Only `fields` count, the rest was not spoken of.

    `fields` holds names of attributes of this class (`manager`, `job_title`, ...) and for custom
    attributes `attributes.<key>`; rows of one file share the set. `name` is not among them.
    """

    row: int
    fields: frozenset[str]
    external_id: str | None = None
    given_name: str = ""
    family_name: str = ""
    email: str | None = None
    derived_email: str | None = None
    """For those who have no address; numbered when taken."""
    job_title: str | None = None
    department: str | None = None
    location: str | None = None
    status: Status = "active"
    """As of the day of the import: `left` if that is what the status or the day of leaving say."""
    hired_on: date | None = None
    left_on: date | None = None
    manager: ManagerReference | None = None
    manager_id_hint: str | None = None
    employment_type: str | None = None
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    family_first: bool = False
    """The name was written 'Rossi Mario'; managers may be as well."""
    warnings: tuple[RowProblem, ...] = ()

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


class RejectedRow(NamedTuple):
    """A row that cannot be imported, with as much of whom it is about as could be read."""

    row: int
    problems: tuple[RowProblem, ...]
    external_id: str | None = None
    email: str | None = None
    name: str | None = None


class KnownPerson(NamedTuple):
    """A person of the organization as it is now; `manager_id` is today's primary manager."""

    id: UUID
    external_id: str | None
    given_name: str
    family_name: str
    email: str | None
    job_title: str | None
    department: str | None
    location: str | None
    status: str
    hired_on: date | None
    left_on: date | None
    manager_id: UUID | None
    employment_type: str | None
    attributes: Mapping[str, str]

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


class Change(NamedTuple):
    """One field; dates in ISO format. `manager` shows names, its id is in `PlannedRow`."""

    field: str
    before: str | None
    after: str | None


class PlannedRow(NamedTuple):
    """What happens to one row, or to one person whom a snapshot lacks (`row` is None).

    Applying is writing each change's `after`. `person_id` is the id a created person gets, or the
    id of the known person, or None for an error about nobody known. `manager_id` counts where
    `changes` name the manager, and may be the id of somebody created in a later row.
    """

    row: int | None
    outcome: Outcome
    person_id: UUID | None
    external_id: str | None
    name: str | None
    changes: tuple[Change, ...]
    manager_id: UUID | None
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows by outcome; `deactivate` also counts people whom a snapshot lacks."""

    create: int = 0
    update: int = 0
    deactivate: int = 0
    unchanged: int = 0
    error: int = 0


def full_name(given_name: str, family_name: str) -> str:
    return f"{given_name} {family_name}".strip()

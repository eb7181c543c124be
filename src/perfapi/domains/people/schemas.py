from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, AfterValidator, EmailStr, Field

from perfapi.core.schema import (
    Day,
    Input,
    Instant,
    Line,
    Output,
    Page,
    PageQuery,
    Query,
    Resource,
    Search,
)

from .models import Status

ExternalId = Annotated[Line, Field(max_length=100, description="The id in your HRIS.")]
Email = Annotated[
    EmailStr,
    AfterValidator(str.lower),
    Field(max_length=254, description="Belongs to one person; stored in lower case."),
]
AsOf = Annotated[
    Day | None,
    Field(
        description="A day in the past, or in the future (for HR of all departments and "
        "administrators); today if left out."
    ),
]
Past = Annotated[
    Day | None,
    Field(
        description="A day in the past: title, department, location, teams, status and lines as "
        "they were at its end, by the organization's clocks. Names and addresses are today's, you "
        "see whom you see today, and nobody is known from before they were entered here."
    ),
]
GivenName = Annotated[Line, Field(max_length=100)]
FamilyName = Annotated[
    str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$", description="May be empty.")
]
EmploymentType = Annotated[Line, Field(max_length=100, examples=["full_time"])]
Key = Annotated[Line, Field(max_length=100)]
Value = Annotated[Line, Field(max_length=1000)]
StatusAtWork = Annotated[
    Literal["active", "on_leave", "upcoming"],
    Field(description="Who leaves is told to `/v1/employments/{person_id}/leave`."),
]
RoleName = Literal["admin", "hr"]

MOST_ATTRIBUTES = 50


class Ref(Output):
    """Another resource as it is mentioned."""

    id: UUID
    name: str


class PersonRef(Output):
    """A person as other resources mention them."""

    id: UUID
    name: str
    job_title: str | None


class PersonRefPage(Page[PersonRef]):
    pass


class Person(Resource):
    """A person as the directory shows them."""

    external_id: Annotated[str | None, Field(description="The id in your HRIS.")]
    name: Annotated[str, Field(description="Given name, then family name.")]
    given_name: str
    family_name: str
    email: str | None
    job_title: str | None
    department: Ref | None
    location: str | None
    manager: Annotated[PersonRef | None, Field(description="Today's primary manager.")]
    status: Status
    direct_reports: Annotated[int, Field(ge=0, description="How many report to them today.")]


class PersonPage(Page[Person]):
    pass


class PersonConditions(PageQuery):
    q: Annotated[
        Search | None,
        Field(description="Words that all occur in name, e-mail address or job title."),
    ] = None
    department_id: Annotated[
        UUID | None, Field(description="Of this department or one below it.")
    ] = None
    team_id: UUID | None = None
    manager_id: Annotated[UUID | None, Field(description="Direct reports, today.")] = None
    status: Status | None = None
    has_left: Annotated[bool | None, Field(description="`false` leaves out whoever has left.")] = (
        None
    )
    location: Search | None = None
    updated_since: Annotated[
        Instant | None, Field(description="Changed at this instant or later.")
    ] = None
    sort: Literal["name", "-updated_at"] = "name"


class PersonFilter(PersonConditions):
    as_of: Past = None


class PersonMoment(Query):
    as_of: Past = None


class Employment(Output):
    hired_on: date | None
    left_on: Annotated[
        date | None,
        Field(
            description="From this day on they are gone. A day to come is a leaving that is "
            "planned, which only HR and administrators see."
        ),
    ]
    employment_type: str | None
    attributes: Annotated[dict[str, str], Field(description="What your HRIS knows besides.")]


class HeldRole(Output):
    role: RoleName
    department: Annotated[Ref | None, Field(description="HR of this department; null: of all.")]


class PersonDetail(Person):
    """A person, with how they are organised and what of their employment is for your eyes."""

    teams: list[Ref]
    managers: Annotated[list[PersonRef], Field(description="The chain above, nearest first.")]
    dotted_managers: list[PersonRef]
    all_reports: Annotated[int, Field(ge=0, description="Everybody below them, today.")]
    employment: Annotated[
        Employment | None,
        Field(
            description="For the person, those above them, their HR and administrators; null for "
            "everybody else."
        ),
    ]
    roles: list[HeldRole]
    permissions: Annotated[
        list[str],
        Field(
            description="What you may do: `edit`, `change_manager`, `record_leaving`, "
            "`record_return`, `invite`."
        ),
    ]


class PersonCreate(Input):
    given_name: GivenName
    family_name: FamilyName = ""
    external_id: ExternalId | None = None
    email: Email | None = None
    job_title: Line | None = None
    department_id: UUID | None = None
    location: Line | None = None
    manager_id: UUID | None = None
    hired_on: date | None = None
    status: Annotated[
        StatusAtWork | None,
        Field(description="If left out: `upcoming` before `hired_on`, else `active`."),
    ] = None
    employment_type: EmploymentType | None = None
    attributes: Annotated[dict[Key, Value], Field(max_length=MOST_ATTRIBUTES, default_factory=dict)]


class PersonUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    given_name: GivenName | MISSING = MISSING
    family_name: FamilyName | MISSING = MISSING
    external_id: ExternalId | MISSING | None = MISSING
    email: Email | MISSING | None = MISSING
    job_title: Line | MISSING | None = MISSING
    department_id: UUID | MISSING | None = MISSING
    location: Line | MISSING | None = MISSING
    manager_id: Annotated[
        UUID | MISSING | None, Field(description="Draws a primary line from today on.")
    ] = MISSING
    hired_on: date | MISSING | None = MISSING
    status: StatusAtWork | MISSING = MISSING
    employment_type: EmploymentType | MISSING | None = MISSING
    attributes: Annotated[
        dict[Key, Value | None] | MISSING,
        Field(max_length=MOST_ATTRIBUTES, description="Sets some; null takes one away."),
    ] = MISSING


class LeavingRecord(Input):
    left_on: Annotated[date, Field(description="From this day on they are gone.")]


class ReturnRecord(Input):
    hired_on: Annotated[
        date | None, Field(description="First day of a new employment; left out: as it was.")
    ] = None
    manager_id: UUID | None = None

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Input, Page, PageQuery, Resource
from perfapi.domains.people.schemas import PersonRef

Kind = Annotated[
    Literal["primary", "dotted"],
    Field(description="One primary manager at a time; dotted lines besides."),
]


class ReportingLine(Resource):
    """Who somebody reports or reported to, from a day (included) until a day (excluded)."""

    manager: PersonRef
    kind: Kind
    valid_from: date
    valid_to: Annotated[
        date | None,
        Field(
            description="Null while no end is known. An end to come is shown to HR and "
            "administrators only."
        ),
    ]
    permissions: Annotated[list[str], Field(description="What you may do: `end`.")]


class ReportingLinePage(Page[ReportingLine]):
    pass


class ReportingLineFilter(PageQuery):
    kind: Kind | None = None


class ReportingLineCreate(Input):
    manager_id: Annotated[
        UUID | None,
        Field(description="Null with `primary`: from that day on they report to nobody."),
    ]
    kind: Kind = "primary"
    valid_from: date

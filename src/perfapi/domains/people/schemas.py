from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, Field

from perfapi.core.schema import Line, Output

ExternalId = Annotated[Line, Field(max_length=100, description="The id in your HRIS.")]
Email = Annotated[EmailStr, Field(max_length=254)]
AsOf = Annotated[date | None, Field(description="A day in the past or future; today if left out.")]


class Ref(Output):
    """Another resource as it is mentioned."""

    id: UUID
    name: str


class PersonRef(Output):
    """A person as other resources mention them."""

    id: UUID
    name: str
    job_title: str | None

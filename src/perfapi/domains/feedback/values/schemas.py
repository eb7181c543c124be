from typing import Annotated

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import Input, Line, Output, Page, PageQuery, Prose, Resource

ValueName = Annotated[Line, Field(max_length=60, examples=["Own it"])]
ValueDescription = Annotated[Prose, Field(max_length=500)]


class CompanyValueRef(Output):
    """A value as feedback mentions it."""

    id: Annotated[str, Field(json_schema_extra={"format": "uuid"})]
    name: str


class CompanyValue(Resource):
    name: str
    description: str
    archived_at: Annotated[
        AwareDatetime | None, Field(description="Since when it is no longer offered.")
    ]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`.")]


class CompanyValuePage(Page[CompanyValue]):
    pass


class CompanyValueFilter(PageQuery):
    archived: Annotated[bool, Field(description="Those that are no longer offered.")] = False


class CompanyValueCreate(Input):
    name: ValueName
    description: ValueDescription = ""


class CompanyValueUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    name: ValueName | MISSING = MISSING
    description: ValueDescription | MISSING = MISSING
    archived: Annotated[bool | MISSING, Field(description="No longer offered, or again.")] = MISSING

from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Line, Page, PageQuery, Resource, Search
from perfapi.domains.people.schemas import Ref

Name = Annotated[Line, Field(description="Unique in the organization.")]


class Department(Resource):
    name: str
    parent: Ref | None
    head_count: Annotated[
        int,
        Field(ge=0, description="Who works in it or below it, whether at work or on leave."),
    ]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`, `remove`.")]


class DepartmentPage(Page[Department]):
    pass


class DepartmentFilter(PageQuery):
    q: Annotated[Search | None, Field(description="Words that all occur in the name.")] = None
    parent_id: Annotated[UUID | None, Field(description="Directly below this department.")] = None


class DepartmentCreate(Input):
    name: Name
    parent_id: UUID | None = None


class DepartmentUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    name: Name | MISSING = MISSING
    parent_id: Annotated[
        UUID | MISSING | None, Field(description="Null: at the top of the tree.")
    ] = MISSING

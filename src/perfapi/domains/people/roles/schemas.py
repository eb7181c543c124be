from typing import Annotated
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Input, Page, PageQuery, Resource
from perfapi.domains.people.schemas import PersonRef, Ref, RoleName


class RoleAssignment(Resource):
    person: PersonRef
    role: RoleName
    department: Annotated[Ref | None, Field(description="HR of this department; null: of all.")]
    permissions: Annotated[list[str], Field(description="What you may do: `withdraw`.")]


class RoleAssignmentPage(Page[RoleAssignment]):
    pass


class RoleAssignmentFilter(PageQuery):
    person_id: UUID | None = None
    role: RoleName | None = None


class RoleAssignmentCreate(Input):
    person_id: UUID
    role: RoleName
    department_id: Annotated[
        UUID | None,
        Field(description="HR of this department and those below; administrators have none."),
    ] = None

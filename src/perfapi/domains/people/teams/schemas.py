from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Line, Page, PageQuery, Resource, Search
from perfapi.domains.people.schemas import PersonRef

Name = Annotated[Line, Field(description="Unique in the organization.")]


class Team(Resource):
    name: str
    lead: PersonRef | None
    member_count: Annotated[int, Field(ge=0)]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`, `remove`.")]


class TeamPage(Page[Team]):
    pass


class TeamFilter(PageQuery):
    q: Annotated[Search | None, Field(description="Words that all occur in the name.")] = None


class TeamCreate(Input):
    name: Name
    lead_id: UUID | None = None


class TeamUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    name: Name | MISSING = MISSING
    lead_id: UUID | MISSING | None = MISSING


class TeamMemberFilter(PageQuery):
    pass

from typing import Annotated
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Output, Page, PageQuery, Query
from perfapi.domains.people.schemas import PersonRef

ResourceName = Annotated[
    str,
    Field(
        max_length=60,
        pattern="^[a-z-]+$",
        description="As in the address of the resource.",
        examples=["goals"],
    ),
]


class Rule(Output):
    name: Annotated[str, Field(description="Stable, for programs.", examples=["you_own_it"])]
    sentence: Annotated[str, Field(description="For people.", examples=["You own it."])]


class Explanation(Output):
    """Why somebody can see something: the rules that open it for them. None: they cannot."""

    resource: str
    id: UUID
    person: PersonRef
    rules: list[Rule]


class Viewer(Output):
    person: PersonRef
    rules: Annotated[list[Rule], Field(description="`you` in a name is this person.")]


class ViewerPage(Page[Viewer]):
    pass


class ExplanationQuery(Query):
    resource: ResourceName
    id: UUID
    person_id: Annotated[UUID | None, Field(description="You, if left out.")] = None


class ViewerQuery(PageQuery):
    resource: ResourceName
    id: UUID

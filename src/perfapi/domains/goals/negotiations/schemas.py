from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Output, Page, PageQuery
from perfapi.domains.goals.models import NegotiationStep
from perfapi.domains.people.schemas import PersonRef


class Negotiation(Output):
    """A step towards an agreement, or away from one."""

    id: UUID
    step: Annotated[
        NegotiationStep,
        Field(
            description="`changed`: what was agreed was edited and waits anew; `withdrawn`: the "
            "goal got another owner or became private."
        ),
    ]
    comment: str | None
    by: PersonRef
    at: AwareDatetime


class NegotiationPage(Page[Negotiation]):
    pass


class NegotiationFilter(PageQuery):
    pass

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
            description="`changed`: one side edited what was proposed or agreed, and the other one "
            "is asked; `withdrawn`: the goal got another owner, became private, or was edited by "
            "somebody who is on neither side."
        ),
    ]
    comment: Annotated[
        str | None,
        Field(
            description="What one side told the other. Null for whoever is on neither side: co-"
            "owners, HR and administrators too."
        ),
    ]
    by: PersonRef
    at: AwareDatetime


class NegotiationPage(Page[Negotiation]):
    pass


class NegotiationFilter(PageQuery):
    pass

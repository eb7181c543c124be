from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Output, Page, PageQuery


class DeliveredEvent(Output):
    """The fact that is to have an effect."""

    id: UUID
    topic: str
    subject_id: UUID | None
    occurred_at: AwareDatetime


class Delivery(Output):
    """The effect of an event, or work of the calendar, that was not carried out."""

    id: UUID
    subscriber: Annotated[
        str, Field(description="What it does.", examples=["auth.mail_invitation"])
    ]
    event: Annotated[DeliveredEvent | None, Field(description="Null: the calendar asks for it.")]
    state: Annotated[
        Literal["waiting", "done", "dead"], Field(description="`dead`: nobody tries it any more.")
    ]
    attempts: int
    failure: Annotated[str | None, Field(description="The kind of error of the last attempt.")]
    due_at: Annotated[AwareDatetime, Field(description="When it is, or was last, to be tried.")]
    created_at: AwareDatetime
    permissions: Annotated[list[str], Field(description="What you may do: `redrive`.")]


class DeliveryPage(Page[Delivery]):
    pass


class DeliveryFilter(PageQuery):
    state: Literal["waiting", "dead"] = "dead"

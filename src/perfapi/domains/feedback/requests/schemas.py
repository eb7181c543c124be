from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Input, Output, Page, PageQuery, Prose, Resource
from perfapi.domains.feedback.models import FeedbackVisibility
from perfapi.domains.feedback.schemas import VISIBILITY
from perfapi.domains.people.schemas import PersonRef

Question = Annotated[
    Prose,
    Field(min_length=1, max_length=300, examples=["What should I do more of in our reviews?"]),
]


class Respondent(Output):
    person: PersonRef
    answered_at: AwareDatetime | None
    declined_at: AwareDatetime | None
    feedback_id: Annotated[UUID | None, Field(description="Their answer, if you may read it.")]
    reason: Annotated[str | None, Field(description="Why they declined.")]


class FeedbackRequest(Resource):
    """Somebody would like to hear how a person works."""

    requester: PersonRef
    about: PersonRef
    questions: list[str]
    visibility: Annotated[FeedbackVisibility, Field(description=f"Of the answers. {VISIBILITY}")]
    due_on: date | None
    closed_at: Annotated[AwareDatetime | None, Field(description="Nobody is waited for any more.")]
    respondents: Annotated[
        list[Respondent],
        Field(description="By name; whoever is asked sees only themselves here."),
    ]
    waits_for_you: bool
    permissions: Annotated[
        list[str], Field(description="What you may do: `answer`, `decline`, `close`.")
    ]


class FeedbackRequestPage(Page[FeedbackRequest]):
    pass


class RequestBox(StrEnum):
    WAITING = "waiting"
    ASKED = "asked"


class FeedbackRequestConditions(PageQuery):
    about_id: UUID | None = None


class FeedbackRequestFilter(FeedbackRequestConditions):
    box: Annotated[
        RequestBox | None,
        Field(description="`waiting` for your answer, or `asked` by you."),
    ] = None


class FeedbackRequestCreate(Input):
    about_id: Annotated[UUID | None, Field(description="You, by default.")] = None
    respondent_ids: Annotated[list[UUID], Field(min_length=1, max_length=30)]
    questions: Annotated[list[Question], Field(min_length=1, max_length=5)]
    visibility: Annotated[
        FeedbackVisibility,
        Field(
            description="Of the answers: `recipient`, `recipient_and_manager`, or, about somebody "
            "who reports to you, `requester`. About anybody else `recipient` alone."
        ),
    ] = FeedbackVisibility.RECIPIENT
    due_on: Annotated[date | None, Field(description="Today or later.")] = None


class FeedbackDecline(Input):
    reason: Annotated[
        Prose, Field(min_length=1, max_length=500, description="Whoever asked reads it.")
    ]

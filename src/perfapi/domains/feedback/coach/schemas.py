from typing import Annotated
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Input, Output, Prose, Query
from perfapi.domains.feedback.models import FeedbackKind
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.styles import SpeakingStyle

STYLE = (
    "How somebody prefers to be spoken to: `direct` waits for the point, `considerate` hears the "
    "undertone first, `data` believes what can be counted, `story` remembers what they can picture."
)


class FeedbackDraft(Input):
    """Feedback while it is being written; it may still be empty."""

    kind: FeedbackKind
    language: Annotated[
        CoachLanguage, Field(description="What a text is taken for that is too short to tell.")
    ]
    text: Annotated[Prose, Field(max_length=5_000)] = ""
    receiver_ids: Annotated[
        list[UUID],
        Field(
            max_length=30,
            default_factory=list,
            description="Their style counts, if they all prefer the same.",
        ),
    ]


class WhoseStyle(Query):
    person_id: UUID


class CommunicationStyle(Output):
    style: Annotated[
        SpeakingStyle | None, Field(description=f"{STYLE} Null: nothing in particular.")
    ]


class CommunicationStyleChange(Input):
    style: Annotated[SpeakingStyle | None, Field(description=STYLE)]

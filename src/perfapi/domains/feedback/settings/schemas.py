from typing import Annotated

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Resource
from perfapi.domains.feedback.models import FeedbackVisibility
from perfapi.domains.writing.remarks import CoachRule

Choices = Annotated[list[FeedbackVisibility], Field(min_length=1, max_length=6)]


class FeedbackSettings(Resource):
    """How feedback is given in this organization."""

    praise_visibilities: Annotated[
        list[FeedbackVisibility], Field(description="What praise may be given as, of all choices.")
    ]
    advice_visibilities: Annotated[
        list[FeedbackVisibility], Field(description="What advice may be given as, of all choices.")
    ]
    new_managers_read_older: Annotated[
        bool,
        Field(
            description="Whoever becomes a manager also reads what managers could read before; "
            "otherwise only what is given from then on."
        ),
    ]
    coach_off: Annotated[
        list[CoachRule], Field(description="Rules of the coach that are silent here.")
    ]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`.")]


class FeedbackSettingsUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    praise_visibilities: Annotated[
        Choices | MISSING,
        Field(description="Of `public`, `team`, `recipient`, `recipient_and_manager`."),
    ] = MISSING
    advice_visibilities: Annotated[
        Choices | MISSING,
        Field(description="Of `recipient`, `recipient_and_manager`, `manager`."),
    ] = MISSING
    new_managers_read_older: bool | MISSING = MISSING
    coach_off: Annotated[
        Annotated[list[CoachRule], Field(max_length=len(CoachRule))] | MISSING,
        Field(description="Rules of the coach that are to be silent."),
    ] = MISSING

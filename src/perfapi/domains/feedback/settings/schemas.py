from typing import Annotated

from pydantic import MISSING, Field

from perfapi.core.schema import Input, Resource
from perfapi.domains.feedback.models import FeedbackVisibility

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

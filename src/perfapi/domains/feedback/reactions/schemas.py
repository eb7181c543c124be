from typing import Annotated

from pydantic import Field

from perfapi.core.schema import Output

from .models import FeedbackReactionKind


class FeedbackReaction(Output):
    """How many people react in one way, and whether you are one of them."""

    kind: FeedbackReactionKind
    count: Annotated[int, Field(ge=1)]
    is_mine: Annotated[bool, Field(description="You are one of them.")]

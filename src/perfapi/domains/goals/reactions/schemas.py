from typing import Annotated

from pydantic import Field

from perfapi.core.schema import Output

from .models import ReactionKind


class Reaction(Output):
    """How many people react in one way, and whether you are one of them."""

    kind: ReactionKind
    count: Annotated[int, Field(ge=1)]
    is_mine: Annotated[bool, Field(description="You are one of them.")]


Reactions = Annotated[list[Reaction], Field(description="Of the kinds that somebody chose.")]

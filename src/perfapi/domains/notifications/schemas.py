from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Output


class Need(Output):
    """Something that waits for you."""

    kind: Annotated[str, Field(description="What is to be done, e.g. `goal_check_in_due`.")]
    resource: Annotated[str, Field(description="Where `id` belongs, e.g. `goals`.")]
    id: UUID
    title: str
    detail: str | None
    since: Annotated[AwareDatetime | None, Field(description="Since when it waits.")]
    count: Annotated[int | None, Field(description="How many of them, where that tells something.")]


class Needs(Output):
    items: Annotated[list[Need], Field(description="At most 100, the longest waiting first.")]

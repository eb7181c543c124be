from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field

from perfapi.core.schema import Input, Line, Output, Page, PageQuery, Resource
from perfapi.domains.goals.models import KeyResultKind
from perfapi.domains.goals.quantities import Value, Weight

Unit = Annotated[Line, Field(max_length=40, examples=["customers"])]


class KeyResultRef(Output):
    """A key result as check-ins mention it."""

    id: UUID
    title: str


class KeyResultBrief(Output):
    """A key result in the tree of goals."""

    id: UUID
    title: str
    kind: KeyResultKind
    unit: str | None
    start: Decimal
    target: Decimal
    current: Decimal
    progress: Decimal


class KeyResult(Resource):
    """What a goal is measured by."""

    goal_id: UUID
    title: str
    kind: KeyResultKind
    unit: Annotated[str | None, Field(description="What is counted; percent has none.")]
    start: Decimal
    target: Annotated[Decimal, Field(description="Above the start or below it, never the same.")]
    current: Annotated[Decimal, Field(description="Of the last check-in, or else the start.")]
    raw_progress: Annotated[
        Decimal,
        Field(description="(current - start) / (target - start); below 0 or above 1 at times."),
    ]
    progress: Annotated[Decimal, Field(description="The same within 0 and 1; this rolls up.")]
    weight: Decimal
    confidence: Annotated[int | None, Field(description="Of the last check-in, 0 to 10.")]
    checked_in_at: AwareDatetime | None
    position: Annotated[int, Field(description="Its place among the goal's key results.")]
    archived_at: AwareDatetime | None
    permissions: Annotated[
        list[str], Field(description="What you may do: `edit`, `check_in`, `remove`.")
    ]


class KeyResultPage(Page[KeyResult]):
    pass


class KeyResultFilter(PageQuery):
    archived: Annotated[
        bool, Field(description="Those that are archived, instead of those that are not.")
    ] = False


class KeyResultCreate(Input):
    title: Line
    kind: KeyResultKind = KeyResultKind.NUMBER
    unit: Annotated[Unit | None, Field(description="What is counted; percent has none.")] = None
    start: Value = Decimal(0)
    target: Annotated[Value, Field(description="Above the start or below it, never the same.")]
    weight: Weight = Decimal(1)


class KeyResultUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    title: Line | MISSING = MISSING
    kind: KeyResultKind | MISSING = MISSING
    unit: Unit | MISSING | None = MISSING
    start: Value | MISSING = MISSING
    target: Value | MISSING = MISSING
    weight: Weight | MISSING = MISSING
    position: Annotated[int, Field(ge=0, le=10_000)] | MISSING = MISSING

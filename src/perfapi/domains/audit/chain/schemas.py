from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from perfapi.core.schema import Input, Output

from .checking import Break

Position = Annotated[int, Field(ge=0, le=2**63 - 1, description="Of the last entry.")]
Link = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="The last link, as hex.")]
Count = Annotated[int, Field(ge=0, le=2**63 - 1, description="Entries up to there.")]


class Anchor(Input):
    """A head that you kept: the log must still hold it."""

    count: Count
    position: Position
    chain: Link


class Verification(Input):
    anchor: Anchor | None = None


class Verdict(Output):
    """What a walk along the chain has found. Of several breaks it tells the first."""

    outcome: Literal["whole", "broken"]
    count: Annotated[int, Field(description="Entries that are what they were.")]
    position: Annotated[int, Field(description="Up to here the log is whole.")]
    erased: Annotated[int, Field(description="Of them, those whose content was erased.")]
    waiting: Annotated[int, Field(description="Entries that were not chained yet.")]
    broken_at: Annotated[int | None, Field(description="The position of the first break.")]
    broken_by: Annotated[
        Break | None,
        Field(
            description="`changed`: what stands there is not what stood there. `removed`: "
            "something before it is gone; at the head, the end. `inserted`: it was not there."
        ),
    ]


class Verified(Verdict):
    at: AwareDatetime


class ChainHead(Output):
    """Where the chain ends. Kept elsewhere, it tells when the log before it was rewritten."""

    count: Count
    position: Position
    chain: Link
    chained_at: Annotated[AwareDatetime | None, Field(description="Null: nothing is yet.")]
    waiting: Annotated[int, Field(description="Entries that are not chained yet.")]
    verified: Annotated[Verified | None, Field(description="The last time that it was verified.")]

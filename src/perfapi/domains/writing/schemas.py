from typing import Annotated

from pydantic import Field

from perfapi.core.schema import Output

from .languages import CoachLanguage
from .remarks import CoachRule, RemarkKind
from .structure import TextPart

_UNITS = "in UTF-16 code units, as JavaScript counts"


class TextSpan(Output):
    start: Annotated[int, Field(ge=0, description=f"The first, {_UNITS}.")]
    end: Annotated[int, Field(ge=0, description=f"The first behind it, {_UNITS}.")]


class CoachRemark(TextSpan):
    """One thing that would make a text better. Advice: no rule refuses anything."""

    rule: CoachRule
    kind: Annotated[RemarkKind, Field(description="What it helps the text to be.")]
    words: Annotated[
        str, Field(description="What it is about, as written; empty if it is the whole text.")
    ]
    softeners: Annotated[int | None, Field(description="How many a hedged sentence holds.")]


class StructurePart(TextSpan):
    part: TextPart


class CoachAdvice(Output):
    language: Annotated[CoachLanguage, Field(description="That the text was read in.")]
    remarks: Annotated[
        list[CoachRemark], Field(description="The most important first, then by place.")
    ]
    structure: Annotated[
        list[StructurePart],
        Field(description="What the text seems to hold of situation, behaviour and impact."),
    ]

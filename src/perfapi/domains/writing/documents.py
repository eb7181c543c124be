"""Advice as it crosses the wire, and the one place where code points become UTF-16 code units.

Python counts code points, JavaScript (`slice`, `selectionStart`) code units: "😀" is one and two.
"""

from collections.abc import Callable
from itertools import accumulate
from typing import Any

from .coach import Advice
from .remarks import KIND, Span


def advice_document(text: str, advice: Advice) -> dict[str, Any]:
    """As `schemas.CoachAdvice` describes it; of the text that the advice is about."""
    place = _in_code_units(text)
    return {
        "language": advice.language,
        "remarks": [
            {
                **place(remark.span),
                "rule": remark.rule,
                "kind": KIND[remark.rule],
                "words": remark.words,
                "softeners": remark.softeners,
            }
            for remark in advice.remarks
        ],
        "structure": [{**place(span), "part": part} for part, span in advice.structure.items()],
    }


def _in_code_units(text: str) -> Callable[[Span], dict[str, int]]:
    units = [0, *accumulate(1 + (ord(character) > 0xFFFF) for character in text)]

    def place(span: Span) -> dict[str, int]:
        return {"start": units[span.start], "end": units[span.end]}

    return place

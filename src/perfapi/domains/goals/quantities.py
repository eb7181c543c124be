"""Numbers as they cross the wire: exact decimals, written as strings.

JSON numbers are read too, to the last place that the quantity has: they are binary fractions on
their way here, so more digits would not be what the sender meant.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True, slots=True)
class Digits:
    """A decimal with so many digits before and behind the point."""

    whole: int
    places: int = 6
    may_be_negative: bool = False

    @property
    def pattern(self) -> str:
        sign = "-?" if self.may_be_negative else ""
        return rf"^{sign}\d{{1,{self.whole}}}(\.\d{{1,{self.places}}})?$"

    def read(self, value: Any) -> Decimal:
        match value:
            case Decimal():
                number = value
            case bool():
                raise PydanticCustomError("decimal_type", "That is no number.")
            case int() | float():
                number = self._rounded(value)
            case str() if re.fullmatch(self.pattern, value, re.ASCII):
                number = Decimal(value)
            case _:
                raise PydanticCustomError(
                    "decimal_invalid",
                    'Write a number like "12.5", with {whole} digits before the point and '
                    "{places} behind it at most.",
                    {"whole": self.whole, "places": self.places},
                )
        if abs(number) >= 10**self.whole or (number < 0 and not self.may_be_negative):
            raise self._out_of_range()
        return number + 0  # there is no negative zero

    def _rounded(self, value: float) -> Decimal:
        if not abs(value) <= 10**self.whole:  # NaN is on neither side
            raise self._out_of_range()
        return Decimal(repr(value)).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_EVEN)

    def _out_of_range(self) -> PydanticCustomError:
        return PydanticCustomError(
            "decimal_out_of_range",
            "Send a number with {whole} digits before the point at most{sign}.",
            {"whole": self.whole, "sign": "" if self.may_be_negative else ", not below 0"},
        )

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, when_used="json", return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        most = 10**self.whole - 1
        least = -most if self.may_be_negative else 0
        number = {"type": "number", "minimum": least, "maximum": most}
        return {"anyOf": [{"type": "string", "pattern": self.pattern}, number]}


def _at_most_1(share: Decimal) -> Decimal:
    if share > 1:
        raise PydanticCustomError("decimal_out_of_range", "A share is between 0 and 1.")
    return share


Value = Annotated[Decimal, Digits(whole=15, may_be_negative=True)]
"""What a key result measures."""
Tolerance = Annotated[Decimal, Digits(whole=15)]
Weight = Annotated[Decimal, Digits(whole=6)]
Share = Annotated[
    Decimal,
    Digits(whole=1, places=4),
    AfterValidator(_at_most_1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^(0(\.\d{1,4})?|1(\.0{1,4})?)$"},
                {"type": "number", "minimum": 0, "maximum": 1},
            ]
        }
    ),
]
"""Of the whole: 0 to 1."""

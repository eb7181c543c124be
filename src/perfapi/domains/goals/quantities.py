"""Numbers as they cross the wire: exact decimals, written as strings.

JSON numbers are read too, to the last place that the quantity has: they are binary fractions on
their way here, so more digits would not be what the sender meant.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


@dataclass(frozen=True, slots=True)
class Digits:
    """A decimal between two bounds with at most so many places behind the point."""

    least: int
    most: int
    places: int = 6

    @property
    def pattern(self) -> str:
        sign = "-?" if self.least < 0 else ""
        return rf"^{sign}\d{{1,{len(str(self.most))}}}(\.\d{{1,{self.places}}})?$"

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
                    'Write a number like "12.5", with at most {places} decimal places.',
                    {"places": self.places},
                )
        if not self.least <= number <= self.most:
            raise PydanticCustomError(
                "decimal_out_of_range",
                "The number is not between {least} and {most}.",
                {"least": self.least, "most": self.most},
            )
        return number + 0  # there is no negative zero

    def _rounded(self, value: float) -> Decimal:
        if not self.least - 1 <= value <= self.most + 1:
            return Decimal(self.most) + 1
        return Decimal(repr(value)).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_EVEN)

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
        number = {"type": "number", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [{"type": "string", "pattern": self.pattern}, number]}


LARGEST = 10**15 - 1

Value = Annotated[Decimal, Digits(-LARGEST, LARGEST)]
"""What a key result measures."""
Weight = Annotated[Decimal, Digits(0, 999_999)]
Share = Annotated[Decimal, Digits(0, 1, places=4)]
"""Of the whole: 0 to 1."""

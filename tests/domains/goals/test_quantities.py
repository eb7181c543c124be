import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from perfapi.domains.goals.quantities import Share, Value, Weight


class Sent(BaseModel):
    value: Value


_SHARE, _WEIGHT = TypeAdapter[Decimal](Share), TypeAdapter[Decimal](Weight)


class TestReading:
    @given(st.decimals(-(10**15) + 1, 10**15 - 1, places=6, allow_nan=False))
    def test_text_is_exact(self, number: Decimal) -> None:
        assert Sent.model_validate_json(json.dumps({"value": f"{number:f}"})).value == number

    @given(st.floats(-1e9, 1e9))
    def test_numbers_are_rounded_to_the_last_place(self, number: float) -> None:
        read = Sent.model_validate_json(json.dumps({"value": number})).value

        assert abs(read - Decimal(repr(number))) <= Decimal("0.0000005")
        assert read == round(read, 6)

    @pytest.mark.parametrize("text", ["999999999999999.999999", "-0", "0.000001", "007"])
    def test_takes_whatever_fits(self, text: str) -> None:
        read = Sent.model_validate({"value": text}).value

        assert read == Decimal(text)
        assert str(read) != "-0"

    @pytest.mark.parametrize(
        "value",
        ["", " 1", "1 ", "+1", "1.", ".5", "1e3", "1_0", "0x1", "NaN", "Infinity", "1,5", "1\n"],
    )
    def test_refuses_text_that_only_some_programs_read(self, value: str) -> None:
        with pytest.raises(ValidationError, match="decimal_invalid"):
            Sent.model_validate({"value": value})

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            (_WEIGHT, -1),
            (_WEIGHT, 10**6),
            (_WEIGHT, 999_999.9999999),
            (_WEIGHT, 1e308),
            (_SHARE, 1.5),
            (_SHARE, "1.0001"),
        ],
    )
    def test_refuses_what_is_out_of_range(self, kind: TypeAdapter[Decimal], value: Any) -> None:
        with pytest.raises(ValidationError, match="decimal_out_of_range"):
            kind.validate_python(value)

    @pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000])
    def test_refuses_what_is_no_number_at_all(self, literal: str) -> None:
        with pytest.raises(ValidationError):
            Sent.model_validate_json(f'{{"value": {literal}}}')

    def test_truth_is_no_number(self) -> None:
        with pytest.raises(ValidationError, match="decimal_type"):
            Sent.model_validate({"value": True})


class TestWriting:
    def test_is_text(self) -> None:
        assert Sent(value=Decimal("1.50")).model_dump_json() == '{"value":"1.50"}'

    def test_tells_what_it_reads(self) -> None:
        text, number = Sent.model_json_schema()["properties"]["value"]["anyOf"]

        assert (text["type"], number["type"]) == ("string", "number")
        assert re.fullmatch(text["pattern"], "-12.5")
        assert not re.fullmatch(text["pattern"], "1e3")
        assert number["maximum"] == 10**15 - 1

"""Bases of everything that crosses the wire."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    Tag,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")


class SentJson(bytes):
    """A request body as it came: pydantic parses it itself, so that strict still reads dates."""


class _ParsedAsJson:
    """Validates a body in JSON mode: `"2026-01-31"` is a date there, but `"1"` is no number."""

    def __get_pydantic_core_schema__(
        self, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def parse(value: Any, validate: Callable[[Any], Any]) -> Any:
            if isinstance(value, SentJson):
                return source.model_validate_json(value)
            return validate(value)

        return core_schema.no_info_wrap_validator_function(parse, handler(source))


Body = Annotated[T, _ParsedAsJson()]
"""How an endpoint takes its body: `body: Body[schemas.GoalCreate]`."""


def _printable(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("character_forbidden", "The text holds a NUL character.")
    return text


def _on_one_line(text: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise PydanticCustomError("character_forbidden", "The text holds a control character.")
    return text


Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_on_one_line)]
"""A name or a title: one line, not empty."""
Prose = Annotated[str, Field(max_length=10_000), AfterValidator(_printable)]
"""What people write: several lines, Markdown."""
Search = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_on_one_line)]


def _as_written(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("date_format", "A date reads like 2026-01-31.")
    return value


Day = Annotated[date, BeforeValidator(_as_written)]
"""A date in the address: there, pydantic would take a number for seconds since 1970."""


def _as_written_with_time(value: object) -> object:
    if isinstance(value, str) and not re.match(r"\d{4}-\d{2}-\d{2}[Tt ]", value):
        detail = "An instant reads like 2026-01-31T12:00:00Z."
        raise PydanticCustomError("datetime_format", detail)
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_as_written_with_time)]
"""An instant in the address."""


def _day_or_instant(value: object) -> object:
    """Of what could be read as both, pydantic would take a day for midnight."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}([Tt ].+)?", value):
        detail = "Write 2026-01-31, or 2026-01-31T12:00:00Z."
        raise PydanticCustomError("day_or_instant_format", detail)
    return value


def _kind_of_moment(value: object) -> str:
    return "day" if len(str(value)) == len("2026-01-31") else "instant"


AsOf = Annotated[
    Annotated[date, Tag("day")] | Annotated[AwareDatetime, Tag("instant")],
    Discriminator(_kind_of_moment),
    BeforeValidator(_day_or_instant),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
            ]
        }
    ),
]
"""A day or an instant in the address, for those who look back."""


class Input(BaseModel):
    """What a client sends: strict, and nothing that is not asked for."""

    model_config = ConfigDict(
        extra="forbid", strict=True, str_strip_whitespace=True, allow_inf_nan=False
    )


class Query(BaseModel):
    """Query parameters: text, hence not strict; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Output(BaseModel):
    """Describes a document. PostgreSQL writes it, so nothing here may compute."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class Resource(Output):
    id: UUID
    version: Annotated[int, Field(ge=1, description="Counts the changes; part of the ETag.")]
    created_at: AwareDatetime
    updated_at: AwareDatetime


class PageQuery(Query):
    cursor: Annotated[
        str | None,
        Field(max_length=2_000, description="Where the last page ended: its `next_cursor`."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=200, description="Items on a page.")] = 50


class Page(Output, Generic[T]):
    """Name it once per resource: `class GoalPage(Page[Goal])`."""

    items: list[T]
    next_cursor: Annotated[
        str | None, Field(description="Send it as `cursor` for the next page; null on the last.")
    ]

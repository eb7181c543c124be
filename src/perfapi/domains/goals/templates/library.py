"""The library that comes along: written for perfapi, in four languages side by side."""

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from perfapi.domains.goals.languages import GoalLanguage

from .models import GoalFunction
from .schemas import LibraryFilter, Measured


class _Typed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Typed):
    """The same in every language."""

    en: str
    de: str
    it: str
    nl: str

    def in_language(self, language: GoalLanguage) -> str:
        return str(getattr(self, language.value))


class Measure(_Typed):
    title: Words
    kind: Measured
    unit: Words | None
    start: Decimal
    target: Decimal


class Entry(_Typed):
    key: str
    function: GoalFunction
    title: Words
    description: Words
    key_results: list[Measure]


@cache
def library() -> tuple[Entry, ...]:
    content = (files(__package__) / "library.json").read_bytes()
    return TypeAdapter(tuple[Entry, ...]).validate_json(content)


def find_templates(wanted: LibraryFilter) -> list[dict[str, Any]]:
    """In the order of the library, as documents of `LibraryTemplate`."""
    return [
        _document(entry, wanted.language)
        for entry in library()
        if wanted.function in (None, entry.function)
        and (wanted.q or "").lower() in entry.title.in_language(wanted.language).lower()
    ]


def _document(entry: Entry, language: GoalLanguage) -> dict[str, Any]:
    return {
        "key": entry.key,
        "function": entry.function,
        "title": entry.title.in_language(language),
        "description": entry.description.in_language(language),
        "key_results": [
            {
                "title": measure.title.in_language(language),
                "kind": measure.kind,
                "unit": measure.unit and measure.unit.in_language(language),
                "start": str(measure.start),
                "target": str(measure.target),
            }
            for measure in entry.key_results
        ],
    }

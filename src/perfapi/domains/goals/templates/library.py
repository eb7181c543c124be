"""The library that comes along: written for perfapi, in four languages side by side."""

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.models import KeyResultKind

from .models import GoalFunction
from .schemas import LibraryFilter


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


class Step(_Typed):
    title: Words
    weight: Decimal = Decimal(1)
    due_after_days: int | None = None


class Measure(_Typed):
    """What its kind is not told by is left out."""

    title: Words
    kind: KeyResultKind
    unit: Words | str | None = None
    """A currency and a sign are the same in every language."""
    start: Decimal | None = None
    target: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    tolerance: Decimal | None = None
    milestones: list[Step] = []


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
        "key_results": [_measure(measure, language) for measure in entry.key_results],
    }


def _measure(measure: Measure, language: GoalLanguage) -> dict[str, Any]:
    figures = {
        name: figure if (figure := getattr(measure, name)) is None else str(figure)
        for name in ("start", "target", "lower", "upper", "tolerance")
    }
    unit = measure.unit
    return figures | {
        "title": measure.title.in_language(language),
        "kind": measure.kind,
        "unit": unit.in_language(language) if isinstance(unit, Words) else unit,
        "weight": "1",
        "milestones": [
            {
                "title": step.title.in_language(language),
                "weight": str(step.weight),
                "due_after_days": step.due_after_days,
            }
            for step in measure.milestones
        ],
    }

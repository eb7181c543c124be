"""Texts of the trade, by language and rule: the words that a rule speaks of stand in brackets."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.remarks import CoachRule, Span

WORDING = [
    CoachRule.LOADED,
    CoachRule.PERSONALITY,
    CoachRule.ABSOLUTE,
    CoachRule.HEDGED,
    CoachRule.VAGUE_ADJECTIVE,
]


class Example(NamedTuple):
    language: CoachLanguage
    rule: CoachRule
    text: str
    spans: list[Span]


@cache
def _content(language: CoachLanguage) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))


def of_rule(language: CoachLanguage, rule: CoachRule, verdict: str) -> list[Example]:
    return [
        Example(language, rule, *_without_brackets(marked))
        for marked in _content(language)[rule][verdict]
    ]


def of_content(language: CoachLanguage, holding: str) -> list[str]:
    return _content(language)["content"][holding]


def every_text() -> list[str]:
    return [
        _without_brackets(marked)[0]
        for language in CoachLanguage
        for texts in _content(language).values()
        for marked in (one for listed in texts.values() for one in listed)
    ]


def _without_brackets(marked: str) -> tuple[str, list[Span]]:
    spans: list[Span] = []
    for place, found in enumerate(re.finditer(r"\[([^]]*)\]", marked)):
        start = found.start() - 2 * place
        spans.append(Span(start, start + len(found[1])))
    return re.sub(r"[][]", "", marked), spans

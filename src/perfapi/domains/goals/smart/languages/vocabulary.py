from collections.abc import Mapping
from typing import Literal, NamedTuple

from perfapi.domains.goals.smart.schemas import SmartRule


class Text(NamedTuple):
    advice: str
    """`{word}` stands for the word that it is about."""
    why: str
    example: str


class Vocabulary(NamedTuple):
    vague: frozenset[str]
    """Words that mean something else to everybody."""
    work: frozenset[str]
    """Verbs of what one does, as opposed to what comes of it."""
    place_of_verb: Literal[0, -1]
    """English and Italian begin with the verb, German and Dutch end with it."""
    texts: Mapping[SmartRule, Text]


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())

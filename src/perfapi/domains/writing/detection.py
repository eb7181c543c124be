"""Which of the four languages a text is written in, told by its function words."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from .languages import CoachLanguage
from .lexicon import Words, entries
from .tokens import Token, keys_of

FEWEST = 2
"""A single such word may be a name, or belong to a quotation."""


def language_of(tokens: Iterable[Token], otherwise: CoachLanguage) -> CoachLanguage:
    """`otherwise` where the text is too short to tell, or is as much one language as another."""
    known = _function_words()
    counts = Counter(language for token in tokens for language in known.get(token.key, ()))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < FEWEST:
        return otherwise
    is_tie = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
    return otherwise if is_tie else ranked[0][0]


@cache
def _function_words() -> dict[str, list[CoachLanguage]]:
    known: dict[str, list[CoachLanguage]] = {}
    for language in CoachLanguage:
        for key in {key for entry in entries(language, Words.FUNCTION) for key in keys_of(entry)}:
            known.setdefault(key, []).append(language)
    return known

"""`word~` in a list stands for the word and its inflections, by one rule for each language.

The rules make more forms than the language has. That is harmless: nobody writes the others.
"""

from collections.abc import Callable, Iterator

from .languages import CoachLanguage

_VOWELS = frozenset("aeiou")


def inflected(word: str, language: CoachLanguage) -> set[str]:
    return {word, *_RULES[language](word)}


def _english(word: str) -> Iterator[str]:
    """Plural, or third person: player, players; boss, bosses; bully, bullies."""
    if word.endswith("y"):
        yield word[:-1] + "ies"
    yield word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _german(word: str) -> Iterator[str]:
    """Endings of an adjective: faul, faule, fauler, faules, faulen, faulem."""
    stem = word.removesuffix("e")
    yield from (stem + ending for ending in ("e", "er", "es", "en", "em"))


def _italian(word: str) -> Iterator[str]:
    """Gender and number: pigro, pigra, pigri, pigre; simpatico, simpatiche; saggio, sagge."""
    stem, last = word[:-1], word[-1]
    endings = {"o": "aie", "e": "i", "a": "ie"}[last]
    yield from (stem + ending for ending in endings)
    if stem.endswith(("c", "g")):
        yield from (f"{stem}h{ending}" for ending in "ie")
    if stem.endswith("i"):
        yield from (stem, stem[:-1] + "e")


def _dutch(word: str) -> Iterator[str]:
    """With -e: leuk, leuke; slim, slimme; traag, trage; lief, lieve; boos, boze."""
    yield word + "e"
    yield word + word[-1] + "e"
    is_long = word[-3:-2] == word[-2:-1] and word[-2:-1] in _VOWELS
    stem = word[:-2] + word[-1] if is_long else word
    voiced = {"f": "v", "s": "z"}.get(stem[-1], stem[-1])
    yield from (stem + "e", stem[:-1] + voiced + "e")


_RULES: dict[CoachLanguage, Callable[[str], Iterator[str]]] = {
    CoachLanguage.ENGLISH: _english,
    CoachLanguage.GERMAN: _german,
    CoachLanguage.ITALIAN: _italian,
    CoachLanguage.DUTCH: _dutch,
}

"""Names: taken apart, compared, and turned into the local part of an e-mail address."""

import re
import unicodedata
from typing import Literal, NamedTuple

from perfapi.domains.people.imports.text import squeeze

NameFormat = Literal["last_first", "first_last"]
NameDoubt = Literal["name_order_unexpected", "name_split_guessed"]

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
TITLES = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "mx", "herr", "frau", "dott", "dottssa", "ing", "drs", "ir"}
)
PARTICLES = frozenset(
    {
        *("von", "vom", "zu", "zum", "zur", "van", "de", "den", "der", "ter", "ten"),
        *("da", "dal", "del", "della", "dello", "di", "do", "dos", "das", "du", "la", "le", "lo"),
        *("af", "av", "al", "bin", "el", "ibn", "st"),
    }
)
# Letters that do not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
    }
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"})
_APOSTROPHES = re.compile(r"['`\u00b4\u2018\u2019\u02bc]")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9-]+")
_BETWEEN_WORDS = re.compile(r"[\s.,\-\u2010-\u2015]+")


class Name(NamedTuple):
    given: str
    family: str
    doubt: NameDoubt | None = None
    # 'Rossi Mario': managers of the same file may be written that way round as well.
    family_first: bool = False


class NameKey(NamedTuple):
    """`full` has every word; `short` drops initials, suffixes and titles; `extras` says which."""

    full: str
    short: str
    extras: frozenset[str]


def is_suffix(word: str) -> bool:
    return word.replace(".", "").casefold() in SUFFIXES


def split_name(text: str, name_format: NameFormat) -> Name:
    """'LeBlanc, Brandon  R', 'Alagbe,Trina', 'Smith, John, Jr.', 'Ludwig van der Berg', 'Cher'."""
    parts = [squeeze(part) for part in text.split(",")]
    suffixes = [part for part in parts[1:] if is_suffix(part)]
    parts = [parts[0], *(part for part in parts[1:] if part and not is_suffix(part))]
    suffix = " ".join(suffixes)
    if len(parts) > 1 and parts[0]:
        doubt: NameDoubt | None = None if name_format == "last_first" else "name_order_unexpected"
        given, trailing = _without_suffix(" ".join(parts[1:]))
        return _name(given, squeeze(f"{parts[0]} {trailing} {suffix}"), doubt)
    words, trailing = _without_suffix(" ".join(part for part in parts if part))
    suffix = squeeze(f"{trailing} {suffix}")
    if name_format == "last_first":
        return _family_first(words.split(), suffix)
    return _given_first(words.split(), suffix)


def _name(given: str, family: str, doubt: NameDoubt | None) -> Name:
    # Somebody of one name has it as the given name.
    return Name(given, family, doubt) if given else Name(family, "", doubt)


def _without_suffix(words: str) -> tuple[str, str]:
    start, _, end = words.rpartition(" ")
    return (start, end) if start and is_suffix(end) else (words, "")


def _given_first(words: list[str], suffix: str) -> Name:
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    return _name(" ".join(words[:start]), squeeze(f"{' '.join(words[start:])} {suffix}"), None)


def _family_first(words: list[str], suffix: str) -> Name:
    if len(words) < 2:
        return _name("", squeeze(f"{' '.join(words)} {suffix}"), None)
    end = 1
    while end < len(words) - 1 and words[end - 1].casefold() in PARTICLES:
        end += 1
    family = squeeze(f"{' '.join(words[:end])} {suffix}")
    return Name(" ".join(words[end:]), family, "name_split_guessed", family_first=True)


def fold(text: str) -> str:
    """Lower case without accents: the same name however it was typed."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def name_key(name: str) -> NameKey:
    """The key of a name written given name first."""
    folded = _APOSTROPHES.sub("", fold(name))
    words = [word for word in _BETWEEN_WORDS.split(folded) if word]
    kept = [
        word
        for position, word in enumerate(words)
        if not (
            word in SUFFIXES
            or (position == 0 and word in TITLES)
            or (len(word) == 1 and position > 0)
        )
    ]
    if len(kept) < 2:
        kept = words
    extras = frozenset(words) - frozenset(kept) - TITLES
    return NameKey(" ".join(words), " ".join(kept), extras)


def key_of_reference(text: str) -> NameKey:
    """The key of a manager's name, which may be written 'First Last' or 'Last, First'."""
    if "," in text:
        name = split_name(text, "first_last")
        return name_key(f"{name.given} {name.family}")
    return name_key(text)


def transliterate(text: str) -> str:
    """ASCII for an e-mail address: ä to ae, é to e, ß to ss; what has no such form is dropped."""
    if text.isascii():
        return _NOT_ASCII_WORD.sub("", text.lower())
    composed = unicodedata.normalize("NFC", text).casefold().translate(_GERMAN)
    return _NOT_ASCII_WORD.sub("", fold(composed))


def email_words(given: str, family: str) -> tuple[str, str]:
    """First and last name as parts of an address: no initials, suffixes, spaces or apostrophes."""
    return transliterate(_without_initials(given)), transliterate(_without_suffix(family)[0])


def _without_initials(given: str) -> str:
    words = given.split()
    if len(words) == 1:
        return given
    return " ".join(word for word in words if len(word.replace(".", "")) > 1) or given

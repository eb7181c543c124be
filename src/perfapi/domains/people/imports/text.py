"""Text as it comes out of exports: spaces of all kinds, invisible and unprintable characters."""

import re
import unicodedata
from typing import NamedTuple

# Format characters without a width. Joiners stay: Persian and Indic names are spelled with them.
_JOINERS = {"\u200c", "\u200d"}
_CONTROLS = {"Cc", "Cs"}


class Tidied(NamedTuple):
    text: str
    has_control: bool
    lost_invisible: bool


def squeeze(text: str) -> str:
    """Runs of white space, line breaks among them, become one space; none at the ends."""
    return " ".join(text.split())


def tidy(text: str) -> Tidied:
    """Squeezed, composed (NFC) and without invisible characters, saying what was found."""
    squeezed = squeeze(text)
    if squeezed.isascii() and squeezed.isprintable():
        return Tidied(squeezed, False, False)
    categories = [unicodedata.category(character) for character in squeezed]
    kept = "".join(
        character
        for character, category in zip(squeezed, categories, strict=True)
        if character in _JOINERS or category not in ("Cf", *_CONTROLS)
    )
    return Tidied(
        squeeze(unicodedata.normalize("NFC", kept)),
        has_control=not _CONTROLS.isdisjoint(categories),
        lost_invisible=any(
            category == "Cf" and character not in _JOINERS
            for character, category in zip(squeezed, categories, strict=True)
        ),
    )


def squash(header: str) -> str:
    """A header as a word to compare: 'Employee_Name' and 'employee name' are both employeename."""
    decomposed = unicodedata.normalize("NFKD", header.casefold().translate(_UMLAUTS))
    return re.sub(r"[^a-z0-9]+", "", decomposed)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

from enum import StrEnum


class Language(StrEnum):
    """What perfapi speaks by itself."""

    ENGLISH = "en"
    GERMAN = "de"
    ITALIAN = "it"
    DUTCH = "nl"

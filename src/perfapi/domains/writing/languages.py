from enum import StrEnum


class Language(StrEnum):
    """What the coach reads."""

    ENGLISH = "en"
    GERMAN = "de"
    ITALIAN = "it"
    DUTCH = "nl"

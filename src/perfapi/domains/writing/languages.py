from enum import StrEnum


class CoachLanguage(StrEnum):
    """What the coach reads."""

    ENGLISH = "en"
    GERMAN = "de"
    ITALIAN = "it"
    DUTCH = "nl"

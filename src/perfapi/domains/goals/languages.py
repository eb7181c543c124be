from enum import StrEnum


class GoalLanguage(StrEnum):
    """What perfapi speaks by itself."""

    ENGLISH = "en"
    GERMAN = "de"
    ITALIAN = "it"
    DUTCH = "nl"

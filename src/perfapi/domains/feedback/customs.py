"""How an organization gives feedback: which audiences it offers, and what it does by default."""

from typing import Any

from .models import FeedbackKind, FeedbackVisibility

SECTION = "feedback"
"""Of the organization's settings."""

CHOICES: dict[FeedbackKind, list[FeedbackVisibility]] = {
    FeedbackKind.PRAISE: [
        FeedbackVisibility.PUBLIC,
        FeedbackVisibility.TEAM,
        FeedbackVisibility.RECIPIENT,
        FeedbackVisibility.RECIPIENT_AND_MANAGER,
    ],
    FeedbackKind.ADVICE: [
        FeedbackVisibility.RECIPIENT,
        FeedbackVisibility.RECIPIENT_AND_MANAGER,
        FeedbackVisibility.MANAGER,
    ],
}
"""What an organization may offer to those who give unasked. `requester` is for answers."""

USUAL: dict[FeedbackKind, FeedbackVisibility] = {
    FeedbackKind.PRAISE: FeedbackVisibility.PUBLIC,
    FeedbackKind.ADVICE: FeedbackVisibility.RECIPIENT,
}
"""By default; where the organization does not offer it, the first that it does."""

DEFAULTS: dict[str, Any] = {
    "praise_visibilities": [choice.value for choice in CHOICES[FeedbackKind.PRAISE]],
    "advice_visibilities": [choice.value for choice in CHOICES[FeedbackKind.ADVICE]],
    "new_managers_read_older": False,
    "coach_off": [],
}
"""As they are stored."""


def offered(settings: dict[str, Any], kind: FeedbackKind) -> list[FeedbackVisibility]:
    """In the order of `CHOICES`, which begins with the widest."""
    said = settings[f"{kind.value}_visibilities"]
    return [choice for choice in CHOICES[kind] if choice.value in said]


def usual(settings: dict[str, Any], kind: FeedbackKind) -> FeedbackVisibility:
    choices = offered(settings, kind)
    return USUAL[kind] if USUAL[kind] in choices else choices[0]

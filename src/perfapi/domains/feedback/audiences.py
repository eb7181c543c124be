"""Whom each visibility speaks to besides the giver, and what makes it narrower or wider.

Narrowing is the giver's to do at any time. Widening brings readers whom nobody reckoned with when
it was written, so that giver and receivers agree first, all of them; only to let the receivers
themselves read it takes the giver alone.
"""

from enum import StrEnum

from .models import FeedbackVisibility


class Reader(StrEnum):
    RECEIVER = "receiver"
    MANAGER = "manager"
    """The one whom a receiver reports to by a primary line, directly."""
    TEAM = "team"
    """Who is in a team with a receiver, or leads one."""
    REQUESTER = "requester"
    EVERYBODY = "everybody"


AUDIENCES: dict[FeedbackVisibility, frozenset[Reader]] = {
    FeedbackVisibility.PUBLIC: frozenset(Reader),
    FeedbackVisibility.TEAM: frozenset({Reader.RECEIVER, Reader.TEAM}),
    FeedbackVisibility.RECIPIENT: frozenset({Reader.RECEIVER}),
    FeedbackVisibility.RECIPIENT_AND_MANAGER: frozenset({Reader.RECEIVER, Reader.MANAGER}),
    FeedbackVisibility.MANAGER: frozenset({Reader.MANAGER}),
    FeedbackVisibility.REQUESTER: frozenset({Reader.REQUESTER}),
}


def read_by(reader: Reader) -> list[FeedbackVisibility]:
    """The visibilities that name this reader, but for `public`, which names everybody."""
    return [
        visibility
        for visibility, audience in AUDIENCES.items()
        if reader in audience and Reader.EVERYBODY not in audience
    ]


def is_narrower(before: FeedbackVisibility, after: FeedbackVisibility) -> bool:
    """Nobody joins."""
    return AUDIENCES[after] <= AUDIENCES[before]


def opens_to_receivers_only(before: FeedbackVisibility, after: FeedbackVisibility) -> bool:
    """Nobody joins but those whom it is about."""
    return AUDIENCES[after] - AUDIENCES[before] == {Reader.RECEIVER}

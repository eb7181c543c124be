"""Ids of goals that are set in bulk follow from the operation, their place and their owner.

So an operation that is started again after a crash finds its own work and sets nothing twice, and
what it set is found again later without a list of it.
"""

from hashlib import blake2b
from uuid import UUID


def derived(operation: UUID, *parts: object) -> UUID:
    """A UUIDv7 of the operation's moment whose rest follows from the parts."""
    digest = blake2b(" ".join(map(str, (operation, *parts))).encode(), digest_size=10).digest()
    moment = operation.int >> 80
    chance = int.from_bytes(digest, "big")
    high, low = (chance >> 62) & 0xFFF, chance & ((1 << 62) - 1)
    return UUID(int=moment << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def of_its_moment(operation: UUID) -> tuple[UUID, UUID]:
    """The first and the last id that could have been derived from it."""
    moment = operation.int >> 80 << 80
    return UUID(int=moment), UUID(int=moment | (1 << 80) - 1)

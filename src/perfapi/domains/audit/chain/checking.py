"""Walks along the chain and says where it breaks first, and by what.

Everything is judged from two neighbours and the head, so that a log of any length is walked in
pages. Whoever may write to the database may also rewrite the chain and its head: an anchor, a head
that somebody kept elsewhere, tells that as well.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

from perfapi.core.chain import Entry


class Break(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Head:
    count: int
    position: int
    chain: bytes


class Broken(Exception):
    def __init__(self, by: Break, at: int) -> None:
        super().__init__(f"{by} at {at}")
        self.by = by
        self.at = at


@dataclass
class Walk:
    """As far as it has come, the log is whole."""

    head: Head
    chain: bytes
    """Of the last entry; before the first, where the chain begins."""
    missing: int
    """How many entries the head tells of that are not there; below zero: there are too many."""
    anchor: Head | None = None
    count: int = 0
    position: int = 0
    erased: int = 0

    async def along(self, entries: AsyncIterator[Entry]) -> None:
        if self.anchor is not None and self.anchor.position == 0:
            self._hold_against(self.anchor)
        entry = await anext(entries, None)
        while entry is not None:
            following = await anext(entries, None)
            self._step(entry, following)
            entry = following
        self._end()

    def _step(self, entry: Entry, following: Entry | None) -> None:
        # What is proven to have stood here and does not any more, comes first.
        anchor = self.anchor
        if anchor is not None and self.position < anchor.position < entry.position:
            raise Broken(Break.REMOVED, anchor.position)
        if not (entry.is_intact and entry.follows(self.chain)):
            raise self._what_happened(entry, following)
        assert entry.chain is not None
        self.count += 1
        self.position, self.chain = entry.position, entry.chain
        self.erased += entry.is_erased
        if anchor is not None and anchor.position == entry.position:
            self._hold_against(anchor)

    def _what_happened(self, entry: Entry, following: Entry | None) -> Broken:
        if self._goes_on_from(self.chain, following):
            return Broken(Break.INSERTED, entry.position)
        if not entry.is_intact:
            tells_more = self.missing < 0 and not entry.follows(self.chain)
            return Broken(Break.INSERTED if tells_more else Break.CHANGED, entry.position)
        if self.missing > 0:
            return Broken(Break.REMOVED, entry.position)
        if self.missing < 0:  # the one before was forged so well that it follows
            return Broken(Break.INSERTED, self.position or entry.position)
        return Broken(Break.CHANGED, entry.position)

    def _goes_on_from(self, chain: bytes, following: Entry | None) -> bool:
        if following is None:
            return self.head.chain == chain
        return following.is_intact and following.follows(chain)

    def _hold_against(self, anchor: Head) -> None:
        if (self.chain, self.count) != (anchor.chain, anchor.count):
            raise Broken(Break.CHANGED, anchor.position)

    def _end(self) -> None:
        if self.anchor is not None and self.anchor.position > self.position:
            raise Broken(Break.REMOVED, self.anchor.position)
        if Head(self.count, self.position, self.chain) != self.head:
            at_the_end = self.position < self.head.position
            raise Broken(Break.REMOVED if at_the_end else Break.CHANGED, self.head.position)

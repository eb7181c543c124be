"""UUIDs of version 7 (RFC 9562): they sort by the moment of their making."""

import secrets
import threading
import time
from uuid import UUID

_turn = threading.Lock()
_latest = 0


def uuid7() -> UUID:
    """Of one process, each sorts behind the one before it: `publish(session, first, second)`."""
    global _latest
    # 48 bits of milliseconds and, in the 12 bits behind them, what is left of one in 4096 parts.
    now = (time.time_ns() << 12) // 1_000_000
    with _turn:
        now = _latest = max(now, _latest + 1)
    value = (now >> 12 & (2**48 - 1)) << 80
    value |= 0x7 << 76 | (now & 0xFFF) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)

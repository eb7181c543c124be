"""Valkeys that can be stalled, stopped or silent, and limiters for them."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from perfapi.core.ratelimit import Limiter
from perfapi.embedded.valkey import EmbeddedValkey

NOWHERE = "redis://127.0.0.1:1/0"
"""Nobody listens there."""


class Valkey:
    """A server of our own, because it is to be stalled and stopped."""

    def __init__(self, folder: Path) -> None:
        self._server = EmbeddedValkey(folder, durable=False)
        self._server.start()
        self.url, self._port = self._server.url(), self._server.port

    def start(self) -> None:
        """Again, at the same address."""
        self._server.start(port=self._port)
        assert self._server.url() == self.url

    def stop(self) -> None:
        self._server.stop()

    def stall(self) -> None:
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        assert self._server.process
        self._server.process.send_signal(which)


class Silent:
    """Accepts connections and never answers."""

    def __init__(self) -> None:
        self.met = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.met += 1
        while await reader.read(1000):
            pass
        writer.close()
        await writer.wait_closed()


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@asynccontextmanager
async def limiting(
    url: str, clock: Callable[[], float] = time.monotonic, patience: float = 0.5
) -> AsyncIterator[Limiter]:
    """More patience than in production, so that a busy machine does not look like a slow Valkey."""
    limiter = Limiter(url, clock=clock, patience=patience)
    yield limiter
    await limiter.aclose()

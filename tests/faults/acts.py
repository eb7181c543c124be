"""The faults, as acts that can be strung together: `await kill_postgres(house)`."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from redis.asyncio import Redis

from .house import House


async def kill_api(house: House) -> None:
    await asyncio.to_thread(house.kill, "api")


async def kill_worker(house: House) -> None:
    await asyncio.to_thread(house.kill, "worker")


async def kill_valkey(house: House) -> None:
    assert house.valkey.process is not None
    house.valkey.process.kill()


async def kill_postgres(house: House) -> None:
    """All of its processes at once: none gets to tidy up, and recovery follows."""
    await asyncio.to_thread(_send, signal.SIGKILL, _of_postgres(house))


async def flush_valkey(house: House) -> None:
    async with Redis.from_url(house.valkey.url()) as client:
        await client.flushall()


@asynccontextmanager
async def stalled_postgres(house: House) -> AsyncIterator[None]:
    """It keeps its connections, takes new ones, and does nothing."""
    async with _stopped(_of_postgres(house)):
        yield


@asynccontextmanager
async def stalled_valkey(house: House) -> AsyncIterator[None]:
    assert house.valkey.process is not None
    async with _stopped([house.valkey.process.pid]):
        yield


@asynccontextmanager
async def _stopped(processes: list[int]) -> AsyncIterator[None]:
    _send(signal.SIGSTOP, processes)
    try:
        yield
    finally:
        _send(signal.SIGCONT, processes)


def _of_postgres(house: House) -> list[int]:
    """The postmaster first, so that it does not start anew what it loses."""
    assert house.postgres.process is not None
    postmaster = house.postgres.process.pid
    return [postmaster, *_children(postmaster)]


def _children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdecimal():
                status = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                if int(status[1]) == parent:
                    found.append(int(folder.name))
    return found


def _send(number: signal.Signals, processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)

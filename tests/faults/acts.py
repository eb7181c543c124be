"""The faults, as acts that can be strung together: `await kill_postgres(house)`."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from .house import House


async def kill_api(house: House) -> None:
    await asyncio.to_thread(house.kill, "api")


async def kill_worker(house: House) -> None:
    await asyncio.to_thread(house.kill, "worker")


async def kill_valkey(house: House) -> None:
    _send(signal.SIGKILL, _of_valkey(house))


async def kill_postgres(house: House) -> None:
    """All of its processes at once: none gets to tidy up, and recovery follows."""
    await asyncio.to_thread(_send, signal.SIGKILL, _of_postgres(house))


async def flush_valkey(house: House) -> None:
    """If it is there, which it is not between its end and its next start."""
    if house.valkey.is_running:
        with suppress(RedisError):
            async with Redis.from_url(house.servers.redis_url) as client:
                await client.flushall()


@asynccontextmanager
async def stalled_postgres(house: House) -> AsyncIterator[None]:
    """It keeps its connections, takes new ones, and does nothing."""
    async with _stopped(_of_postgres(house)):
        yield


@asynccontextmanager
async def stalled_valkey(house: House) -> AsyncIterator[None]:
    async with _stopped(_of_valkey(house)):
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
    postmaster = house.postgres.process
    return [] if postmaster is None else [postmaster.pid, *_children(postmaster.pid)]


def _of_valkey(house: House) -> list[int]:
    """None between its end and its next start."""
    server = house.valkey.process
    return [] if server is None else [server.pid]


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

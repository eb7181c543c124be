"""Many clients at work while something goes wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import httpx

from .clients import Client, Ledger, Stream
from .company import Company
from .house import House

Fault = Callable[[House], Awaitable[object]]


async def work_through(
    trouble: Callable[[], Awaitable[None]],
    streams: Iterable[Stream],
    *,
    house: House,
    company: Company,
    http: httpx.AsyncClient,
    ledger: Ledger,
) -> None:
    """Until the trouble is over, and everybody has an answer; nothing but the house mends it."""
    over = asyncio.Event()
    clients = [Client(http, ledger, number) for number, _ in enumerate(streams)]

    async def cause() -> None:
        try:
            await trouble()
        finally:
            over.set()

    async with house.mended(), asyncio.TaskGroup() as tasks:
        for client, stream in zip(clients, streams, strict=True):
            tasks.create_task(stream(client, company, over))
        tasks.create_task(cause())

"""Who hangs, is full or goes away in the middle is no reason for anybody else to wait for ever."""

import asyncio
import json
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from . import acts
from .checker import find_faults
from .clients import LONGEST_ANSWER, Client, Ledger, check_ins, goals_in_bulk, imports, invitations
from .company import Company
from .house import House
from .storm import work_through

ALL = [check_ins, check_ins, check_ins, goals_in_bulk, imports, invitations]


@pytest.mark.whole
async def test_a_stalled_postgres_is_told_of(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    async def trouble() -> None:
        await asyncio.sleep(1)
        async with acts.stalled_postgres(house):
            await asyncio.sleep(LONGEST_ANSWER + 5)
        await house.until_ready()

    await work_through(trouble, ALL, house=house, company=company, http=http, ledger=ledger)

    assert ledger.invited_to_retry
    assert await find_faults(house, company, ledger) == []


@pytest.mark.whole
async def test_a_stalled_and_an_emptied_valkey_stop_nobody(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    async def trouble() -> None:
        for _ in range(3):
            await asyncio.sleep(1)
            await acts.flush_valkey(house)
        async with acts.stalled_valkey(house):
            before = len(ledger.acknowledged("check_in"))
            await asyncio.sleep(5)
            assert len(ledger.acknowledged("check_in")) > before + 3

    await work_through(trouble, ALL, house=house, company=company, http=http, ledger=ledger)

    assert ledger.invited_to_retry + ledger.cut == 0
    assert await find_faults(house, company, ledger) == []


@pytest.mark.whole
async def test_a_full_pool_is_told_of(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    """Six times as many requests as there are connections, all of which wait for a lock."""
    path = f"/v1/key-results/{company.key_results[0]}/check-ins"
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(
        base_url=house.address, headers=http.headers, timeout=LONGEST_ANSWER, limits=limits
    ) as crowd:
        clients = [Client(crowd, ledger, number) for number in range(60)]
        async with house.locked("check_ins"):
            body = {"value": "1", "comment": "{key}"}
            waiting = [
                asyncio.create_task(client.insist("check_in", path, json=body))
                for client in clients
            ]
            await asyncio.sleep(8)
        await asyncio.gather(*waiting)

    assert ledger.invited_to_retry
    assert len(ledger.acknowledged("check_in")) == 60
    assert await find_faults(house, company, ledger) == []


async def test_clients_that_leave_in_the_middle(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    """Half of a request is none; whether one was heard of whose answer nobody waited for, is
    found out by sending it again."""
    path = f"/v1/key-results/{company.key_results[0]}/check-ins"
    for number in range(12):
        await _leave(house, http, path, uuid4().hex, keep=0.8)
        act = Client(http, ledger).begin("check_in")
        await _leave(house, http, path, act.key, keep=1, after=0.01 * number)
        await Client(http, ledger).insist(
            "check_in", path, act=act, json={"value": "7", "comment": act.key}
        )

    assert len(ledger.acknowledged("check_in")) == 12
    assert await find_faults(house, company, ledger) == []


async def _leave(
    house: House,
    http: httpx.AsyncClient,
    path: str,
    key: str,
    *,
    keep: float,
    after: float = 0.05,
) -> None:
    """Sends so much of the request and is gone so many seconds later."""
    body = json.dumps({"value": "7", "comment": key}, separators=(",", ":"))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: here\r\nAuthorization: {http.headers['Authorization']}\r\n"
        f"Idempotency-Key: {key}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    there = urlsplit(house.address)
    _, writer = await asyncio.open_connection(there.hostname, there.port)
    writer.write((head + body[: int(len(body) * keep)]).encode())
    await writer.drain()
    await asyncio.sleep(after)
    writer.transport.abort()

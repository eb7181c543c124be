"""Who hangs or is full is no reason for anybody to wait for ever."""

import asyncio

import httpx
import pytest

from . import acts
from .checker import find_faults
from .clients import ALL, LONGEST_ANSWER, Client, Ledger
from .company import Company
from .house import House
from .storm import work_through


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

"""Clocks that are wrong by a day: what is decided by time, PostgreSQL's clock decides.

Its own clock cannot be shifted here; it is the one that all others are compared with.
"""

import asyncio
import random

import httpx
import pytest

from . import acts
from .checker import find_faults
from .clients import LONGEST_ANSWER, Ledger, check_ins, goals_in_bulk, imports, invitations
from .company import Company
from .house import House
from .proxy import LossyProxy
from .storm import work_through

A_DAY = 25 * 3600


@pytest.mark.whole
@pytest.mark.parametrize(
    ("api", "worker"),
    [
        pytest.param(A_DAY, -A_DAY, id="the API is ahead, the worker behind"),
        pytest.param(-A_DAY, A_DAY, id="the API is behind, the worker ahead"),
    ],
)
async def test_a_wrong_clock_changes_nothing(
    api: int, worker: int, house: House, company: Company, ledger: Ledger
) -> None:
    await house.ask("api", FAULTS_CLOCK=str(api))
    await house.ask("worker", FAULTS_CLOCK=str(worker))
    await house.until_ready()
    dice = random.Random(5)

    async def trouble() -> None:
        await asyncio.sleep(4)
        await acts.kill_worker(house)  # the next one plans what is due as well
        await asyncio.sleep(6)

    async with (
        LossyProxy(house.address, lambda: dice.random() < 0.3) as proxy,
        httpx.AsyncClient(base_url=house.address, timeout=LONGEST_ANSWER) as http,
        httpx.AsyncClient(base_url=proxy.address, timeout=LONGEST_ANSWER) as lossy,
    ):
        await company.sign_in(http)
        lossy.headers = http.headers
        streams = [check_ins, check_ins, goals_in_bulk, imports, invitations]
        await work_through(
            trouble, streams, house=house, company=company, http=lossy, ledger=ledger
        )

    assert proxy.lost > 5
    assert await find_faults(house, company, ledger) == []

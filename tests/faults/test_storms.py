"""Whatever is killed, and whenever, while people work: nothing that was acknowledged is lost,
nothing is done twice, nothing is half done."""

import asyncio
import random

import httpx
import pytest

from . import acts
from .checker import find_faults
from .clients import ALL, Ledger
from .company import Company
from .house import House
from .storm import Fault, work_through

FAULTS: list[Fault] = [
    acts.kill_worker,
    acts.kill_postgres,
    acts.kill_valkey,
    acts.flush_valkey,
    acts.kill_api,
]


@pytest.mark.whole
@pytest.mark.parametrize("seed", [1, 2])
async def test_anything_dies_at_any_time(
    seed: int, house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    dice = random.Random(seed)

    async def trouble() -> None:
        for _ in range(12):
            await asyncio.sleep(dice.uniform(0.2, 3))
            await dice.choice(FAULTS)(house)
        await house.until_ready()

    await work_through(trouble, ALL, house=house, company=company, http=http, ledger=ledger)

    assert await find_faults(house, company, ledger) == []
    assert ledger.acknowledged("check_in")

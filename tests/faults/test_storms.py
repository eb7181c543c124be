"""Everything is killed at any time while people check in, set goals in bulk and import: nothing
that was acknowledged is lost, nothing is done twice, nothing is half done."""

import asyncio

import httpx

from . import acts
from .checker import find_faults
from .clients import Ledger, check_ins, goals_in_bulk, imports, invitations
from .company import Company
from .house import House
from .storm import work_through

ALL = [check_ins, check_ins, check_ins, goals_in_bulk, imports, invitations]


async def test_each_process_is_killed_in_turn(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    async def trouble() -> None:
        for kill in (acts.kill_worker, acts.kill_postgres, acts.kill_valkey, acts.kill_api):
            await asyncio.sleep(1.5)
            await kill(house)
        await house.until_ready()
        await asyncio.sleep(1)

    await work_through(trouble, ALL, house=house, company=company, http=http, ledger=ledger)

    assert await find_faults(house, company, ledger) == []
    for kind in ("check_in", "bulk", "import", "apply", "invitation"):
        assert ledger.acknowledged(kind), kind
    assert ledger.cut

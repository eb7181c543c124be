"""(h) From start to ready, and what API and worker hold in memory."""

import asyncio

from .goal_list import PATH
from .house import House
from .load import load
from .processes import Process
from .table import Row, mb

REQUESTS = 10_000


async def measure(house: House) -> list[Row]:
    async with house.api() as api:
        ready = api.seconds_to_ready
        await api.sign_in(house.company.manager)
        idle = api.process.memory()
        headers = await api.sign_in(house.company.manager)
        await load(api.address + "/v1/me", headers, amount=REQUESTS - 500)
        await load(api.address + PATH, headers, amount=500)
        after = api.process.memory()
    process = Process(
        "perfapi.cli", "worker", log=house.home / "worker.log", env=house.environment()
    )
    try:
        await asyncio.sleep(8)
        worker = process.memory()
    finally:
        process.stop()
    return [
        Row("API: start to ready", f"{ready:.1f} s"),
        Row("… memory when idle", mb(idle)),
        Row(f"… memory after {REQUESTS:,} requests", mb(after)),
        Row("worker: memory when idle", mb(worker)),
    ]

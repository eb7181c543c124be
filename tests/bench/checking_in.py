"""(c) Check-ins at the bottom of a tree of goals: alone, and by eight at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import NamedTuple
from uuid import UUID

import httpx

from perfapi.core.operations import Work
from perfapi.domains.goals.jobs import recompute_goals

from .house import Api, House
from .processes import server_times
from .table import Row, middle, ms

ROUTE = "/key-results/{key_result_id}/check-ins"
ALONE, WARM_UP, CLIENTS, EACH = 200, 40, 8, 40
BOUND = 0.015

CheckIn = Callable[[UUID], Awaitable[int]]


async def measure(house: House) -> list[Row]:
    values = count(1)
    async with house.api() as api:
        headers = await api.sign_in(house.company.administrator)
        async with httpx.AsyncClient(base_url=api.address, headers=headers, timeout=30) as client:

            async def check_in(key_result: UUID) -> int:
                address = f"/v1/key-results/{key_result}/check-ins"
                value = str(next(values) * 7 % 101)
                return (await client.post(address, json={"value": value})).status_code

            bottom = house.company.deepest
            for number in range(WARM_UP):
                assert await check_in(bottom[number % len(bottom)]) == 201
            alone = await _alone(house, api, check_in, bottom)
            began = time.perf_counter()
            answers = await asyncio.gather(
                *(_one_of_many(check_in, bottom[n::CLIENTS]) for n in range(CLIENTS))
            )
            took = time.perf_counter() - began
    refused = sum(status != 201 for some in answers for status in some)
    drift = (await recompute_goals(work(house)))["drift"]
    return [
        Row("check-in six levels deep: server time, half of them", ms(alone.middle), "< 15 ms",
            alone.middle < BOUND),
        Row("… the fastest tenth of them", ms(alone.fast)),
        Row("… processor for one: of the API, of PostgreSQL",
            f"{ms(alone.cpu)}, {ms(alone.postgres)}"),
        Row(f"… {CLIENTS} at once on one tree: refused or failed", str(refused), "0",
            refused == 0),
        Row("… check-ins per second by them", f"{CLIENTS * EACH / took:.0f}"),
        Row("… drift afterwards", str(drift), "0", drift == 0),
    ]  # fmt: skip


class Alone(NamedTuple):
    middle: float
    """Seconds that half of them took at most."""
    fast: float
    """And the fastest tenth, which nobody disturbed."""
    cpu: float
    postgres: float
    """Seconds of processor for each, of the API and of PostgreSQL."""


async def _alone(house: House, api: Api, check_in: CheckIn, bottom: tuple[UUID, ...]) -> Alone:
    begin = api.process.log.stat().st_size
    cpu, postgres = api.process.cpu(), await house.cpu_of_postgres()
    for number in range(ALONE):
        assert await check_in(bottom[number % len(bottom)]) == 201
    cpu, postgres = api.process.cpu() - cpu, await house.cpu_of_postgres() - postgres
    times = sorted(server_times(api.process.log, ROUTE, since=begin))
    return Alone(middle(times), times[len(times) // 10], cpu / ALONE, postgres / ALONE)


async def _one_of_many(check_in: CheckIn, bottom: tuple[UUID, ...]) -> list[int]:
    return [await check_in(bottom[number % len(bottom)]) for number in range(EACH)]


def work(house: House) -> Work:
    """What an operation is given, without an operation that anybody watches."""

    async def renew() -> None:
        return

    return Work(house.sessions, house.company.organization, house.company.top, None, {}, renew)

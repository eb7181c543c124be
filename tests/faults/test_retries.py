"""Requests that are sent again: at once, after their answer was lost, after the API was killed."""

import asyncio
import random
import time
from contextlib import suppress
from uuid import uuid4

import httpx

from tests.servers import Servers

from .conftest import PATIENCE, Company, House, as_owner
from .proxy import LossyProxy

CHECK_INS = "SELECT id, value FROM check_ins ORDER BY id"
TOLD = "SELECT id FROM event_log WHERE topic = 'goals.checked_in'"


async def insist(client: httpx.AsyncClient, path: str, value: int) -> str:
    """Sends one check-in until it is acknowledged, and answers with its id."""
    key = {"Idempotency-Key": str(uuid4()), "Connection": "close"}
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            response = await client.post(path, json={"value": str(value)}, headers=key)
            if response.status_code == 201:
                found: str = response.json()["id"]
                return found
            assert response.status_code in {409, 503}, response.text
        await asyncio.sleep(0.05)
    raise AssertionError("it was never acknowledged")


async def test_twenty_at_once_with_one_key_are_one(
    client: httpx.AsyncClient, company: Company, test_servers: Servers, database: str
) -> None:
    path = f"/v1/key-results/{company.key_results[0]}/check-ins"
    for value in range(1, 4):
        key = {"Idempotency-Key": f"check-in {value}".replace(" ", "-")}
        answers = await asyncio.gather(
            *(client.post(path, json={"value": str(value)}, headers=key) for _ in range(20))
        )
        assert {answer.status_code for answer in answers} <= {201, 409}
        made = [answer for answer in answers if answer.status_code == 201]
        assert len({answer.content for answer in made}) == 1
        assert sum("idempotent-replayed" not in answer.headers for answer in made) == 1

    assert len(await as_owner(test_servers, database, CHECK_INS)) == 3
    assert len(await as_owner(test_servers, database, TOLD)) == 3


async def test_answers_that_are_lost_after_the_commit_are_asked_for_again(
    house: House, client: httpx.AsyncClient, company: Company, test_servers: Servers, database: str
) -> None:
    dice = random.Random(11)
    async with (
        LossyProxy(house.address, lambda: dice.random() < 0.5) as proxy,
        httpx.AsyncClient(base_url=proxy.address, headers=client.headers, timeout=10) as lossy,
    ):
        path = f"/v1/key-results/{company.key_results[0]}/check-ins"
        acknowledged = [await insist(lossy, path, value) for value in range(1, 31)]

    assert proxy.lost > 10
    found = await as_owner(test_servers, database, CHECK_INS)
    assert [str(row["id"]) for row in found] == acknowledged
    assert [row["value"] for row in found] == list(range(1, 31))
    assert len(await as_owner(test_servers, database, TOLD)) == 30


async def test_a_killed_api_leaves_each_change_done_once_or_not_at_all(
    house: House, client: httpx.AsyncClient, company: Company, test_servers: Servers, database: str
) -> None:
    acknowledged: list[str] = []
    over = asyncio.Event()

    async def stream(number: int) -> None:
        path = f"/v1/key-results/{company.key_results[number]}/check-ins"
        value = 0
        while not over.is_set() or len(acknowledged) <= 20:
            value += 1
            acknowledged.append(await insist(client, path, value))

    async def trouble() -> None:
        for _ in range(2):
            await asyncio.sleep(1.5)
            house.kill("api")
            house.start("api", "perfapi.cli", "api")
        await asyncio.sleep(3)
        over.set()

    await asyncio.gather(*(stream(number) for number in range(3)), trouble())

    found = await as_owner(test_servers, database, CHECK_INS)
    assert {str(row["id"]) for row in found} == set(acknowledged)
    assert len(found) == len(acknowledged)
    assert len(await as_owner(test_servers, database, TOLD)) == len(acknowledged)

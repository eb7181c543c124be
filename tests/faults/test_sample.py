"""What `make test` runs of the faults: in one file, so that one house is built for it."""

import asyncio
import json
import random
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from . import acts
from .checker import find_faults
from .clients import (
    ALL,
    LONGEST_ANSWER,
    Act,
    Client,
    Ledger,
    twenty_at_once,
)
from .company import Company
from .house import House
from .proxy import LossyProxy
from .storm import work_through


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


async def test_twenty_at_once_with_one_key_are_one(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    for number, value in enumerate(range(1, 4)):
        made = await twenty_at_once(http, company, f"check-in-{value}")
        assert {answer.status_code for answer in made} <= {201, 409}
        first, *others = [answer for answer in made if answer.status_code == 201]
        assert {answer.content for answer in others} <= {first.content}
        assert sum("idempotent-replayed" not in one.headers for one in (first, *others)) == 1
        ledger.acts.append(Act("check_in", f"check-in-{value}", number, "", first.json()))

    assert await find_faults(house, company, ledger) == []


async def test_answers_that_are_lost_after_the_commit_are_asked_for_again(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    dice = random.Random(11)
    async with (
        LossyProxy(house.address, lambda: dice.random() < 0.5) as proxy,
        httpx.AsyncClient(
            base_url=proxy.address, headers=http.headers, timeout=LONGEST_ANSWER
        ) as lossy,
    ):
        client = Client(lossy, ledger)
        for value in range(1, 31):
            await client.insist(
                "check_in",
                f"/v1/key-results/{company.key_results[0]}/check-ins",
                json={"value": str(value), "comment": "{key}"},
            )

    assert proxy.lost > 10
    assert len(ledger.acknowledged("check_in")) == 30
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

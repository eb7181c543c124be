"""Requests that are sent again: at once, after their answer was lost, after the API was killed."""

import asyncio
import random

import httpx

from .checker import find_faults
from .clients import LONGEST_ANSWER, Act, Client, Ledger
from .company import Company
from .house import House
from .proxy import LossyProxy


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


async def twenty_at_once(
    http: httpx.AsyncClient, company: Company, key: str
) -> list[httpx.Response]:
    path = f"/v1/key-results/{company.key_results[0]}/check-ins"
    body = {"value": "7", "comment": key}
    same = [http.post(path, json=body, headers={"Idempotency-Key": key}) for _ in range(20)]
    return await asyncio.gather(*same)


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

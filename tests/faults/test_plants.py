"""Bugs of the kinds that this harness is there for, planted: the checker names each of them."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from . import acts
from .checker import find_faults
from .clients import Act, Ledger, check_ins, goals_in_bulk, twenty_at_once
from .company import Company
from .conftest import Durable
from .house import House, running
from .storm import work_through

pytestmark = pytest.mark.whole


@pytest.fixture
async def house(durable: Durable, standing_house: House) -> AsyncIterator[House]:
    """One that may be spoilt; the other one rests meanwhile."""
    for name in standing_house.processes:
        standing_house.kill(name)
    folder = durable.folder.with_name(durable.folder.name + "-spoilt")
    folder.mkdir(exist_ok=True)
    async with running(folder, durable.postgres, durable.valkey, durable.servers) as house:
        yield house
    for name in standing_house.processes:
        standing_house.start(name)
    await standing_house.until_ready()


async def test_enqueued_before_the_commit(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    """The effect of what was never committed."""
    planted = "enqueue_before_commit"
    await house.ask("worker", FAULTS_PLANT=planted)
    await house.ask("api", FAULTS_PLANT=planted, FAULTS_CRASH="before_commit:3,before_commit:5")
    await house.until_ready()

    async def trouble() -> None:
        await house.until_crashed(2)

    await work_through(
        trouble, [check_ins, check_ins], house=house, company=company, http=http, ledger=ledger
    )

    assert _laws(await find_faults(house, company, ledger)) == {
        "an effect is there of an event that is not stored"
    }


async def test_schedules_without_their_unique_key(
    house: House, company: Company, ledger: Ledger
) -> None:
    await house.execute("DROP INDEX uq_deliveries_schedule")
    async with house.mended():
        for _ in range(2):
            await acts.kill_worker(house)
            await asyncio.sleep(6)

    assert "a schedule was planned twice" in _laws(await find_faults(house, company, ledger))


async def test_idempotency_without_its_unique_key(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    await house.ask("api", FAULTS_PLANT="key_without_lock")
    await house.execute(
        "ALTER TABLE idempotency_records "
        "DROP CONSTRAINT uq_idempotency_records_organization_id_person_id_key"
    )
    await house.until_ready()

    answers = await twenty_at_once(http, company, "the-same")
    ledger.acts.append(Act("check_in", "the-same", 0, "", answers[0].json()))

    found = _laws(await find_faults(house, company, ledger))
    assert "somebody was answered twice under one key" in found
    assert any(law.startswith("a check-in is stored") for law in found)


async def test_the_organization_is_set_for_the_whole_connection(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    for function in ("enter_organization(uuid)", "enter_session(uuid)"):
        asked = f"SELECT pg_get_functiondef('{function}'::regprocedure)"
        ((definition,),) = await house.fetch(asked)
        assert "::text, true)" in definition
        await house.execute(definition.replace("::text, true)", "::text, false)"))

    for value in range(3):
        answers = await twenty_at_once(http, company, f"check-in-{value}")
        made = next(one.json() for one in answers if one.status_code == 201)
        ledger.acts.append(Act("check_in", f"check-in-{value}", 0, "", made))

    assert _laws(await find_faults(house, company, ledger)) == {
        "a connection was handed on with a setting of who had it before"
    }


async def test_the_log_is_read_by_id_and_not_by_place(
    house: House, company: Company, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    """What commits late is never read, so that the aggregate drifts."""
    await house.ask("worker", FAULTS_PLANT="unsequenced")
    await house.ask("api", FAULTS_SLOW_COMMIT="1.0")
    await house.until_ready()
    streams = [goals_in_bulk, check_ins, check_ins, check_ins]

    async def trouble() -> None:
        await asyncio.sleep(6)

    await work_through(trouble, streams, house=house, company=company, http=http, ledger=ledger)

    found = _laws(await find_faults(house, company, ledger))
    assert "an aggregate did not read an event exactly once" in found


def _laws(found: list[str]) -> set[str]:
    """Without the names of the offenders."""
    return {one.partition(":")[0] for one in found}

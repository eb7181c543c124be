"""`kill -9` in the middle of a stream of check-ins: nothing acknowledged is lost or done twice."""

import asyncio
import time
from decimal import Decimal
from uuid import UUID

import httpx

from perfapi.core.clock import utcnow
from perfapi.core.db import Sessions
from perfapi.embedded.valkey import EmbeddedValkey
from tests.domains.goals.reckoning import recompute_beside
from tests.servers import Servers

from .conftest import PATIENCE, Company, House, as_owner


async def test_no_acknowledged_check_in_is_lost_and_no_effect_happens_twice(
    house: House,
    client: httpx.AsyncClient,
    company: Company,
    real_sessions: Sessions,
    test_servers: Servers,
    database: str,
) -> None:
    acknowledged: set[UUID] = set()
    over = asyncio.Event()

    async def stream(key_result: UUID) -> None:
        value = 0
        while not over.is_set() or len(acknowledged) <= 20:
            value += 1
            response = await client.post(
                f"/v1/key-results/{key_result}/check-ins", json={"value": str(value)}
            )
            assert response.status_code == 201, response.text
            acknowledged.add(UUID(response.json()["id"]))

    async def trouble() -> None:
        await asyncio.sleep(2)
        house.kill("worker")
        house.start_worker()
        await asyncio.sleep(2)
        port = house.kill_valkey()
        await asyncio.sleep(1)
        await asyncio.to_thread(_start_again, house.valkey, port)
        await asyncio.sleep(2)
        house.mend_worker()
        house.kill("worker")
        house.start_worker()
        await asyncio.sleep(2)
        over.set()

    await asyncio.gather(*(stream(one) for one in company.key_results), trouble())
    await _wait_for_effects(house, test_servers, database)

    found = await as_owner(test_servers, database, "SELECT id FROM check_ins")
    assert {row["id"] for row in found} == acknowledged
    effects = await as_owner(
        test_servers,
        database,
        "SELECT e.id, count(f.event_id) AS times FROM event_log e "
        "LEFT JOIN effects f ON f.event_id = e.id WHERE topic = 'goals.checked_in' GROUP BY e.id",
    )
    assert len(effects) == len(acknowledged)
    assert {row["times"] for row in effects} == {1}
    positions = await as_owner(
        test_servers, database, "SELECT position FROM event_log ORDER BY position"
    )
    assert [row["position"] for row in positions] == list(range(1, len(positions) + 1))
    states = await as_owner(test_servers, database, "SELECT DISTINCT state FROM deliveries")
    assert [row["state"] for row in states] == ["done"]
    recomputed = await recompute_beside(real_sessions, company.organization)
    assert recomputed["drift"] == 0
    progress = await as_owner(
        test_servers,
        database,
        "SELECT p.progress FROM goal_progress p JOIN goals g ON g.id = p.goal_id "
        "WHERE g.title = 'Top'",
    )
    assert progress[0]["progress"] > Decimal(0)


def _start_again(valkey: EmbeddedValkey, port: int) -> None:
    valkey.stop()
    valkey.start(port=port)


async def _wait_for_effects(house: House, servers: Servers, database: str) -> None:
    """Until nothing waits any more, with a worker that is mended as a supervisor would."""
    deadline = time.monotonic() + PATIENCE
    waiting = (
        "SELECT (SELECT count(*) FROM event_log WHERE position IS NULL) "
        "+ (SELECT count(*) FROM deliveries WHERE state = 'waiting') AS left_over"
    )
    while (await as_owner(servers, database, waiting))[0]["left_over"]:
        assert time.monotonic() < deadline, f"effects are missing at {utcnow()}"
        house.mend_worker()
        await asyncio.sleep(0.3)

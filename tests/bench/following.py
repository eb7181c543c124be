"""(g) How fast one worker follows the log: through deliveries, projections and the chain."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from perfapi.core.db import in_organization
from perfapi.core.events import Event, publish
from perfapi.domains.goals.events import CheckedIn, GoalChanged

from .house import House
from .processes import Process
from .table import Row

CHECK_INS, CHANGES = 10_000, 1_000
PATIENCE = 240.0
AIM = 5_000

_BEHIND = {
    "sequenced": "SELECT count(*) FROM event_log WHERE position IS NOT NULL",
    "projected": "SELECT count(*) FROM event_log WHERE position <= (SELECT min(position) "
    "FROM projection_offsets)",
    "chained": "SELECT count(*) FROM event_log WHERE chain IS NOT NULL",
    "delivered": "SELECT count(*) FROM deliveries WHERE state = 'done' "
    "AND subscriber LIKE '%hear_of_it'",
}


async def measure(house: House) -> list[Row]:
    goals = await house.connection.fetch("SELECT id FROM goals ORDER BY id LIMIT 2000")

    def checked_in(n: int) -> Event:
        goal = goals[n * 37 % len(goals)]["id"]
        return CheckedIn(check_in_id=goal, key_result_id=goal, goal_id=goal)

    def changed(n: int) -> Event:
        return GoalChanged(goal_id=goals[n * 37 % len(goals)]["id"], fields=["title"])

    followed = await _drain(house, CHECK_INS, checked_in, "projected", "chained")
    delivered = await _drain(house, CHANGES, changed, "delivered")
    projected = CHECK_INS / followed["projected"]
    return [
        Row("events per second of one worker, through sequencer and projections",
            f"{projected:,.0f}", f"aim {AIM:,}", projected >= AIM),
        Row("… through the chain as well", f"{CHECK_INS / followed['chained']:,.0f}"),
        Row("… through deliveries, each in a transaction of its own",
            f"{CHANGES / delivered['delivered']:,.0f}"),
    ]  # fmt: skip


async def _drain(
    house: House, amount: int, event: Callable[[int], Event], *stages: str
) -> dict[str, float]:
    """Seconds from when the worker begins until each stage has done all of them."""
    before = {stage: await _count(house, stage) for stage in _BEHIND}
    async with in_organization(house.sessions, house.company.organization) as session:
        publish(session, *(event(n) for n in range(amount)), by=None)
    process = Process("tests.bench.worker", log=house.home / "worker.log", env=house.environment())
    done: dict[str, float] = {}
    try:
        began = None
        until = time.perf_counter() + PATIENCE
        while len(done) < len(stages):
            now = time.perf_counter()
            if now > until:
                raise RuntimeError(f"the worker is too slow:\n{process.log.read_text()[-2000:]}")
            if began is None and await _count(house, "sequenced") > before["sequenced"]:
                began = now
            for stage in set(stages) - done.keys():
                if await _count(house, stage) - before[stage] >= amount:
                    done[stage] = time.perf_counter() - (began or now)
            await asyncio.sleep(0.02)
    finally:
        process.stop()
    return done


async def _count(house: House, stage: str) -> Any:
    return await house.connection.fetchval(_BEHIND[stage])

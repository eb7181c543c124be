"""(f) Everything derived, from the check-ins up: the product's proof against bare SQL."""

import time

from perfapi.core.db import in_organization
from perfapi.domains.analytics.service import recompute
from perfapi.domains.goals.jobs import recompute_goals

from . import bare
from .checking_in import work
from .filling import CHECK_INS
from .house import House
from .table import Row, ratio


async def measure(house: House) -> list[Row]:
    goals = house.company.size.goals
    bare_took = await _bare(house)
    began = time.perf_counter()
    drift = (await recompute_goals(work(house)))["drift"]
    took = time.perf_counter() - began
    began = time.perf_counter()
    async with in_organization(house.sessions, house.company.organization) as session:
        facts = await recompute(session)
    facts_took = time.perf_counter() - began
    return [
        Row("full recompute: goals, check-ins", f"{goals:,}, {goals * CHECK_INS:,}"),
        Row("… bare SQL", f"{bare_took:.2f} s"),
        Row("… of the product, in short transactions", f"{took:.2f} s"),
        Row("… how many times as long", ratio(took / bare_took)),
        Row("… drift", str(drift), "0", drift == 0),
        Row("recompute of the facts behind all numbers", f"{facts_took:.2f} s"),
        Row("… drift", str(facts["drift"]), "0", facts["drift"] == 0),
    ]


async def _bare(house: House) -> float:
    """Into tables of its own, without versions and without comparing."""
    for kept in ("key_result_progress", "goal_progress"):
        await house.connection.execute(f"CREATE TEMP TABLE bare_{kept} (LIKE {kept} INCLUDING ALL)")
    began = time.perf_counter()
    await bare.roll_up(
        house.connection,
        house.company.organization,
        key_results="bare_key_result_progress",
        goals="bare_goal_progress",
    )
    took = time.perf_counter() - began
    await house.connection.execute("DROP TABLE bare_key_result_progress, bare_goal_progress")
    return took

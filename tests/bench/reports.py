"""(d) All reports of a vice president, in the database alone, under row-level security."""

import json

from sqlalchemy import text

from perfapi.core.db import in_organization

from .house import House
from .table import Row, middle, ms, ratio

TIMES = 21
BOUND = 0.010

CLOSURE = """
    SELECT report_id FROM chains WHERE organization_id = :organization AND manager_id = :person
"""
# What it would be without the closure.
RECURSIVE = """
    WITH RECURSIVE below AS (
        SELECT person_id FROM reporting_lines
        WHERE organization_id = :organization AND manager_id = :person AND kind = 'primary'
        UNION ALL
        SELECT l.person_id FROM reporting_lines l JOIN below ON l.manager_id = below.person_id
        WHERE l.organization_id = :organization AND l.kind = 'primary'
    )
    SELECT person_id FROM below
"""


async def measure(house: House) -> list[Row]:
    company = house.company
    reports = await house.connection.fetchval(
        "SELECT count(*) FROM chains WHERE manager_id = $1", company.vice_president
    )
    took, recursive = await _time(house, CLOSURE), await _time(house, RECURSIVE)
    return [
        Row("reports of a vice president", f"{reports:,}"),
        Row("… all of them, in SQL", ms(took), "< 10 ms", took < BOUND),
        Row("… of the time that a recursive query takes", ratio(took / recursive)),
    ]


async def _time(house: House, statement: str) -> float:
    given = {"organization": house.company.organization, "person": house.company.vice_president}
    explained = text(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
    times = []
    async with in_organization(house.sessions, house.company.organization) as session:
        for _ in range(TIMES):
            plan = (await session.execute(explained, given)).scalar_one()
            plan = json.loads(plan) if isinstance(plan, str) else plan
            times.append(plan[0]["Execution Time"] / 1000)
    return middle(times)

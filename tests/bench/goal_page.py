"""(b) One goal with all that its page shows, and how often that asks the database."""

import httpx

from .counting import counted
from .house import House
from .processes import server_times
from .table import Row, middle, ms

ROUTE, REQUESTS, WARM_UP = "/goals/{goal_id}", 60, 20


async def measure(house: House) -> list[Row]:
    goal = await house.connection.fetchval(
        "SELECT id FROM goals WHERE level = 'team' ORDER BY id LIMIT 1"
    )
    statements = await counted(house, f"/v1/goals/{goal}")
    async with house.api() as api:
        headers = await api.sign_in(house.company.manager)
        async with httpx.AsyncClient(base_url=api.address, headers=headers, timeout=30) as client:
            for _ in range(WARM_UP):
                await client.get(f"/v1/goals/{goal}")
            begin = api.process.log.stat().st_size
            for _ in range(REQUESTS):
                (await client.get(f"/v1/goals/{goal}")).raise_for_status()
        times = server_times(api.process.log, ROUTE, since=begin)
    return [
        Row("a goal with everything on its page: SQL statements", str(statements), "≤ 4",
            statements <= 4),
        Row("… server time, half of the requests", ms(middle(times))),
    ]  # fmt: skip

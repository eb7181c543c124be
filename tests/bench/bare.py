"""The same work without perfapi: what the ratios are of.

An ASGI application on asyncpg and orjson without sign-in, policy or tenancy, and the roll-up in as
few statements as SQL needs.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import orjson

FIFTY_GOALS = """
    SELECT g.id, g.version, g.title, g.description, g.level, g.visibility, g.weight, g.driver,
           g.state, g.ambition, g.purpose, g.agreement, g.starts_on, g.due_on,
           g.check_in_every_days, g.created_at, g.updated_at,
           o.id AS owner_id, o.name AS owner_name, c.id AS cycle_id, c.name AS cycle_name,
           d.name AS department, t.name AS team, a.id AS parent_id, a.title AS parent_title,
           p.progress, p.checked_in_at,
           (SELECT count(*) FROM key_results k WHERE k.organization_id = g.organization_id
               AND k.goal_id = g.id AND k.archived_at IS NULL) AS key_result_count,
           (SELECT count(*) FROM goals b WHERE b.organization_id = g.organization_id
               AND b.parent_id = g.id) AS child_count
    FROM goals g
    JOIN people o ON o.organization_id = g.organization_id AND o.id = g.owner_id
    JOIN goal_progress p ON p.organization_id = g.organization_id AND p.goal_id = g.id
    LEFT JOIN goal_cycles c ON c.organization_id = g.organization_id AND c.id = g.cycle_id
    LEFT JOIN departments d ON d.organization_id = g.organization_id AND d.id = g.department_id
    LEFT JOIN teams t ON t.organization_id = g.organization_id AND t.id = g.team_id
    LEFT JOIN goals a ON a.organization_id = g.organization_id AND a.id = g.parent_id
    WHERE g.organization_id = $1 ORDER BY g.title, g.id LIMIT 50
"""

Message = dict[str, Any]


def create_app() -> Callable[..., Awaitable[None]]:
    """`BENCH_DATABASE` is the address, `BENCH_ORGANIZATION` whose goals they are."""
    organization = UUID(os.environ["BENCH_ORGANIZATION"])
    pool: list[asyncpg.Pool] = []

    async def app(
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["type"] != "http":
            return
        if not pool:
            pool.append(await asyncpg.create_pool(os.environ["BENCH_DATABASE"], max_size=10))
        rows = await pool[0].fetch(FIFTY_GOALS, organization)
        body = orjson.dumps({"items": [dict(row) for row in rows]}, default=str)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


KEY_RESULTS = """
    SELECT DISTINCT ON (k.organization_id, k.id)
           k.organization_id, k.id AS key_result_id, c.value AS current, c.raw_progress, c.progress,
           c.confidence, c.checked_in_at
    FROM key_results k
    JOIN check_ins c ON c.organization_id = k.organization_id AND c.key_result_id = k.id
    WHERE k.organization_id = $1
    ORDER BY k.organization_id, k.id, c.checked_in_at DESC, c.id DESC
"""

# One level of goals, once those below it are written.
GOALS = """
    SELECT g.organization_id, g.id AS goal_id,
           ratio_half_even(sum(part.weight * part.progress), sum(part.weight)) AS progress,
           max(part.checked_in_at) AS checked_in_at
    FROM goal_depths d
    JOIN goals g ON g.organization_id = $1 AND g.id = d.goal_id
    JOIN LATERAL (
        SELECT k.weight, p.progress, p.checked_in_at
        FROM key_results k JOIN {key_results} p
          ON p.organization_id = k.organization_id AND p.key_result_id = k.id
        WHERE k.organization_id = g.organization_id AND k.goal_id = g.id
        UNION ALL
        SELECT b.weight, p.progress, NULL
        FROM goals b JOIN {goals} p
          ON p.organization_id = b.organization_id AND p.goal_id = b.id
        WHERE b.organization_id = g.organization_id AND b.parent_id = g.id
    ) part ON true
    WHERE d.depth = $2
    GROUP BY g.organization_id, g.id
"""


async def roll_up(
    connection: asyncpg.Connection,
    organization: UUID,
    *,
    key_results: str = "key_result_progress",
    goals: str = "goal_progress",
) -> None:
    """Into these tables, which are empty; `goal_depths` says how deep each goal lies."""
    known = "current, raw_progress, progress, confidence, checked_in_at"
    await connection.execute(
        f"INSERT INTO {key_results} (organization_id, key_result_id, {known}) {KEY_RESULTS}",
        organization,
    )
    await connection.execute(f"ANALYZE {key_results}")
    deepest = await connection.fetchval("SELECT max(depth) FROM goal_depths")
    level = GOALS.format(key_results=key_results, goals=goals)
    for depth in range(deepest, -1, -1):
        await connection.execute(
            f"INSERT INTO {goals} (organization_id, goal_id, progress, checked_in_at) {level}",
            organization,
            depth,
        )

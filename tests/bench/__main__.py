"""What requests cost, as ratios to a bare ASGI application with asyncpg and orjson.

Everything runs in one process against the demo company, one request after the other; the bare
application reads fifty people with twelve columns. Absolute times are this machine's business.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import orjson
from asgi_lifespan import LifespanManager
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from perfapi.app import create_app
from perfapi.core.demonstration import SIGN_INS, new_password
from perfapi.core.settings import Settings
from perfapi.domains.organizations import demo
from tests import servers
from tests.servers import Servers

REQUESTS, ROUNDS = 60, 5
BARE = "bare: 50 people, asyncpg, orjson"


async def main(running: Servers) -> None:
    name = servers.fresh_name()
    await running.clone(name)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(
            home=Path(home),
            database_app_url=running.app_url(name),
            redis_url=running.redis_url,
            log_level="ERROR",
        )
        app = create_app(settings)
        async with LifespanManager(app):
            password = new_password()
            await demo.load(app.state.sessions, password)
            cases = await _cases(app, password)
            pool = await asyncpg.create_pool(
                running.owner_url(name).replace("+asyncpg", ""), min_size=1, max_size=1
            )
            cases = {BARE: _Case(_bare(pool), "GET", "/", {}), **cases}
            await _report(cases)
            await pool.close()
    await running.drop(name)


class _Case:
    def __init__(
        self,
        app: ASGIApp,
        method: str,
        path: str,
        headers: dict[str, str],
        body: Callable[[], Any] | None = None,
    ) -> None:
        self.app, self.method, self.path, self.headers, self.body = app, method, path, headers, body

    async def __call__(self) -> dict[str, Any]:
        """One request; answers its parsed body."""
        sent = b"" if self.body is None else json.dumps(self.body()).encode()
        headers = {"content-length": str(len(sent)), **self.headers}
        if sent:
            headers |= {"content-type": "application/json"}
        path, _, query = self.path.partition("?")
        scope: Scope = {
            "type": "http", "http_version": "1.1", "method": self.method, "path": path,
            "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "scheme": "http", "server": ("bench", 80), "client": ("127.0.0.1", 1),
            "headers": [(k.encode(), v.encode()) for k, v in headers.items()], "state": {},
        }  # fmt: skip
        received, status = bytearray(), 0

        async def receive() -> Message:
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            received.extend(message.get("body", b""))

        await self.app(scope, receive, send)
        if status >= 400:
            raise SystemExit(f"{self.method} {self.path}: {status} {received.decode()}")
        return orjson.loads(bytes(received)) if received else {}


async def _cases(app: ASGIApp, password: str) -> dict[str, _Case]:
    email = next(one.email for one in SIGN_INS if one.role == "manager")
    credentials = {"email": email, "password": password}
    signed_in = await _Case(app, "POST", "/v1/auth/sessions", {}, lambda: credentials)()
    headers = {"authorization": f"Bearer {signed_in['access_token']}"}
    mine = f"/v1/goals?owner_id={signed_in['person']['id']}&level=team&state=active"
    goal = (await _Case(app, "GET", mine, headers)())["items"][0]
    detail = await _Case(app, "GET", f"/v1/goals/{goal['id']}", headers)()
    check_ins = f"/v1/key-results/{detail['key_results'][0]['id']}/check-ins"
    tree = f"/v1/goals/tree?cycle_id={goal['cycle']['id']}"
    values = iter(range(10**9))
    return {
        "who am I": _Case(app, "GET", "/v1/me", headers),
        "50 people": _Case(app, "GET", "/v1/people?limit=50", headers),
        "one goal": _Case(app, "GET", f"/v1/goals/{goal['id']}", headers),
        "tree of goals": _Case(app, "GET", tree, headers),
        "org chart": _Case(app, "GET", "/v1/org-chart", headers),
        "what needs you": _Case(app, "GET", "/v1/needs", headers),
        "check in, three goals above": _Case(
            app, "POST", check_ins, headers, lambda: {"value": str(next(values) % 500)}
        ),
    }


def _bare(pool: asyncpg.Pool) -> ASGIApp:
    columns = "id, version, external_id, name, given_name, family_name, email, job_title, "
    sql = f"SELECT {columns} location, status, created_at, updated_at FROM people LIMIT 50"

    async def app(_: Scope, __: Receive, send: Send) -> None:
        rows = await pool.fetch(sql)
        body = orjson.dumps({"items": [dict(row) for row in rows]}, default=str)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    return app


async def _report(cases: dict[str, _Case]) -> None:
    for case in cases.values():
        for _ in range(10):
            await case()
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for _ in range(ROUNDS):
        for name, case in cases.items():
            measured[name].append(await _measure(case))
    print(f"{'':32}{'time':>8}{'CPU':>8}   of the bare application (median of {ROUNDS})")  # noqa: T201
    for name, runs in measured.items():
        wall = median(one[0] / bare[0] for one, bare in zip(runs, measured[BARE], strict=True))
        cpu = median(one[1] / bare[1] for one, bare in zip(runs, measured[BARE], strict=True))
        print(f"{name:32}{wall:8.2f}{cpu:8.2f}")  # noqa: T201


async def _measure(case: Callable[[], Awaitable[Any]]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(REQUESTS):
        await case()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    with servers.running() as found:
        asyncio.run(main(found))

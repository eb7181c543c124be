"""Requests from outside: autocannon, in a process of its own."""

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tools" / "bench"
NODE = ROOT / ".venv" / "bin" / "node"


class Load(NamedTuple):
    per_second: float
    requests: int
    middle: float
    """Seconds until half of the requests were answered."""
    slow: float
    """Until 99 of 100 were."""


async def load(
    address: str,
    headers: Mapping[str, str] | None = None,
    *,
    clients: int = 8,
    seconds: int = 5,
    amount: int | None = None,
) -> Load:
    """For so many seconds, or until so many requests are answered. All must succeed."""
    until = ["-d", str(seconds)] if amount is None else ["-a", str(amount)]
    given = [part for name, value in (headers or {}).items() for part in ("-H", f"{name}={value}")]
    script = str(TOOLS / "node_modules" / "autocannon" / "autocannon.js")
    process = await asyncio.create_subprocess_exec(
        str(NODE), script, "--json", "-c", str(clients), *until, *given, address,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    out, errors = await process.communicate()
    if process.returncode:
        raise RuntimeError(errors.decode())
    said = json.loads(out)
    if said["non2xx"] or said["errors"] or said["timeouts"]:
        raise RuntimeError(f"{address}: {said['statusCodeStats']} {said['errors']} errors")
    requests = said["2xx"]
    latency = said["latency"]
    return Load(requests / said["duration"], requests, latency["p50"] / 1000, latency["p99"] / 1000)

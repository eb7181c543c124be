"""Processes under measurement: what they cost, and what they wrote about each request."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import httpx
import psutil

PATIENCE = 60.0


class Process:
    """A command with its children, in a session of its own."""

    def __init__(self, module: str, *arguments: str, log: Path, env: Mapping[str, str]) -> None:
        self.log = log
        self._out = log.open("wb")
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=self._out, stderr=subprocess.STDOUT, env=dict(env), start_new_session=True,
        )  # fmt: skip

    def cpu(self) -> float:
        """Seconds of processor that all of it has used."""
        times = [one.cpu_times() for one in self._family()]
        return float(sum(one.user + one.system for one in times))

    def memory(self) -> int:
        """Bytes; what processes share counts once."""
        return int(sum(one.memory_full_info().pss for one in self._family()))

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._out.close()

    async def answers(self, address: str) -> float:
        """Seconds from its start until the address answers 200."""
        async with httpx.AsyncClient() as client:
            while time.perf_counter() - self.began < PATIENCE and self._process.poll() is None:
                with suppress(httpx.TransportError):
                    if (await client.get(address)).status_code == 200:
                        return time.perf_counter() - self.began
                await asyncio.sleep(0.02)
        raise RuntimeError(f"{address} does not answer:\n{self.log.read_text()[-2000:]}")

    def _family(self) -> Iterator[psutil.Process]:
        parent = psutil.Process(self._process.pid)
        yield parent
        yield from parent.children(recursive=True)


def server_times(log: Path, route: str, *, since: int = 0) -> list[float]:
    """Seconds that the API itself counted for answered requests of this route, from its log."""
    found = []
    with log.open("rb") as lines:
        lines.seek(since)
        for line in lines:
            if route.encode() not in line:
                continue
            said = json.loads(line)
            if said.get("route") == route and said["status"] < 400:
                found.append(said["ms"] / 1000)
    return found

"""(e) A company of people out of a file, from the terminal: once new, once unchanged."""

import asyncio
import csv
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from perfapi.core.db import create_engine, create_sessions
from perfapi.domains.organizations.service import found_organization
from tests import servers

from .filling import Size
from .house import House
from .table import Row, mb

BOUNDS = 100_000
"""The number of people that the bounds are about."""
MAPPING = {
    "mode": "snapshot",
    "columns": {
        "external_id": "id", "given_name": "first", "family_name": "last", "email": "mail",
        "job_title": "title", "department": "department", "location": "place",
        "hired_on": "hired", "manager_external_id": "manager",
    },
    "date_formats": ["%Y-%m-%d"],
}  # fmt: skip


class Run(NamedTuple):
    seconds: float
    memory: int
    cpu: float
    postgres: float
    """Seconds of processor, of the command and of the database."""


async def measure(house: House) -> list[Row]:
    size = house.company.size
    name = servers.fresh_name()
    await house.servers.clone(name)
    try:
        engine = create_engine(house.servers.worker_url(name))
        async with create_sessions(engine).begin() as session:
            await found_organization(session, name="Imported", slug="imported")
        await engine.dispose()
        _write(size, house.home)
        first, again = await _run(house, name), await _run(house, name)
    finally:
        await house.servers.drop(name)
    counts = size.people == BOUNDS
    return [
        Row("import of all people, plan and apply", f"{first.seconds:.1f} s", "< 120 s",
            first.seconds < 120 if counts else None),
        Row("… memory at its highest", mb(first.memory), "< 600 MB",
            first.memory < 600 << 20 if counts else None),
        Row("… processor: of the command, of PostgreSQL, when new", _processor(first)),
        Row("… the same file again, nothing changed", f"{again.seconds:.1f} s", "< 40 s",
            again.seconds < 40 if counts else None),
        Row("… processor: of the command, of PostgreSQL", _processor(again)),
    ]  # fmt: skip


def _write(size: Size, folder: Path) -> None:
    (folder / "mapping.json").write_text(json.dumps(MAPPING))
    with (folder / "people.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["id", "first", "last", "mail", "title", "department", "place", "hired", "manager"]
        )
        for n in range(size.people):
            manager = f"E{(n - 1) // size.reports_each}" if n else ""
            department = f"Department {n % size.departments}"
            rows.writerow(
                [f"E{n}", "Ada", f"Rossi {n}", f"p{n}@example.com", "Engineer", department,
                 "Milano", f"20{10 + n % 14}-03-01", manager]
            )  # fmt: skip


def _processor(run: Run) -> str:
    return f"{run.cpu:.1f} s, {run.postgres:.1f} s"


async def _run(house: House, database: str) -> Run:
    """In a process of its own."""
    env = house.environment() | {
        "PERFAPI_DATABASE_APP_URL": house.servers.app_url(database),
        "PERFAPI_DATABASE_WORKER_URL": house.servers.worker_url(database),
        "PERFAPI_DATABASE_URL": house.servers.owner_url(database),
    }
    command = [sys.executable, "-m", "perfapi.cli", "people", "import", "people.csv"]
    log = house.home / "import.log"
    began = time.perf_counter()
    process = _start([*command, "--mapping", "mapping.json", "--apply"], env, house.home, log)
    ended = asyncio.ensure_future(asyncio.to_thread(os.wait4, process.pid, 0))
    postgres: dict[int, float] = {}
    memory = 0
    while not ended.done():
        memory = max(memory, _highest(process.pid))
        await asyncio.wait([ended], timeout=0.3)
        postgres |= await house.cpu_of_sessions(database)
    _, status, used = ended.result()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(log.read_text()[-2000:])
    seconds = time.perf_counter() - began
    cpu = used.ru_utime + used.ru_stime
    return Run(seconds, memory, cpu, sum(postgres.values()))


def _highest(pid: int) -> int:
    """What the process held at most so far. Its `ru_maxrss` would begin with that of ours."""
    try:
        said = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", said)
    return int(found[1]) * 1024 if found else 0


def _start(
    command: list[str], env: dict[str, str], home: Path, log: Path
) -> "subprocess.Popen[bytes]":
    with log.open("wb") as out:
        return subprocess.Popen(command, cwd=home, env=env, stdout=out, stderr=subprocess.STDOUT)

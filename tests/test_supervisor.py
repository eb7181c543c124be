"""`perfapi run` from its start to its end, with everything killed in between."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest

from perfapi.embedded.processes import Identity, wait_until
from perfapi.supervisor import Backoff
from tests.installations import environment, perfapi

PATIENCE = 60


class Running:
    """A `perfapi run` that has said that it is ready."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.log = home.with_suffix(".log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "perfapi.cli", "run"],
                stdout=log,
                stderr=log,
                env=environment(home, port=0),
            )
        self.address = ""

    def __enter__(self) -> Self:
        wait_until(lambda: self._address() is not None or self.has_ended, PATIENCE)
        self.address = self._address() or ""
        assert self.address, self.log.read_text()
        return self

    def __exit__(self, *_: object) -> None:
        if not self.has_ended:
            self.process.kill()
            self.process.wait()

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def pids(self) -> dict[str, int]:
        """Every process that the supervisor watches."""
        files = {
            "api": "run/api.pid",
            "worker": "run/worker.pid",
            "PostgreSQL": "postgres/pid",
            "Valkey": "valkey/pid",
        }
        found = {}
        for name, file in files.items():
            try:
                found[name] = int(json.loads((self.home / file).read_text())["pid"])
            except (FileNotFoundError, ValueError):
                continue
        return found

    def status(self, path: str) -> int:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def is_whole(self) -> bool:
        pids = self.pids()
        alive = all(Identity.of(pid) is not None for pid in pids.values())
        return len(pids) == 4 and alive and self.status("/readyz") == 200

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """The seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - began

    def _address(self) -> str | None:
        found = re.search(r"^perfapi is ready: (http://\S+)$", self.log.read_text(), re.M)
        return found[1] if found else None


def still_alive(pids: dict[str, int]) -> list[str]:
    return [name for name, pid in pids.items() if Identity.of(pid) is not None]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("supervisor") / "home"


@pytest.fixture(scope="module")
def running(home: Path) -> Iterator[Running]:
    with Running(home) as running:
        yield running


class TestWhileItRuns:
    def test_everything_answers(self, running: Running) -> None:
        assert wait_until(running.is_whole, PATIENCE)
        assert running.status("/openapi.json") == 200

    def test_a_second_one_on_the_same_home_is_refused(self, running: Running) -> None:
        before = running.pids()
        finished = perfapi("run", home=running.home, port=0)
        assert finished.returncode == 1
        expected = f"perfapi: {running.home} is in use by process {running.process.pid}\n"
        assert finished.stderr == expected
        assert running.is_whole()
        assert running.pids() == before

    def test_nobody_is_told_a_login_that_is_not_theirs(self, running: Running) -> None:
        told = {}
        for name in ("api", "worker"):
            content = Path(f"/proc/{running.pids()[name]}/environ").read_text()
            told[name] = {
                variable.partition("=")[0]
                for variable in content.split("\0")
                if variable.startswith("PERFAPI_DATABASE") and "POOL" not in variable
            }
        assert told == {
            "api": {"PERFAPI_DATABASE_APP_URL"},
            "worker": {"PERFAPI_DATABASE_WORKER_URL"},
        }

    def test_its_folder_is_closed(self, running: Running) -> None:
        assert running.home.stat().st_mode & 0o077 == 0

    # Last here: a worker ends with its Valkey, and may do so a moment after everything is whole.
    @pytest.mark.parametrize("victim", ["api", "worker", "Valkey", "PostgreSQL"])
    def test_what_is_killed_starts_again(self, running: Running, victim: str) -> None:
        assert wait_until(running.is_whole, PATIENCE)
        pid = running.pids()[victim]
        os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: running.pids().get(victim, pid) != pid, PATIENCE)
        assert wait_until(running.is_whole, PATIENCE)


class TestItsEnd:
    def test_one_that_it_does_not_hear_and_one_that_it_does(self, running: Running) -> None:
        assert wait_until(running.is_whole, PATIENCE)
        before = running.pids()
        running.stop(signal.SIGKILL)
        with Running(running.home) as again:
            assert still_alive(before) == []
            after = again.pids()
            assert again.stop() < 10
            assert again.process.returncode == 0
        assert still_alive(after) == []


class TestBackoff:
    def test_the_pause_doubles_up_to_a_limit(self) -> None:
        backoff = Backoff()
        assert backoff.is_due
        assert [backoff.fail() for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
        assert not backoff.is_due

"""Runs the deciding tests against whatever the tree says now, each time in a process of its own.

What no mutant can touch is imported once, before the fork; the rest is read anew.
"""

import importlib
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest


class Watch:
    """Puts the likely killers first, and remembers what failed."""

    def __init__(self, likely: list[str]) -> None:
        self.rank = {name: place for place, name in enumerate(likely)}
        self.failed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.rank.get(item.nodeid, len(self.rank)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.failed:
            self.failed = "what cannot be imported"


def preload(root: Path, *, untouched: bool) -> None:
    for name in ("asyncpg", "fastapi", "httpx", "pytest_asyncio", "sqlalchemy.ext.asyncio", "arq"):
        importlib.import_module(name)
    if not untouched:
        return
    domains = root / "src" / "perfapi" / "domains"
    for kind in ("models", "schemas", "errors", "events"):
        for path in sorted(domains.rglob(f"{kind}.py")):
            parts = path.relative_to(root / "src").with_suffix("").parts
            importlib.import_module(".".join(parts))


def run(servers: str, tests: list[str], likely: list[str]) -> str:
    """The first test that fails; nothing if all of them pass."""
    watch = Watch(likely)
    given = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore"]
    status = pytest.main([*given, "--servers", servers, *tests], plugins=[watch])
    return watch.failed or ("" if status == 0 else f"pytest ended with {int(status)}")


def in_a_fork(servers: str, tests: list[str], likely: list[str]) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        answer = "what cannot be imported"
        try:
            answer = run(servers, tests, likely)
        finally:
            os.write(writing, answer.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    return answer


def main() -> None:
    descriptor, root, untouched, servers, *tests = sys.argv[1:]
    connection = Connection(int(descriptor))
    preload(Path(root), untouched=untouched == "untouched")
    loaded = set(sys.modules)
    with suppress(EOFError):
        while True:
            module, likely = connection.recv()
            assert module not in loaded, f"{module} would not be read anew"
            connection.send(in_a_fork(servers, tests, likely))


if __name__ == "__main__":
    main()

"""Runs the deciding tests against whatever the tree says now, each time in a process of its own.

What no mutant can touch is imported once, before the fork; the rest is read anew. Jobs come as
lines of JSON on the standard input, answers leave on a descriptor of their own.
"""

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest


class Watch:
    """Puts the likely killers first, and remembers what failed."""

    def __init__(self, first: list[str], words: list[str]) -> None:
        self.rank = {name: place for place, name in enumerate(first)}
        self.words = words
        self.failed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._place(item.nodeid))

    def _place(self, name: str) -> tuple[int, int]:
        near = (place for place, word in enumerate(self.words) if word in name)
        return self.rank.get(name, len(self.rank)), next(near, len(self.words))

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


def run(job: dict[str, Any]) -> str:
    """The first test that fails; nothing if all of them pass."""
    watch = Watch(job["first"], job["words"])
    given = [
        *("-x", "-q", "--tb=no", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist"),
        *("-W", "ignore", "--servers", json.dumps(job["servers"])),
        *job["tests"],
    ]
    status = pytest.main(given, plugins=[watch])
    return watch.failed or ("" if status == 0 else f"pytest ended with {int(status)}")


def in_a_fork(job: dict[str, Any]) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        answer = "what cannot be imported"
        try:
            answer = run(job)
        finally:
            os.write(writing, answer.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    return answer


def main() -> None:
    root, untouched, answers = Path(sys.argv[1]), sys.argv[2] == "untouched", int(sys.argv[3])
    preload(root, untouched=untouched)
    loaded = set(sys.modules)
    with os.fdopen(answers, "w") as out:
        for line in sys.stdin:
            job = json.loads(line)
            assert job["module"] not in loaded, f"{job['module']} would not be read anew"
            out.write(json.dumps(in_a_fork(job)) + "\n")
            out.flush()


if __name__ == "__main__":
    main()

"""A copy of the tree, servers that all mutants share, and what each mutant came to."""

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.mutants.mutating import Mutant
from tests.servers import Servers

DECIDING = [
    "tests/authorization",
    "tests/domains/goals/test_policy.py",
    "tests/domains/goals/life/test_policy.py",
    "tests/domains/goals/life/test_agreement.py",
    "tests/domains/people/test_policy.py",
    "tests/core/test_access.py",
]
"""The tests that say who may see and do what."""

_WORDS: dict[str, list[str]] = {
    "analytics": ["insight", "recompute_analytics"],
    "audit": ["event_log", "deliver"],
    "auth": ["invit", "session"],
    "organizations": ["organization"],
    "people/imports": ["import"],
    "people/policy": ["person", "line:", "department", "team:", "role", "people"],
    "people/relations": [
        "test_opinion",
        "person",
        "get_goal",
        "update_person",
        "insight",
        "update_goal",
    ],
    "goals/views": ["view"],
    "goals/cycles": ["cycle"],
    "goals/templates": ["template"],
    "goals/nudges": ["ask_for_news"],
    "goals/initiatives": ["initiative"],
    "goals/comments": ["comment"],
    "goals/key_results": ["key_result", "check_in"],
    "goals/check_ins": ["check_in"],
    "goals/policy": ["test_opinion", "goal:", "set_goal"],
    "core/access": ["test_access", "explain", "goal:"],
}
"""What the names of the likely killers speak of, before there is any."""

_WORDS_OF_RULES: dict[str, list[str]] = {
    "_team": ["set_goal rockets", "TestSetting"],
    "_works_in": ["set_goal backend", "TestSetting"],
    "_manage_people_in": ["set_goal backend"],
    "MAY_SET": ["set_goal"],
    "SET_COMPANY_GOALS": ["set_goal company"],
    "CARRY": ["carry_goal_over"],
    "PROPOSE": ["propose_goal"],
    "SIDE": ["propose_goal"],
    "MANAGES_THE_OWNER": ["propose_goal"],
    "AGREE": ["agree_to_goal"],
    "waits_for_you": ["agree_to_goal"],
    "DELETE": ["delete_goal"],
    "WAS_NEVER_CHECKED": ["delete_goal"],
    "NOTHING_IS_ALIGNED": ["delete_goal"],
    "LEAVE": ["remove_goal_member"],
    "LINE": ["reporting_line"],
    "EMAIL": ["email:"],
    "MOVE": ["moved:"],
    "LEAVING": ["record_leaving"],
    "RETURN": ["record_return"],
    "TEAM": ["team:"],
    "DEPARTMENT": ["department:"],
}
"""And what those of a rule speak of, by what its name contains."""

_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".perfapi", "frontend", "build", "__pycache__", ".*_cache", "docs", "tools"
)


@dataclass
class Worker:
    """A process that forks for each mutant."""

    process: subprocess.Popen[str]
    answers: int

    def ask(self, job: dict[str, object]) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        with os.fdopen(os.dup(self.answers)) as answers:
            answer: str = json.loads(answers.readline())
        return answer


@dataclass
class Killers:
    """Which tests killed mutants before: of the same rule, of the same file, of any."""

    by_rule: defaultdict[tuple[str, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_file: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def likely(self, mutant: Mutant) -> list[str]:
        found = [*self.by_rule[mutant.file, mutant.where], *self.by_file[mutant.file]]
        return list(dict.fromkeys(found))[:60]

    def remember(self, mutant: Mutant, test: str) -> None:
        for known in (self.by_rule[mutant.file, mutant.where], self.by_file[mutant.file]):
            with suppress(ValueError):
                known.remove(test)
            known.insert(0, test)


class Bench:
    """Where mutants are put to the test, one at a time."""

    def __init__(self, tree: Path, servers: Servers) -> None:
        self.tree, self.servers = tree, servers
        self.workers: dict[bool, Worker] = {}
        self.killers = Killers()
        self.writes = 0

    def killer_of(self, mutant: Mutant) -> str:
        """The test that it turned red; nothing if it survived."""
        path = self.tree / mutant.file
        text = path.read_text()
        self._write(path, mutant.of(text))
        try:
            killer = self._ask(mutant.file, mutant.where, self.killers.likely(mutant))
        finally:
            self._write(path, text)
        if killer.startswith("tests/"):
            self.killers.remember(mutant, killer)
        return killer

    def _write(self, path: Path, text: str) -> None:
        """What was compiled of a file is taken for it if size and second are the same."""
        path.write_text(text)
        self.writes += 1
        os.utime(path, (self.writes, self.writes))

    def is_green(self) -> str:
        """Without a mutant nothing may fail; else it is told."""
        return self._ask("", "", [])

    def _ask(self, file: str, where: str, first: list[str]) -> str:
        module = file.removeprefix("src/").removesuffix(".py").replace("/", ".")
        worker = self._worker(untouched="/core/" not in file)
        words = [
            *(word for part, found in _WORDS_OF_RULES.items() if part in where for word in found),
            *(word for part, found in _WORDS.items() if part in file for word in found),
        ]
        job = {"module": module, "first": first, "words": words, "tests": DECIDING}
        return worker.ask(job | {"servers": asdict(self.servers)})

    def _worker(self, *, untouched: bool) -> Worker:
        """Mutants of the core are below everything, so that nothing is imported before."""
        if untouched not in self.workers:
            reading, writing = os.pipe()
            kind = "untouched" if untouched else "anew"
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.mutants.worker", self.tree, kind, str(writing)],
                cwd=self.tree,
                env=os.environ | {"PYTHONPATH": f"{self.tree / 'src'}:{self.tree}"},
                stdin=subprocess.PIPE,
                pass_fds=[writing],
                text=True,
            )
            os.close(writing)
            self.workers[untouched] = Worker(process, reading)
        return self.workers[untouched]

    def close(self) -> None:
        for worker in self.workers.values():
            assert worker.process.stdin is not None
            worker.process.stdin.close()
            worker.process.wait()


@contextmanager
def a_bench(root: Path, folder: Path, servers: Servers) -> Iterator[Bench]:
    tree = folder / "tree"
    shutil.copytree(root, tree, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
    python = [sys.executable, "-m", "compileall", "-q", "src", "tests"]
    subprocess.run(python, cwd=tree, check=True)
    bench = Bench(tree, servers)
    try:
        yield bench
    finally:
        bench.close()

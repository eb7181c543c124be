"""Copies of the tree, processes that share servers, and what each mutant came to."""

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import reduce
from operator import or_
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.alone import Alone
from tests.mutants.mutating import Mutant
from tests.mutants.processes import BROKEN, UNSURE, Process, Seen
from tests.mutants.weaving import woven
from tests.servers import Servers

DECIDING = (
    "tests/authorization",
    "tests/domains/goals/test_policy.py",
    "tests/domains/goals/life/test_policy.py",
    "tests/domains/goals/life/test_agreement.py",
    "tests/domains/people/test_policy.py",
    "tests/core/test_access.py",
)
"""The tests that say who may see and do what."""

_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".perfapi", "frontend", "build", "__pycache__", ".*_cache", "docs", "tools"
)


@dataclass
class Killers:
    """Which tests killed mutants before: of the same rule, of the same file."""

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


class Lane:
    """A process in which mutants take turns, and a tree for those that have to be alone."""

    def __init__(self, number: int, bench: "Bench") -> None:
        self.number, self.bench = number, bench
        self.alone = Alone(bench.folder / f"alone-{number}", bench.servers, bench.tests)
        self.turns = self._turns()

    def _turns(self) -> Process:
        given = (self.bench.servers, *self.bench.tests)
        return Process("tests.mutants.turns", self.bench.folder / "woven", *given)

    def look(self) -> Seen:
        seen: Seen = self.turns.ask("look", self.number, self.bench.lanes)
        return seen

    def killer_of(self, number: int) -> str:
        mutant = self.bench.mutants[number]
        if mutant.place is None:
            return UNSURE
        try:
            killer: str = self.turns.ask("killer_of", number, self.bench.killers.likely(mutant))
        except EOFError:
            killer = BROKEN
        if killer == BROKEN:
            self._begin_again()
        return UNSURE if killer == BROKEN else killer

    def _begin_again(self) -> None:
        self.turns.close()
        self.turns = self._turns()
        # The first to ask has the company made, which must not be a mutant.
        self.turns.ask("look", 0, _A_FEW)
        self.turns.ask("know", self.bench.seen)

    def killer_of_alone(self, number: int) -> str:
        mutant = self.bench.mutants[number]
        if not self.alone.tree.exists():
            self.bench.copy(self.alone.tree)
        return self.alone.killer_of(mutant, self.bench.killers.likely(mutant))

    def close(self) -> None:
        self.turns.close()
        self.alone.close()


_A_FEW = 40


class Bench:
    """Where mutants are put to the test."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        servers: Servers,
        mutants: Iterable[Mutant],
        *,
        tests: Iterable[str] = DECIDING,
        lanes: int = 2,
    ) -> None:
        self.root, self.folder = root, folder
        self.servers, self.tests, self.lanes = json.dumps(asdict(servers)), [*tests], lanes
        self.mutants = dict(enumerate(mutants, 1))
        self.killers = Killers()
        self.seen = Seen()
        self.free: SimpleQueue[Lane] = SimpleQueue()

    def begin(self) -> list[str]:
        """The tests that are red without any mutant: there should be none."""
        self.copy(tree := self.folder / "woven")
        for file in {mutant.file for mutant in self.mutants.values()}:
            path = tree / file
            path.write_text(woven(path.read_text(), self._placed_in(file)))
        lanes = [Lane(number, self) for number in range(self.lanes)]
        for lane in lanes:
            self.free.put(lane)
        with ThreadPoolExecutor(self.lanes) as pool:
            self.seen = reduce(or_, pool.map(Lane.look, lanes))
        for lane in lanes:
            lane.turns.ask("know", self.seen)
        return self.seen.red

    def copy(self, tree: Path) -> None:
        shutil.copytree(self.root, tree, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
        python = [sys.executable, "-m", "compileall", "-q", "src", "tests"]
        subprocess.run(python, cwd=tree, check=True)

    def _placed_in(self, file: str) -> Mapping[int, Mutant]:
        return {
            number: mutant
            for number, mutant in self.mutants.items()
            if mutant.file == file and mutant.place
        }

    def killers_of_all(self) -> Iterator[tuple[int, str]]:
        """Each with the test that it turned red, with nothing, or with `UNSURE`."""
        return self._of_each(self.mutants, Lane.killer_of)

    def killers_of_each_alone(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        return self._of_each(numbers, Lane.killer_of_alone)

    def _of_each(
        self, numbers: Iterable[int], find: Callable[[Lane, int], str]
    ) -> Iterator[tuple[int, str]]:
        with ThreadPoolExecutor(self.lanes) as pool:
            for found in as_completed([pool.submit(self._on_a_lane, n, find) for n in numbers]):
                yield found.result()

    def _on_a_lane(self, number: int, find: Callable[[Lane, int], str]) -> tuple[int, str]:
        lane = self.free.get()
        try:
            killer = find(lane, number)
        finally:
            self.free.put(lane)
        if killer.startswith("tests/"):
            self.killers.remember(self.mutants[number], killer)
        return number, killer

    def close(self) -> None:
        while not self.free.empty():
            self.free.get().close()

"""Copies of the tree, processes that share servers, and what each mutant came to."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.mutants.alone import Alone
from tests.mutants.mutating import Mutant
from tests.mutants.processes import BROKEN, UNSURE, Process
from tests.mutants.weaving import woven
from tests.servers import Servers

DECIDING = (
    "tests/authorization/test_laws.py",
    "tests/authorization/test_matrix.py",
    "tests/authorization/test_offers.py",
    "tests/authorization/test_opinion.py",
    "tests/domains/audit/deliveries/test_router.py",
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


class Lane:
    """A process in which mutants take turns, and a tree for those that have to be alone."""

    def __init__(self, number: int, bench: "Bench") -> None:
        self.bench = bench
        self.alone = Alone(bench.folder / f"alone-{number}", bench.servers, bench.tests)
        self.turns = self._turns()

    def _turns(self) -> Process:
        given = (self.bench.servers, *self.bench.tests)
        return Process("tests.mutants.turns", self.bench.folder / "woven", *given)

    def killer_of(self, number: int) -> str:
        mutant = self.bench.mutants[number]
        if mutant.place is None:
            return UNSURE
        try:
            killer: str = self.turns.ask("killer_of", number, mutant.file, mutant.where)
        except (EOFError, OSError):
            killer = BROKEN
        if killer == BROKEN:
            self.turns.close()
            self.turns = self._turns()
            return UNSURE
        return killer

    def killer_of_alone(self, number: int) -> str:
        mutant = self.bench.mutants[number]
        if not self.alone.tree.exists():
            shutil.copytree(self.bench.folder / "tree", self.alone.tree)
        likely = self.turns.ask("likely", mutant.file, mutant.where)
        return self.alone.killer_of(mutant, likely)

    def close(self) -> None:
        self.turns.close()
        self.alone.close()


class Bench:
    """Where mutants are put to the test. A rule stays in one lane, which learns about it."""

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
        self.servers, self.tests = json.dumps(asdict(servers)), [*tests]
        self.mutants = dict(enumerate(mutants, 1))
        self._make_trees()
        self.lanes = [Lane(number, self) for number in range(lanes)]

    def _make_trees(self) -> None:
        tree, beside = self.folder / "tree", self.folder / "woven"
        shutil.copytree(self.root, tree, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
        python = [sys.executable, "-m", "compileall", "-q", "src", "tests"]
        subprocess.run(python, cwd=tree, check=True)
        shutil.copytree(tree, beside)
        for file in {mutant.file for mutant in self.mutants.values()}:
            (beside / file).write_text(woven((tree / file).read_text(), self._placed_in(file)))

    def _placed_in(self, file: str) -> Mapping[int, Mutant]:
        return {
            number: mutant
            for number, mutant in self.mutants.items()
            if mutant.file == file and mutant.place
        }

    def killers(self) -> Iterator[tuple[int, str]]:
        """Each mutant with the test that it turned red, with nothing, or with `UNSURE`."""
        return self._of_each(self.mutants, Lane.killer_of)

    def killers_of_each_alone(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        return self._of_each(numbers, Lane.killer_of_alone)

    def red_without(self) -> set[str]:
        """The tests that were red without any mutant: there should be none."""
        return {test for lane in self.lanes for test in lane.turns.ask("red_without")}

    def _of_each(
        self, numbers: Iterable[int], find: Callable[[Lane, int], str]
    ) -> Iterator[tuple[int, str]]:
        rules: SimpleQueue[list[int]] = SimpleQueue()
        found: SimpleQueue[tuple[int, str] | None] = SimpleQueue()
        for _, of_rule in groupby(numbers, lambda n: (self.mutants[n].file, self.mutants[n].where)):
            rules.put(list(of_rule))

        def go_on(lane: Lane) -> None:
            try:
                with suppress(Empty):
                    while of_rule := rules.get_nowait():
                        for number in of_rule:
                            found.put((number, find(lane, number)))
            finally:
                found.put(None)

        with ThreadPoolExecutor(len(self.lanes)) as pool:
            at_work = [pool.submit(go_on, lane) for lane in self.lanes]
            for _ in at_work:
                yield from iter(found.get, None)
            for one in at_work:
                one.result()

    def close(self) -> None:
        for lane in self.lanes:
            lane.close()

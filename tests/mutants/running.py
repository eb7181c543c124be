"""Copies of the tree, processes that share servers, and what each mutant came to."""

import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict
from functools import cache, reduce
from operator import or_
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.alone import Alone
from tests.mutants.mutating import Mutant
from tests.mutants.processes import BROKEN, UNSURE, Process, Seen
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


class Killers:
    """Which tests are likely to kill a mutant: those that killed others of its rule, those whose
    names speak of what it speaks of, those that killed others of its file, and what is quick."""

    def __init__(self) -> None:
        self.of_rule: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.of_file: defaultdict[str, list[str]] = defaultdict(list)

    def sort(self, tests: Iterable[str], mutant: Mutant, seconds: Mapping[str, float]) -> list[str]:
        of_rule, of_file = self.of_rule[mutant.file, mutant.where], self.of_file[mutant.file]
        spoken = _words_of(f"{mutant.file} {mutant.where}")

        def place(test: str) -> tuple[float, ...]:
            shared = len(spoken & _words_of(test))
            return _rank(test, of_rule), -shared, _rank(test, of_file), seconds[test]

        return sorted(tests, key=place)

    def remember(self, mutant: Mutant, test: str) -> None:
        for known in (self.of_rule[mutant.file, mutant.where], self.of_file[mutant.file]):
            with suppress(ValueError):
                known.remove(test)
            known.insert(0, test)


def _rank(test: str, known: list[str]) -> int:
    return known.index(test) if test in known else len(known)


@cache
def _words_of(name: str) -> frozenset[str]:
    """`MAY_CARRY_OVER` and `carry_goal_over` speak of carrying over."""
    words = re.findall(r"[a-z]{4,}", name.lower().replace("_", " "))
    return frozenset(word.removesuffix("s") for word in words) - _SAID_EVERYWHERE


_SAID_EVERYWHERE = {"test", "perfapi", "domain", "policy", "goal", "people", "your"}


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
        if self.bench.mutants[number].place is None:
            return UNSURE
        try:
            killer: str = self.turns.ask("killer_of", number, self.bench.able_to_tell(number))
        except (EOFError, OSError):
            killer = BROKEN
        if killer == BROKEN:
            self.turns.close()
            self.turns = self._turns()
            # The first to ask has the company made, which must not be a mutant.
            self.turns.ask("look", 0, _SOME)
            return UNSURE
        return UNSURE if not killer and number in self.bench.seen.in_python else killer

    def killer_of_alone(self, number: int) -> str:
        if not self.alone.tree.exists():
            shutil.copytree(self.bench.folder / "tree", self.alone.tree)
        return self.alone.killer_of(self.bench.mutants[number], self.bench.likely_first(number))

    def close(self) -> None:
        self.turns.close()
        self.alone.close()


_SOME = 40


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
        tree, beside = self.folder / "tree", self.folder / "woven"
        shutil.copytree(self.root, tree, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
        python = [sys.executable, "-m", "compileall", "-q", "src", "tests"]
        subprocess.run(python, cwd=tree, check=True)
        shutil.copytree(tree, beside)
        for file in {mutant.file for mutant in self.mutants.values()}:
            (beside / file).write_text(woven((tree / file).read_text(), self._placed_in(file)))
        lanes = [Lane(number, self) for number in range(self.lanes)]
        for lane in lanes:
            self.free.put(lane)
        with ThreadPoolExecutor(self.lanes) as pool:
            self.seen = reduce(or_, pool.map(Lane.look, lanes))
        return self.seen.red

    def _placed_in(self, file: str) -> Mapping[int, Mutant]:
        return {
            number: mutant
            for number, mutant in self.mutants.items()
            if mutant.file == file and mutant.place
        }

    def able_to_tell(self, number: int) -> list[str]:
        """The tests that asked what this mutant is part of, the likely ones first."""
        asked = [test for test, numbers in self.seen.asked.items() if number in numbers]
        return self.killers.sort(asked, self.mutants[number], self.seen.took)

    def likely_first(self, number: int) -> list[str]:
        return self.killers.sort(self.seen.took, self.mutants[number], self.seen.took)

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

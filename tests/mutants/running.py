"""Lanes that share servers, and what each mutant came to."""

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

from tests.mutants.alone import Alone
from tests.mutants.mutating import Mutant
from tests.mutants.processes import BROKEN, UNSURE, Process
from tests.mutants.trees import Tree
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

TOGETHER = 40
"""How many mutants take turns in one tree: of more of them, PostgreSQL plans statements that are
larger than what they are asked for."""


class Told(NamedTuple):
    """The test that a mutant turned red, or nothing: taking turns with others, and alone."""

    number: int
    killer: str
    alone: str | None = None

    @property
    def found(self) -> str:
        return self.killer if self.alone is None else self.alone


class Lane:
    """A tree in which the mutants of a file take turns, and one for those that are to be alone."""

    def __init__(self, number: int, bench: "Bench") -> None:
        self.bench = bench
        self.tree = Tree(bench.root, bench.folder / f"woven-{number}")
        given = (bench.servers, bench.tests)
        self.alone = Alone(bench.root, bench.folder / f"alone-{number}", *given)
        self.red: set[str] = set()

    def told(self, batch: list[int], *, twice: bool) -> Iterator[Told]:
        mutants = {number: self.bench.mutants[number] for number in batch}
        file = mutants[batch[0]].file
        placed = {number: mutant for number, mutant in mutants.items() if mutant.place}
        with self.tree.changed(file, woven(self.tree.text_of(file), placed)):
            self.turns = self._turns()
            try:
                for number, mutant in mutants.items():
                    killer = self._killer_of(number, mutant)
                    if killer == UNSURE or twice:
                        likely = self.turns.ask("likely", mutant.file, mutant.where)
                        yield Told(number, killer, self.alone.killer_of(mutant, likely))
                    else:
                        yield Told(number, killer)
                self.red |= set(self.turns.ask("red_without"))
            finally:
                self.turns.close()

    def _killer_of(self, number: int, mutant: Mutant) -> str:
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

    def _turns(self) -> Process:
        return Process("tests.mutants.turns", self.tree.path, self.bench.servers, *self.bench.tests)


class Bench:
    """Where mutants are put to the test, some of a file at a time in each lane."""

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
        self.lanes = [Lane(number, self) for number in range(lanes)]

    def told(self, *, twice: bool = False) -> Iterator[Told]:
        """Of each mutant, as it is found."""
        batches: SimpleQueue[list[int]] = SimpleQueue()
        found: SimpleQueue[Told | None] = SimpleQueue()
        for batch in self._batches():
            batches.put(batch)

        def go_on(lane: Lane) -> None:
            try:
                with suppress(Empty):
                    while batch := batches.get_nowait():
                        for one in lane.told(batch, twice=twice):
                            found.put(one)
            finally:
                found.put(None)

        with ThreadPoolExecutor(len(self.lanes)) as pool:
            at_work = [pool.submit(go_on, lane) for lane in self.lanes]
            for _ in at_work:
                yield from iter(found.get, None)
            for one in at_work:
                one.result()

    def _batches(self) -> Iterator[list[int]]:
        """Whole rules of a file: a lane learns which tests tell of it."""
        for _, of_file in groupby(self.mutants, lambda number: self.mutants[number].file):
            batch: list[int] = []
            for _, of_rule in groupby(of_file, lambda number: self.mutants[number].where):
                more = [*of_rule]
                if batch and len(batch) + len(more) > TOGETHER:
                    yield batch
                    batch = []
                batch += more
            yield batch

    def red_without(self) -> set[str]:
        """The tests that were red without any mutant: there should be none."""
        return {test for lane in self.lanes for test in lane.red}

    def close(self) -> None:
        for lane in self.lanes:
            lane.alone.close()

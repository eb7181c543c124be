"""The slow way, for what cannot stand beside the rules: one mutant in a tree, one process each."""

import os
from pathlib import Path

from tests.mutants.mutating import Mutant
from tests.mutants.processes import Process


class Alone:
    def __init__(self, tree: Path, servers: str, tests: list[str]) -> None:
        self.tree, self.given = tree, (servers, *tests)
        self.processes: dict[str, Process] = {}
        self.writes = 0

    def killer_of(self, mutant: Mutant, likely: list[str]) -> str:
        """The test that it turned red; nothing if it survived."""
        path = self.tree / mutant.file
        text = path.read_text()
        module = mutant.file.removeprefix("src/").removesuffix(".py").replace("/", ".")
        self._write(path, mutant.of(text))
        try:
            killer: str = self._process(mutant).ask(module, likely)
        finally:
            self._write(path, text)
        return killer

    def _write(self, path: Path, text: str) -> None:
        """What was compiled of a file is taken for it if size and second are the same."""
        path.write_text(text)
        self.writes += 1
        os.utime(path, (self.writes, self.writes))

    def _process(self, mutant: Mutant) -> Process:
        """Mutants of the core are below everything, so that nothing is imported before."""
        kind = "anew" if "/core/" in mutant.file else "untouched"
        if kind not in self.processes:
            given = (str(self.tree), kind, *self.given)
            self.processes[kind] = Process("tests.mutants.forking", self.tree, *given)
        return self.processes[kind]

    def close(self) -> None:
        for process in self.processes.values():
            process.close()

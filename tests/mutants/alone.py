"""The slow way, for what cannot stand beside the rules: one mutant in a tree, one process each."""

from pathlib import Path

from tests.mutants.mutating import Mutant
from tests.mutants.processes import Process
from tests.mutants.trees import Tree


class Alone:
    def __init__(self, root: Path, folder: Path, servers: str, tests: list[str]) -> None:
        self.root, self.folder, self.given = root, folder, (servers, *tests)
        self.tree: Tree | None = None
        self.processes: dict[str, Process] = {}

    def killer_of(self, mutant: Mutant, likely: list[str]) -> str:
        """The test that it turned red; nothing if it survived."""
        tree = self.tree = self.tree or Tree(self.root, self.folder)
        module = mutant.file.removeprefix("src/").removesuffix(".py").replace("/", ".")
        with tree.changed(mutant.file, mutant.of(tree.text_of(mutant.file))):
            killer: str = self._process(tree, mutant).ask(module, likely)
        return killer

    def _process(self, tree: Tree, mutant: Mutant) -> Process:
        """Mutants of the core are below everything, so that nothing is imported before."""
        kind = "anew" if "/core/" in mutant.file else "untouched"
        if kind not in self.processes:
            given = (str(tree.path), kind, *self.given)
            self.processes[kind] = Process("tests.mutants.forking", tree.path, *given)
        return self.processes[kind]

    def close(self) -> None:
        for process in self.processes.values():
            process.close()

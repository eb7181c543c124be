"""Python processes that are asked things, and what they answer."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

UNSURE = "cannot be told while others are there"
BROKEN = "whatever comes next is red too"


@dataclass
class Seen:
    """What tests came to without a mutant."""

    red: list[str] = field(default_factory=list)
    took: dict[str, float] = field(default_factory=dict)
    """Seconds by test."""
    asked: dict[str, frozenset[int]] = field(default_factory=dict)
    """By test, the mutants of what it asked: it can tell no other from the rules."""
    in_python: set[int] = field(default_factory=set)

    def __or__(self, other: "Seen") -> "Seen":
        return Seen(
            self.red + other.red,
            self.took | other.took,
            self.asked | other.asked,
            self.in_python | other.in_python,
        )


class Process:
    """`python -m MODULE`, run in a tree; it finds the descriptor of a connection first."""

    def __init__(self, module: str, tree: Path, *arguments: str) -> None:
        self.connection, its = Pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(its.fileno()), *arguments],
            cwd=tree,
            env=os.environ | {"PYTHONPATH": f"{tree / 'src'}:{tree}"},
            pass_fds=[its.fileno()],
        )
        its.close()

    def ask(self, *question: Any) -> Any:
        self.connection.send(question)
        return self.connection.recv()

    def close(self) -> None:
        self.connection.close()
        self.process.wait()

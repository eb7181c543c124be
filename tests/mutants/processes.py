"""Python processes that are asked things."""

import os
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

UNSURE = "cannot be told while others are there"
BROKEN = "whatever comes next is red too"


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

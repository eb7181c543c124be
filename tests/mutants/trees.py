"""Copies of the tree in which one file at a time is another."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".perfapi", "frontend", "build", "__pycache__", ".*_cache", "docs", "tools"
)


class Tree:
    def __init__(self, root: Path, path: Path) -> None:
        self.path = path
        self.writes = 0
        shutil.copytree(root, path, ignore=_LEFT_OUT, ignore_dangling_symlinks=True)
        python = [sys.executable, "-m", "compileall", "-q", "src", "tests"]
        subprocess.run(python, cwd=path, check=True)

    def text_of(self, file: str) -> str:
        return (self.path / file).read_text()

    @contextmanager
    def changed(self, file: str, text: str) -> Iterator[None]:
        before = self.text_of(file)
        self._write(file, text)
        try:
            yield
        finally:
            self._write(file, before)

    def _write(self, file: str, text: str) -> None:
        """What was compiled of a file is taken for it if size and second are the same."""
        path = self.path / file
        path.write_text(text)
        self.writes += 1
        os.utime(path, (self.writes, self.writes))

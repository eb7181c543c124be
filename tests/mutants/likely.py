"""In which order tests are asked about a mutant."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path


class Killers:
    """Which tests are likely to kill a mutant: those that killed others of its rule, those that
    call operations of its folder or speak of what it speaks of, those that killed others of its
    file, and what is quick."""

    def __init__(self, folders: Mapping[str, str]) -> None:
        """`folders` of operations, by their names."""
        self.folders = folders
        self.of_rule: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.of_file: defaultdict[str, list[str]] = defaultdict(list)

    def sort(
        self, tests: Iterable[str], file: str, rule: str, seconds: Mapping[str, float]
    ) -> list[str]:
        spoken, folder = _words_of(f"{file} {rule}"), file.rpartition("/")[0]

        def place(test: str) -> tuple[float, ...]:
            return (
                _rank(test, self.of_rule[file, rule]),
                -len(spoken & _words_of(test)) - (self._folder_of(test) == folder),
                _rank(test, self.of_file[file]),
                seconds.get(test, _UNKNOWN),
            )

        return sorted(tests, key=place)

    def _folder_of(self, test: str) -> str:
        operation = test.partition("[")[2].partition(" ")[0]
        return self.folders.get(operation, "")

    def remember(self, test: str, file: str, rule: str) -> None:
        for known in (self.of_rule[file, rule], self.of_file[file]):
            with suppress(ValueError):
                known.remove(test)
            known.insert(0, test)


def folders_of_operations(root: Path) -> dict[str, str]:
    return {
        name: path.parent.relative_to(root).as_posix()
        for path in (root / "src").rglob("router.py")
        for name in re.findall(r"^async def (\w+)", path.read_text(), re.MULTILINE)
    }


_UNKNOWN = 1.0
"""Seconds of a test that was not run yet."""

_SAID_EVERYWHERE = {"test", "perfapi", "domain", "policy", "goal", "people", "your"}


def _rank(test: str, known: list[str]) -> int:
    return known.index(test) if test in known else len(known)


@cache
def _words_of(name: str) -> frozenset[str]:
    """`MAY_CARRY_OVER` and `carry_goal_over` speak of carrying over."""
    words = re.findall(r"[a-z]{4,}", name.lower().replace("_", " "))
    return frozenset(word.removesuffix("s") for word in words) - _SAID_EVERYWHERE

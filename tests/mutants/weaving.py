"""A module in which many mutants stand beside the rules, each to be chosen by its number."""

import ast
from collections import defaultdict
from collections.abc import Mapping

from tests.mutants.mutating import How, Mutant, Span

_IMPORT = "from tests.mutants import choosing as _choosing\n"


def woven(text: str, mutants: Mapping[int, Mutant]) -> str:
    """`mutants` by their numbers, each of which has a place."""
    at: defaultdict[Span, list[tuple[int, Mutant]]] = defaultdict(list)
    for number, mutant in mutants.items():
        assert mutant.place is not None
        at[mutant.place.start, mutant.place.end].append((number, mutant))
    raw = text.encode()
    first = _first_import(text)
    body = _Weaver(raw, dict(at)).between(first, len(raw))
    return raw[:first].decode() + _IMPORT + body


class _Weaver:
    def __init__(self, raw: bytes, at: dict[Span, list[tuple[int, Mutant]]]) -> None:
        self.raw, self.at = raw, at
        self.places = sorted(at, key=lambda place: (place[0], -place[1]))

    def between(self, start: int, end: int, *, within: Span | None = None) -> str:
        """The text from here to there, everything in it woven."""
        written, reached = "", start
        for place in self.places:
            if place != within and reached <= place[0] and place[1] <= end:
                written += self.raw[reached : place[0]].decode() + self._chosen(place)
                reached = place[1]
        return written + self.raw[reached:end].decode()

    def _chosen(self, place: Span) -> str:
        written = self.between(*place, within=place)
        for number, mutant in self.at[place]:
            written = _beside(written, number, mutant)
        return written


def _beside(rule: str, number: int, mutant: Mutant) -> str:
    assert mutant.place is not None
    match mutant.place.how:
        case How.NEGATED:
            return f"_choosing.negated({number}, {rule})"
        case How.OTHER:
            return f"_choosing.other({number}, {rule}, lambda: {mutant.place.other})"
        case How.JUNCTION:
            return f"_choosing.junction({number}, {rule})"
        case How.WAIVED:
            return f"_choosing.waived({number}, {rule})"
        case How.UNLESS:
            return f"(not _choosing.is_current({number}) and ({rule}))"
        case How.SKIPPED:
            return f"(_choosing.is_current({number}) or {rule})"


def _first_import(text: str) -> int:
    """Where the first import begins that is not of the future."""
    lines = text.encode().splitlines(keepends=True)
    for statement in ast.parse(text).body:
        is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if isinstance(statement, ast.Import | ast.ImportFrom) and not is_future:
            return sum(map(len, lines[: statement.lineno - 1]))
    raise ValueError("a module of rules imports something")

"""What was measured, as a table with a column for each size of company."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    what: str
    figure: str
    bound: str = ""
    met: bool | None = None
    """None: there is no bound, or it is about another size."""


@dataclass(frozen=True)
class Measured:
    people: int
    part: str
    rows: list[Row]


def table(measured: Sequence[Measured]) -> str:
    """Parts in the order of their letters, and what is missing at a size stays empty."""
    sizes = sorted({one.people for one in measured})
    figures: dict[tuple[str, str], dict[int, str]] = {}
    bounds: dict[tuple[str, str], str] = {}
    for one in measured:
        for row in one.rows:
            key = (one.part, row.what)
            bounds[key] = row.bound or bounds.get(key, "")
            figures.setdefault(key, {})[one.people] = row.figure + _mark(row.met)
    heads = ["", "what", "bound", *(f"{size:,} people" for size in sizes)]
    lines = [heads, ["---", "---", "---", *("---:" for _ in sizes)]]
    # The order of rows within a part is that of the measurement.
    for part, what in sorted(figures, key=lambda key: key[0]):
        found = figures[part, what]
        lines.append([part, what, bounds[part, what], *(found.get(size, "") for size in sizes)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _mark(met: bool | None) -> str:
    return {True: " ✓", False: " ✗", None: ""}[met]


def middle(values: Sequence[float]) -> float:
    """Of several rounds, so that one that was disturbed does not count."""
    return median(values)


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def ratio(value: float) -> str:
    return f"{value:.2f}"


def mb(size: float) -> str:
    return f"{size / (1 << 20):.0f} MB"

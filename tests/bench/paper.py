"""What was measured, kept in `build/` from run to run, and written into `docs/benchmarks.md`."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from .load import ROOT
from .table import Measured, Row, table

KEPT = ROOT / "build" / "bench.json"
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Circumstances:
    """Of the measurement of one part: others may work on the same machine."""

    people: int
    part: str
    day: str
    load: float
    """How many processes wanted a processor, on average of the minute at its end."""


def now(people: int, part: str) -> Circumstances:
    return Circumstances(people, part, f"{datetime.now(UTC):%Y-%m-%d}", os.getloadavg()[0])


class Notebook:
    """The latest measurement of each part at each size."""

    def __init__(self, file: Path = KEPT) -> None:
        self._file = file
        kept = json.loads(file.read_text()) if file.exists() else []
        self._entries = {(one["people"], one["part"]): one for one in kept}

    def note(self, measured: Measured) -> None:
        circumstances = now(measured.people, measured.part)
        entry = asdict(circumstances) | {"rows": [list(row) for row in measured.rows]}
        self._entries[measured.people, measured.part] = entry
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(list(self._entries.values()), indent=1))

    def table(self) -> str:
        return table(
            [
                Measured(one["people"], one["part"], [Row(*row) for row in one["rows"]])
                for one in self._entries.values()
            ]
        )

    def circumstances(self) -> str:
        days = sorted({one["day"] for one in self._entries.values()})
        loads = [one["load"] for one in self._entries.values()]
        memory = psutil.virtual_memory().total / (1 << 30)
        return (
            f"{' and '.join(days)}; {os.cpu_count()} processors ({platform.machine()}), "
            f"{memory:.0f} GB of memory, {platform.system()} {platform.release().split('-')[0]}, "
            f"Python {platform.python_version()}. While it ran, {min(loads):.1f} to "
            f"{max(loads):.1f} processes wanted a processor, those of the measurement among them."
        )

    def write(self, page: Path = PAGE) -> None:
        """Between the marks; what people wrote around them stays."""
        head, _, rest = page.read_text().partition(BEGIN)
        tail = rest.partition(END)[2]
        measured = f"{BEGIN}\n\n{self.circumstances()}\n\n{self.table()}\n\n{END}"
        page.write_text(head + measured + tail)

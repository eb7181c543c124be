"""make bench: what perfapi costs, as ratios from one run.

make bench ARGS="--people 1000 --only a,c"     some parts, at one size
make bench ARGS="--whole --write"              all sizes, into docs/benchmarks.md
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests import servers
from tests.servers import Servers

from . import (
    checking_in,
    first_load,
    following,
    goal_list,
    goal_page,
    importing,
    recomputing,
    reports,
    starting,
)
from .house import House, house
from .paper import Notebook
from .table import Measured, Row, table

PARTS: dict[str, Callable[[House], Awaitable[list[Row]]]] = {
    "a": goal_list.measure,
    "b": goal_page.measure,
    "c": checking_in.measure,
    "d": reports.measure,
    "e": importing.measure,
    "f": recomputing.measure,
    "g": following.measure,
    "h": starting.measure,
    "i": first_load.measure,
}
USUAL, WHOLE = [10_000], [1_000, 10_000, 100_000]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=USUAL)
    parser.add_argument("--whole", action="store_true", help="1,000, 10,000 and 100,000 people")
    parser.add_argument("--only", default=",".join(PARTS), help="letters of parts: a,c")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    asked = parser.parse_args()
    sizes = WHOLE if asked.whole else asked.people
    notebook = Notebook()
    with servers.running(durable=True) as running:
        measured = asyncio.run(_measure(running, sizes, asked.only.split(","), notebook))
    print(table(measured))  # noqa: T201 -- this is what the command is for
    if asked.write:
        notebook.write()


async def _measure(
    running: Servers, sizes: list[int], parts: list[str], notebook: Notebook
) -> list[Measured]:
    measured = []
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="perfapi-bench-") as folder:
            began = time.monotonic()
            async with house(running, Path(folder), people) as found:
                _say(f"{people:,} people are there", began)
                for part in parts:
                    began = time.monotonic()
                    measured.append(Measured(people, part, await PARTS[part](found)))
                    notebook.note(measured[-1])
                    _say(f"({part})", began)
    return measured


def _say(what: str, began: float) -> None:
    print(f"{what} after {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

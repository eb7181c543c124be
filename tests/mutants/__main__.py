"""`python -m tests.mutants [--file PART] [--sample N]`: are all of them found?"""

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests import servers
from tests.mutants.mutating import Mutant, files, mutants_of
from tests.mutants.processes import UNSURE
from tests.mutants.running import Bench

ROOT = Path(__file__).parents[2]
SURVIVORS = Path(__file__).parent / "survivors.md"
WANTED = 0.95


def main() -> int:
    wanted = _arguments()
    explained = set() if wanted.all else explanations()
    chosen = _chosen(wanted.file, wanted.sample, wanted.seed)
    asked = [one for one in chosen if str(one) not in explained]
    with tempfile.TemporaryDirectory(prefix="perfapi-mutants-") as folder:
        Path(folder).chmod(0o755)
        with (
            servers.running() as running,
            closing(Bench(ROOT, Path(folder), running, asked, lanes=wanted.lanes)) as bench,
        ):
            found = _told(bench, twice=wanted.twice)
            red = bench.red_without()
    killers = {str(bench.mutants[number]): killer for number, killer in found.items()}
    for test in sorted(red):
        _say(f"red without any mutant, and so not asked: {test}")
    return _verdict(chosen, killers) or int(bool(red))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--file", default="", help="only of files whose path contains this")
    parser.add_argument("--sample", type=int, help="so many of them, the same for the same seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="also those that are explained")
    parser.add_argument("--twice", action="store_true", help="each alone too: do both ways agree?")
    parser.add_argument("--lanes", type=int, default=2, help="how many at a time")
    return parser.parse_args()


def _chosen(part: str, sample: int | None, seed: int) -> list[Mutant]:
    every = [one for file in files(ROOT) if part in file for one in mutants_of(ROOT, file)]
    if sample is None or sample >= len(every):
        return every
    picked = random.Random(seed).sample(range(len(every)), sample)
    return [every[place] for place in sorted(picked)]


def _told(bench: Bench, *, twice: bool) -> dict[int, str]:
    """The killer of each, told as it is found."""
    began = time.monotonic()
    found = {}
    for one in bench.told(twice=twice):
        minutes, seconds = divmod(int(time.monotonic() - began), 60)
        how = "" if one.alone is None else "alone "
        said = f"{how}{one.found or 'SURVIVED'}: {bench.mutants[one.number]}"
        _say(f"{minutes:3}:{seconds:02} {said}")
        if one.alone is not None and one.killer != UNSURE and bool(one.killer) != bool(one.alone):
            _say(f"THE TWO WAYS DISAGREE: {bench.mutants[one.number]}")
        found[one.number] = one.found
    return found


def _verdict(chosen: list[Mutant], killers: dict[str, str]) -> int:
    made = Counter(mutant.file for mutant in chosen)
    killed = Counter(mutant.file for mutant in chosen if killers.get(str(mutant)))
    explained = explanations()
    survivors = [one for one in chosen if not killers.get(str(one))]
    _say("")
    for file, count in made.items():
        _say(f"{killed[file]:4} of {count:4} killed  {file}")
    unexplained = [one for one in survivors if str(one) not in explained]
    for one in unexplained:
        _say(f"survived, and nobody says why: {one}")
    share = killed.total() / max(len(chosen), 1)
    _say(f"{killed.total()} of {len(chosen)} killed: {share:.1%}; explained: {len(explained)}")
    return int(share < WANTED or bool(unexplained))


def explanations() -> set[str]:
    """The mutants that `survivors.md` says why nobody could notice."""
    return set(re.findall(r"^- `(.+)`$", SURVIVORS.read_text(), re.MULTILINE))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a tool for the terminal


if __name__ == "__main__":
    sys.exit(main())

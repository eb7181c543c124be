"""`python -m tests.mutants [--file PART] [--sample N]`: are all of them found?"""

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests import servers
from tests.mutants.mutating import Mutant, files, mutants_of
from tests.mutants.running import a_bench

ROOT = Path(__file__).parents[2]
SURVIVORS = Path(__file__).parent / "survivors.md"
WANTED = 0.95


def main() -> int:
    wanted = _arguments()
    chosen = _chosen(wanted.file, wanted.sample, wanted.seed)
    killed: Counter[str] = Counter()
    survivors: list[Mutant] = []
    with tempfile.TemporaryDirectory(prefix="perfapi-mutants-") as folder:
        Path(folder).chmod(0o755)
        with servers.running() as running, a_bench(ROOT, Path(folder), running) as bench:
            if failing := "" if wanted.trusting else bench.is_green():
                _say(f"Without a mutant, {failing} fails already.")
                return 2
            for number, mutant in enumerate(chosen, 1):
                began = time.monotonic()
                killer = bench.killer_of(mutant)
                killed[mutant.file] += bool(killer)
                survivors += [] if killer else [mutant]
                took = time.monotonic() - began
                _say(f"{number}/{len(chosen)} {took:4.1f} s {killer or 'SURVIVED'}: {mutant}")
    return _verdict(chosen, killed, survivors)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--file", default="", help="only of files whose path contains this")
    parser.add_argument("--sample", type=int, help="so many of them, the same for the same seed")
    parser.add_argument("--trusting", action="store_true", help="the tests are known to be green")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _chosen(part: str, sample: int | None, seed: int) -> list[Mutant]:
    every = [one for file in files(ROOT) if part in file for one in mutants_of(ROOT, file)]
    if sample is None or sample >= len(every):
        return every
    picked = random.Random(seed).sample(range(len(every)), sample)
    return [every[place] for place in sorted(picked)]


def _verdict(chosen: list[Mutant], killed: Counter[str], survivors: list[Mutant]) -> int:
    made = Counter(mutant.file for mutant in chosen)
    _say("")
    for file, count in made.items():
        _say(f"{killed[file]:4} of {count:4} killed  {file}")
    explained = explanations()
    unexplained = [one for one in survivors if str(one) not in explained]
    for one in survivors:
        _say(f"survived: {one}" + ("" if str(one) in explained else "  (not explained)"))
    share = killed.total() / max(len(chosen), 1)
    _say(f"{killed.total()} of {len(chosen)} killed: {share:.1%}")
    return int(share < WANTED or bool(unexplained))


def explanations() -> set[str]:
    """The mutants that `survivors.md` says why nobody could notice."""
    return set(re.findall(r"^- `(.+)`$", SURVIVORS.read_text(), re.MULTILINE))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a tool for the terminal


if __name__ == "__main__":
    sys.exit(main())

"""perfapi as an operator starts it: commands in processes of their own, with their own home."""

import os
import subprocess
import sys
from pathlib import Path


def environment(home: Path, **settings: object) -> dict[str, str]:
    """This process's environment with these PERFAPI_ settings and no others."""
    inherited = {name: value for name, value in os.environ.items() if name[:8] != "PERFAPI_"}
    wanted = {"home": home, "demo": False, **settings}
    return inherited | {f"PERFAPI_{name.upper()}": str(value) for name, value in wanted.items()}


def perfapi(*arguments: str, home: Path, **settings: object) -> "subprocess.CompletedProcess[str]":
    """The finished command `perfapi`."""
    return subprocess.run(
        [sys.executable, "-m", "perfapi.cli", *arguments],
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

"""Runs the journeys of `frontend/e2e` against perfapi as a user starts it, on the demo data.

python -m tests.e2e [ARGUMENTS OF PLAYWRIGHT]
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 300


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="perfapi-e2e-") as folder:
        # Root starts PostgreSQL as another user, who must be able to walk here.
        Path(folder).chmod(0o755)
        log = Path(folder) / "perfapi.log"
        with log.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "perfapi.cli", "run"],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=os.environ
                | {
                    "PERFAPI_HOME": str(Path(folder) / "home"),
                    "PERFAPI_PORT": "0",
                    "PERFAPI_RATE_LIMITS": "false",
                    "PYTHONUNBUFFERED": "1",
                },
            )
        try:
            address, sign_ins = _wait_for(server, log)
            return _run_playwright(address, sign_ins, Path(folder) / "home")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)
            if os.environ.get("E2E_KEEP_LOG"):
                shutil.copy(log, os.environ["E2E_KEEP_LOG"])


def _wait_for(server: "subprocess.Popen[bytes]", log: Path) -> tuple[str, dict[str, list[str]]]:
    """The printed address and the demo's sign-ins by role, as soon as the server answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        said = log.read_text(errors="replace")
        address = re.search(r"http://[\w.:-]+", said)
        found = re.findall(r"^\s*(admin|hr|manager|employee): (\S+@\S+) (\S+)\s*$", said, re.M)
        sign_ins = {role: [email, password] for role, email, password in found}
        if address and {"admin", "hr", "manager", "employee"} <= sign_ins.keys():
            return address[0], sign_ins
        time.sleep(0.2)
    raise SystemExit(f"perfapi did not start:\n{log.read_text(errors='replace')[-4000:]}")


def _run_playwright(address: str, sign_ins: dict[str, list[str]], home: Path) -> int:
    binaries = Path(sys.executable).parent
    accounts = {
        role: {"email": email, "password": password} for role, (email, password) in sign_ins.items()
    }
    finished = subprocess.run(
        [str(binaries / "npx"), "playwright", "test", *sys.argv[1:]],
        cwd=ROOT / "frontend",
        env=os.environ
        | {
            "E2E_URL": address,
            "E2E_HOME": str(home),  # where letters are kept
            "E2E_SIGN_INS": json.dumps(accounts),
            "PATH": f"{binaries}:{os.environ['PATH']}",
        },
        check=False,
    )
    return finished.returncode


if __name__ == "__main__":
    sys.exit(main())

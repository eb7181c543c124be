"""Schemathesis against the real server: whatever is sent, the document tells what comes back.

`make test` runs a sample, `make verify` the whole. Left out, each for a reason:

- `positive_data_acceptance`: a random id or cursor fits the schema and is still unknown here.
- two checks of a few paths, in `schemathesis.toml`
- texts with white space around them, in `left_out.py`
- the operations that would sign it out
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from perfapi.core.db import Sessions
from perfapi.domains.auth.passwords import Hasher
from perfapi.domains.auth.service import join_account
from perfapi.embedded.processes import free_port
from tests.factories.twins import a_twin
from tests.installations import environment
from tests.servers import Servers

PASSWORD = "four words and a number 7"
PATIENCE = 150.0
LEFT_OUT = "positive_data_acceptance"
# Whoever calls these is signed out.
NOT_CALLED = ("sign_out", "revoke_session")
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
HOOKS = {"SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("left_out.py"))}


@pytest.fixture
async def account(real_sessions: Sessions) -> dict[str, str]:
    hasher = Hasher()
    async with real_sessions.begin() as session:
        twin = await a_twin(session, "Fuzz")
        admin = await session.merge(twin.admin)
        admin.email = "admin@example.com"
        await join_account(session, admin, await hasher.hash(PASSWORD))
    hasher.close()
    return {"email": "admin@example.com", "password": PASSWORD}


@pytest.fixture
def server(tmp_path: Path, test_servers: Servers, database: str) -> Iterator[str]:
    """The address of an API process on a database of its own."""
    port = free_port("127.0.0.1")
    process = subprocess.Popen(
        [sys.executable, "-m", "perfapi.cli", "api"],
        env=environment(
            tmp_path,
            port=port,
            database_app_url=test_servers.app_url(database),
            database_worker_url=test_servers.worker_url(database),
            redis_url=test_servers.redis_url,
            rate_limits=False,
            log_level="ERROR",
        ),
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + PATIENCE
    try:
        while True:
            with suppress(httpx.TransportError):
                if httpx.get(f"{address}/readyz").status_code == 200:
                    break
            assert time.monotonic() < deadline, "the API does not start"
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize(
    "seconds", [60, pytest.param(400, marks=pytest.mark.whole)], ids=["sample", "whole"]
)
def test_the_document_tells_what_comes_back(
    server: str, account: dict[str, str], tmp_path: Path, seconds: int
) -> None:
    token = httpx.post(f"{server}/v1/auth/sessions", json=account).json()["access_token"]
    left_alone = [option for name in NOT_CALLED for option in ("--exclude-operation-id", name)]
    finished = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"),
            *("--config-file", str(CONFIGURATION)),
            *("run", f"{server}/openapi.json", "--url", server),
            *("--workers", "1", "--max-time", str(seconds), "--continue-on-failure"),
            *("--phases", "examples,coverage,fuzzing,stateful"),
            *("--exclude-checks", LEFT_OUT, "--warnings", "off", "--no-color"),
            *("--header", f"Authorization: Bearer {token}", *left_alone),
        ],
        cwd=tmp_path,
        env=os.environ | HOOKS,
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 0, finished.stdout[-8000:] + finished.stderr[-2000:]
    who = httpx.get(f"{server}/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert who.status_code == 200, "it was signed out on the way, and saw nothing after that"

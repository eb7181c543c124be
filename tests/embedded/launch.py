"""Starts a server and waits, so that a test can kill the launcher: `launch.py postgres FOLDER`."""

import sys
import time
from pathlib import Path

from perfapi.embedded.postgres import EmbeddedPostgres
from perfapi.embedded.valkey import EmbeddedValkey

KINDS = {"postgres": EmbeddedPostgres, "valkey": EmbeddedValkey}

if __name__ == "__main__":
    server = KINDS[sys.argv[1]](Path(sys.argv[2]), durable=sys.argv[1] == "valkey")
    server.start()
    assert server.process is not None
    sys.stdout.write(f"{server.process.pid}\n")
    sys.stdout.flush()
    time.sleep(60)

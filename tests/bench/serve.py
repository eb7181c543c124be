"""Serves another application as `perfapi api` serves perfapi.

python -m tests.bench.serve APP PORT
"""

import sys

from granian.constants import Interfaces, Loops
from granian.server import Server

if __name__ == "__main__":
    Server(
        sys.argv[1],
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[2]),
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=1,
        workers_kill_timeout=2,
    ).serve()

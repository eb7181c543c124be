"""Processes that end with the one that started them, and are found again if they did not."""

import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

_PR_SET_PDEATHSIG = 1
_LOG_LIMIT = 10_000_000


class StartFailed(Exception):
    """A process did not come up; the text says which, why and what it logged last."""


class InUse(Exception):
    """Another process works on the same folder."""


class FolderLock:
    """One process per folder; the kernel lets go of the lock, however its holder ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[str] | None = None

    @property
    def is_held(self) -> bool:
        return self._file is not None

    def acquire(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (self.folder / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            by = f" by process {holder}" if holder else ""
            raise InUse(f"{self.folder} is in use{by}") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


@dataclass(frozen=True)
class Account:
    """The user that a server runs as where root started it."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Identity:
    """A process, told apart from later ones that get the same number."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        """None, if no such process runs (a zombie does not)."""
        started = _started(pid)
        return cls(pid, started) if started else None

    def is_alive(self) -> bool:
        return Identity.of(self.pid) == self

    def end(self, *signals: tuple[signal.Signals, float]) -> None:
        """Sends each signal and waits its seconds, then kills all of the process's group."""
        for number, patience in signals:
            if not self.is_alive():
                break
            _send(os.kill, self.pid, number)
            wait_until(lambda: not self.is_alive(), patience)
        if self.is_alive():
            _send(os.killpg, self.pid, signal.SIGKILL)
            wait_until(lambda: not self.is_alive(), 5)


class PidFile:
    """Remembers a process for the next start, in case this one has no time to end it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, pid: int, port: int | None = None) -> None:
        identity = Identity.of(pid)
        if identity is not None:
            content = {"pid": identity.pid, "started": identity.started, "port": port}
            self.path.write_text(json.dumps(content), encoding="utf-8")

    def leftover(self) -> tuple[Identity, int | None] | None:
        """The process that was written here with its port, if exactly that one still runs."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            identity = Identity(int(content["pid"]), str(content["started"]))
            port = content["port"]
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
            return None  # a machine that crashed may leave half a file
        return (identity, port) if identity.is_alive() else None

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def spawn(
    command: Sequence[str],
    *,
    end_with: signal.Signals,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    log: Path | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: int | None = None,
    folders: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """A process in a group of its own, which the kernel sends `end_with` when this one dies.

    Call it from a thread that lives as long as the process: to the kernel a parent is a thread.
    """
    output = None if log is None else _open_log(log)
    try:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=stdout if output is None else output,
            stderr=output,
            env=None if env is None else dict(env),
            cwd="/" if account else None,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            pass_fds=folders,
            start_new_session=True,
            preexec_fn=_end_with_parent(os.getpid(), end_with),
        )
    finally:
        if output is not None:
            output.close()


def run(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that ends by itself; whatever interrupts this ends it too."""
    try:
        return process.wait()
    except BaseException:
        _send(os.killpg, process.pid, signal.SIGKILL)
        process.wait()
        raise


def free_port(host: str = "127.0.0.1") -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(condition: Callable[[], bool], patience: float, pause: float = 0.02) -> bool:
    """Whether the condition came true within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, indented, for the message that says why something failed."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 16_384))
            lines = file.read().decode("utf-8", "replace").splitlines()[-count:]
    except FileNotFoundError:
        lines = []
    return "".join(f"\n  {line}" for line in lines)


def _open_log(log: Path) -> IO[bytes]:
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    return log.open("ab")


def _send(kill: Callable[[int, int], None], pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        kill(pid, number)


if sys.platform == "linux":
    _boot = Path("/proc/sys/kernel/random/boot_id")
    _BOOT = _boot.read_text(encoding="ascii").strip() if _boot.exists() else ""
    _libc = ctypes.CDLL(None, use_errno=True)

    def _started(pid: int) -> str | None:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return None
        state, *fields = stat.rpartition(")")[2].split()
        return None if state in "ZX" else f"{_BOOT} {fields[18]}"

    def _end_with_parent(parent: int, number: signal.Signals) -> Callable[[], None]:
        def before_exec() -> None:
            # What a shell starts in the background ignores interrupts, and hands that down.
            signal.signal(number, signal.SIG_DFL)
            # After the change of user, which would forget it.
            _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

        return before_exec

else:

    def _started(pid: int) -> str | None:
        ps = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
        state, _, started = subprocess.run(
            ps, capture_output=True, text=True, check=False
        ).stdout.partition(" ")
        return None if state[:1] in {"", "Z"} else started.strip()

    def _end_with_parent(parent: int, number: signal.Signals) -> Callable[[], None] | None:
        return None

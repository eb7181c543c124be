"""What PostgreSQL and Valkey have in common here: one folder, one process, one port."""

import os
import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ClassVar, Self

from perfapi.core.crypto import new_token, rewrite_secret

from .processes import (
    Account,
    FolderLock,
    Identity,
    PidFile,
    StartFailed,
    free_port,
    last_lines,
    spawn,
    wait_until,
)
from .wheels import server_account

_ATTEMPTS = 5
_TAKEN = "Address already in use"


class EmbeddedServer(ABC):
    """A server of this process's own, with its data in `folder` and its password in `secrets`.

    It listens on a port of the loopback interface that is free when it starts. `durable=False`
    trades the safety of the data for speed: for tests.
    """

    title: ClassVar[str]
    stop_signals: ClassVar[tuple[tuple[signal.Signals, float], ...]]
    """What asks it to stop, with the seconds that it gets for it; the rest is killed."""

    def __init__(self, folder: Path, *, secrets: Path | None = None, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self.port: int | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.log = self.folder / "server.log"
        self._secrets = secrets or self.folder / "secrets"
        self._lock = FolderLock(self.folder)
        self._pid_file = PidFile(self.folder / "pid")
        self._account: Account | None = None

    def start(self, *, port: int | None = None, patience: float = 60) -> None:
        """Returns when the server answers; `port` is a wish.

        Raises `InUse` if another process runs it already, `StartFailed` with the end of its log
        if it does not answer within `patience` seconds.
        """
        self._lock.acquire()
        try:
            self._account = server_account(self.folder)
            self._own_folder()
            if leftover := self._pid_file.leftover():
                leftover[0].end(*self.stop_signals)
            self._prepare()
            self._start(port, patience)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Returns when the server has ended, within the seconds of `stop_signals`."""
        if self.process is not None:
            if identity := Identity.of(self.process.pid):
                identity.end(*self.stop_signals)
            self.process.wait()
            self.process = None
            self._pid_file.remove()
        self.port = None
        self._lock.release()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def password(self) -> str:
        """The password of the server's administrator, made on first use."""
        return rewrite_secret(self._password_file, lambda old: old or new_token().encode()).decode()

    @property
    def _password_file(self) -> Path:
        return self._secrets / f"{self.title.lower()}-password"

    def attach(self) -> bool:
        """Whether another process runs this server; then it can be used here, but not stopped."""
        running = self._pid_file.leftover()
        self.port = running[1] if running else None
        return running is not None and self._is_ready(running[0].pid)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @abstractmethod
    def _prepare(self) -> None:
        """Makes the folder ready for the first start, and for one after a crash."""

    @abstractmethod
    def _launch(self, port: int) -> subprocess.Popen[bytes]: ...

    @abstractmethod
    def _is_ready(self, pid: int) -> bool: ...

    def _start(self, port: int | None, patience: float) -> None:
        for _ in range(_ATTEMPTS):
            self.port = port or free_port()
            logged = self.log.stat().st_size if self.log.exists() else 0
            process = self.process = self._launch(self.port)
            self._pid_file.write(process.pid, self.port)
            if not wait_until(partial(self._is_settled, process), patience):
                reason = f"does not answer after {patience:g} s"
                break
            if process.poll() is None:
                return
            reason = f"ended with code {process.returncode} at its start"
            with self.log.open("rb") as log:
                log.seek(logged)
                said = log.read().decode("utf-8", "replace")
            if _TAKEN in said:
                port = None
            elif not self._may_try_again(said):
                break
        raise StartFailed(f"{self.title} {reason}; see {self.log}{last_lines(self.log)}")

    def _is_settled(self, process: subprocess.Popen[bytes]) -> bool:
        return process.poll() is not None or self._is_ready(process.pid)

    def _may_try_again(self, said: str) -> bool:
        """Whether what the server logged before it ended is something that another start mends."""
        return False

    def _own_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if self._account is not None:
            os.chown(self.folder, self._account.uid, self._account.gid)

    def _spawn(
        self, command: list[str], root: str, folder: int | None, stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        return spawn(
            command,
            end_with=self.stop_signals[0][0],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": root},
            account=self._account,
            log=self.log,
            stdin=stdin,
            folders=[] if folder is None else [folder],
        )

    @contextmanager
    def _inside(self) -> Iterator[tuple[str, int | None]]:
        """The path of the folder as the server sees it, and the descriptor that makes it so.

        Where root starts the server, its user may not be allowed to walk to the folder (`/root`
        is closed, and it should stay so). An open descriptor leads there all the same.
        """
        if self._account is None:
            yield str(self.folder), None
            return
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", descriptor
        finally:
            os.close(descriptor)

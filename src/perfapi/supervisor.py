"""Everything under one roof: starts servers, API and worker, and mends or stops them together."""

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from perfapi.core.addresses import Unusable
from perfapi.core.logging import configure
from perfapi.core.settings import Settings, environment
from perfapi.embedded import installation
from perfapi.embedded.postgres import EmbeddedPostgres
from perfapi.embedded.processes import (
    FolderLock,
    Identity,
    PidFile,
    StartFailed,
    free_port,
    run,
    spawn,
)
from perfapi.embedded.server import EmbeddedServer
from perfapi.embedded.valkey import EmbeddedValkey

log = logging.getLogger(__name__)

_PAUSE = 0.2
_API_PATIENCE = 60.0
_LONGEST_BACKOFF = 30.0
_STEADY_AFTER = 60.0
"""Seconds after which a process counts as well again, so that its next failure is its first."""


class StopRequested(BaseException):
    """Somebody wants an end: Ctrl-C, SIGTERM, or the terminal is gone."""


class Failed(Exception):
    """A process that was to prepare the rest has ended with `code`, and has said itself why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Backoff:
    """When the next attempt is due: the pause doubles with each failure, up to a limit."""

    def __init__(self) -> None:
        self._failures = 0
        self._began = self._due = time.monotonic()

    def begin(self) -> None:
        self._began = time.monotonic()

    def fail(self) -> float:
        """The seconds until the next attempt."""
        now = time.monotonic()
        if now - self._began > _STEADY_AFTER:
            self._failures = 0
        self._failures += 1
        delay = min(0.25 * 2.0**self._failures, _LONGEST_BACKOFF)
        self._due = now + delay
        return delay

    @property
    def is_due(self) -> bool:
        return time.monotonic() >= self._due


class Child:
    """One of perfapi's own processes, `perfapi <command>`, with all that it starts."""

    def __init__(self, command: str, folder: Path, patience: float) -> None:
        self.command = command
        self.patience = patience
        self.process: subprocess.Popen[bytes] | None = None
        self.backoff = Backoff()
        self._pid_file = PidFile(folder / f"{command}.pid")

    def end_leftover(self) -> None:
        if leftover := self._pid_file.leftover():
            leftover[0].end((signal.SIGTERM, self.patience))

    def start(self, settings: Settings) -> None:
        self.process = spawn(
            [sys.executable, "-m", "perfapi.cli", self.command],
            end_with=signal.SIGTERM,
            env=environment(settings),
        )
        self._pid_file.write(self.process.pid)
        self.backoff.begin()

    def stop(self) -> None:
        if self.process is None:
            return
        if identity := Identity.of(self.process.pid):
            identity.end((signal.SIGTERM, self.patience))
        self._clear_away()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def mend(self, settings: Settings) -> None:
        """Starts it again, after the pause that its failures have earned."""
        if self.is_running:
            return
        if self.process is not None:
            code, delay = self.process.returncode, self.backoff.fail()
            self._clear_away()
            log.warning("%s ended with code %s; starts again in %g s", self.command, code, delay)
        if self.backoff.is_due:
            self.start(settings)

    def _clear_away(self) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # what it started, and left behind
        self.process.wait()
        self.process = None
        self._pid_file.remove()


class Supervisor:
    """What `perfapi run` is: the order in which things start, are watched, and stop."""

    def __init__(self, settings: Settings) -> None:
        if settings.port == 0:
            settings = settings.model_copy(update={"port": free_port(settings.host)})
        self._given = self._settings = settings
        self._backoff = Backoff()
        folder = settings.home / "run"
        self._api = Child("api", folder, patience=2.5)
        self._worker = Child("worker", folder, patience=1.5)
        self._postgres: EmbeddedPostgres | None = None
        self._valkey: EmbeddedValkey | None = None
        if installation.needs_own_postgres(settings):
            self._postgres = installation.own_postgres(settings)
        if installation.needs_own_valkey(settings):
            self._valkey = installation.own_valkey(settings)

    def run(self) -> None:
        """Returns when it was asked to stop and everything has stopped."""
        configure(self._given.log_format, self._given.log_level)
        make_home(self._given.home)
        with _stop_on_signals(), ExitStack() as stack:
            stack.enter_context(FolderLock(self._given.home))
            self._start(stack)
            self._watch()

    def _start(self, stack: ExitStack) -> None:
        (self._given.home / "run").mkdir(exist_ok=True)
        for child in (self._api, self._worker):
            child.end_leftover()
        refuse_taken_port(self._given.host, self._given.port)
        for server in self._servers():
            stack.callback(server.stop)
            server.start()
        self._resolve()
        sign_ins = self._prepare()
        stack.callback(self._worker.stop)
        stack.callback(self._api.stop)
        self._api.start(self._settings_of(self._api))
        self._worker.start(self._settings_of(self._worker))
        self._await_api()
        sys.stdout.write(f"perfapi is ready: {self._given.origin}\n{sign_ins}")
        sys.stdout.flush()

    def _servers(self) -> list[EmbeddedServer]:
        return [server for server in (self._postgres, self._valkey) if server is not None]

    def _resolve(self) -> None:
        """Settings in which every server has its address."""
        settings = self._given
        if self._postgres is not None:
            settings = installation.with_postgres(settings, self._postgres)
        if self._valkey is not None:
            settings = settings.model_copy(update={"redis_url": self._valkey.url()})
        self._settings = installation.with_logins(settings)

    def _settings_of(self, child: Child) -> Settings:
        """Nobody is told a login that is not theirs."""
        other = "database_worker_url" if child is self._api else "database_app_url"
        return self._settings.model_copy(update={"database_url": None, other: None})

    def _prepare(self) -> str:
        """Migrates, and loads the demo where nothing is; answers what it says on how to sign in."""
        with tempfile.TemporaryFile(dir=self._given.home / "run") as said:
            process = spawn(
                [sys.executable, "-m", "perfapi.cli", "prepare"],
                end_with=signal.SIGTERM,
                env=environment(self._settings),
                stdout=said.fileno(),
            )
            if code := run(process):
                raise Failed(code)
            said.seek(0)
            return said.read().decode()

    def _await_api(self) -> None:
        deadline = time.monotonic() + _API_PATIENCE
        while not _is_healthy(self._given.address):
            if not self._api.is_running:
                raise StartFailed("the API ended at its start")
            if time.monotonic() > deadline:
                raise StartFailed(f"the API does not answer after {_API_PATIENCE:g} s")
            time.sleep(_PAUSE / 4)

    def _watch(self) -> None:
        while True:
            time.sleep(_PAUSE)
            for server in self._servers():
                if not server.is_running and self._backoff.is_due:
                    self._mend(server)
            for child in (self._api, self._worker):
                child.mend(self._settings_of(child))

    def _mend(self, server: EmbeddedServer) -> None:
        port = server.port
        log.warning("%s ended; starts again", server.title)
        self._backoff.begin()
        server.stop()
        try:
            server.start(port=port)
        except StartFailed as error:
            log.error("%s; next attempt in %g s", error, self._backoff.fail())
            return
        if server.port != port:  # somebody took it, so the others must learn the new one
            self._resolve()
            self._api.stop()
            self._worker.stop()


def refuse_taken_port(host: str, port: int) -> None:
    """Before anything else starts: the most frequent reason why nothing will."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise Unusable(f"PERFAPI_HOST: {host}: {error.strerror}") from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Unusable(f"PERFAPI_PORT: port {port} of {host} is taken") from None
            setting = "PERFAPI_PORT" if error.errno == errno.EACCES else "PERFAPI_HOST"
            raise Unusable(f"{setting}: {host}:{port}: {error.strerror}") from None


def make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"PERFAPI_HOME: {home}: {error.strerror}") from None
    if not os.access(home, os.W_OK | os.X_OK):
        raise Unusable(f"PERFAPI_HOME: {home} belongs to somebody else")


def _is_healthy(address: str) -> bool:
    try:
        with closing(HTTPConnection(urlsplit(address).netloc, timeout=2)) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


@contextmanager
def _stop_on_signals() -> Iterator[None]:
    """The first request ends the work, and is an ordinary end; those after it wait with us."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        numbers.append(signal.SIGHUP)

    def request(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise StopRequested

    before = {number: signal.signal(number, request) for number in numbers}
    try:
        yield
    except StopRequested:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

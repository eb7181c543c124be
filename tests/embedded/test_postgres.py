import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from perfapi.embedded.postgres import EmbeddedPostgres
from perfapi.embedded.processes import Identity, InUse, StartFailed, wait_until
from tests.embedded import launch

KEPT = "SELECT number FROM kept"


async def answer(url: str, query: str) -> str:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return str((await connection.execute(text(query))).scalar_one())
    finally:
        await engine.dispose()


def processes_in(folder: Path) -> list[int]:
    """Every process that works in the folder, as PostgreSQL's do."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").samefile(folder):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


class TestStart:
    def test_what_was_written_is_there_after_a_restart(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        assert postgres.execute(KEPT) == "7"
        postgres.stop()
        postgres.start()
        assert postgres.execute(KEPT) == "7"

    def test_the_port_is_chosen_at_each_start(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        first = postgres.port
        assert first is not None
        postgres.stop()
        with socket.socket() as taken:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", first))
            taken.listen()
            postgres.start(port=first)  # a wish
            assert postgres.port not in {None, first}
            assert postgres.execute(KEPT) == "7"

    async def test_only_the_right_password_opens_it(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        assert await answer(postgres.url(), "SELECT 1") == "1"
        with pytest.raises(Exception, match="password authentication failed"):
            await answer(postgres.url(password="guessed"), "SELECT 1")

    def test_it_listens_on_the_loopback_interface_alone(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        assert postgres.execute("SHOW listen_addresses; SHOW unix_socket_directories") == (
            "127.0.0.1"
        )

    def test_passwords_are_in_closed_files_and_in_no_argument(
        self, postgres: EmbeddedPostgres
    ) -> None:
        postgres.start()
        secrets = postgres.folder / "secrets"
        assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
        for file in secrets.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert not (postgres.folder / "password").exists()
        assert postgres.process is not None
        arguments = Path(f"/proc/{postgres.process.pid}/cmdline").read_text()
        assert postgres.password not in arguments

    def test_without_durability_it_is_fast(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        assert postgres.execute("SHOW fsync") == "off"

    def test_it_is_durable_unless_told_otherwise(self, initialized: Path) -> None:
        with EmbeddedPostgres(initialized) as server:
            shown = server.execute("SHOW fsync; SHOW full_page_writes; SHOW synchronous_commit")
        assert shown.split() == ["on", "on", "on"]

    def test_it_runs_as_nobody_who_could_harm(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        assert postgres.process is not None
        owner = Path(f"/proc/{postgres.process.pid}").stat().st_uid
        assert owner != 0
        if os.geteuid() != 0:
            assert owner == os.geteuid()


class TestRefusals:
    def test_a_folder_in_use(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        other = EmbeddedPostgres(postgres.folder, durable=False)
        with pytest.raises(InUse, match=f"in use by process {os.getpid()}"):
            other.start()
        assert postgres.execute(KEPT) == "7"

    def test_data_of_another_version(self, initialized: Path, tmp_path: Path) -> None:
        folder = tmp_path / "postgres"
        shutil.copytree(initialized, folder)
        (folder / "data" / "PG_VERSION").write_text("12\n")
        with pytest.raises(StartFailed, match=r"is of PostgreSQL 12, and this perfapi brings"):
            EmbeddedPostgres(folder).start()

    def test_data_whose_password_is_lost(self, initialized: Path, tmp_path: Path) -> None:
        folder = tmp_path / "postgres"
        shutil.copytree(initialized, folder)
        shutil.rmtree(folder / "secrets")
        with pytest.raises(StartFailed, match=r"password of the data .* is missing"):
            EmbeddedPostgres(folder).start()

    def test_a_start_that_fails_shows_the_end_of_the_log(
        self, initialized: Path, tmp_path: Path
    ) -> None:
        folder = tmp_path / "postgres"
        subprocess.run(["cp", "-a", initialized, folder], check=True)
        with (folder / "data" / "postgresql.conf").open("a") as file:
            file.write("shared_preload_libraries = 'no_such_library'\n")
        server = EmbeddedPostgres(folder)
        with pytest.raises(StartFailed, match=r"(?s)ended with code 1 .*no_such_library"):
            server.start()
        assert not server.is_running
        assert processes_in(folder / "data") == []

    def test_a_start_that_takes_too_long_leaves_nothing(self, postgres: EmbeddedPostgres) -> None:
        with pytest.raises(StartFailed, match="does not answer after 0 s"):
            postgres.start(patience=0)
        assert processes_in(postgres.folder / "data") == []


class TestAfterACrash:
    def test_of_the_server(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        assert postgres.process is not None
        postgres.process.send_signal(signal.SIGKILL)
        assert wait_until(lambda: not postgres.is_running, 5)
        postgres.stop()
        postgres.start()
        assert postgres.execute(KEPT) == "7"

    def test_of_its_launcher(self, postgres: EmbeddedPostgres) -> None:
        with self._launcher(postgres.folder) as launcher:
            pid = self._pid(launcher)
            assert not postgres.is_running
            assert postgres.attach()
            assert postgres.execute(KEPT) == "7"
            launcher.kill()
        postgres.start()  # while the other may still be on its way out
        assert Identity.of(pid) is None
        assert postgres.execute(KEPT) == "7"

    def test_of_everything(self, postgres: EmbeddedPostgres) -> None:
        with self._launcher(postgres.folder) as launcher:
            pid = self._pid(launcher)
            launcher.kill()
            os.kill(pid, signal.SIGKILL)
        postgres.start()
        assert postgres.execute(KEPT) == "7"

    def test_of_the_machine_whose_numbers_now_mean_others(self, postgres: EmbeddedPostgres) -> None:
        """A postmaster.pid names a process that lives, and has nothing to do with it."""
        with self._launcher(postgres.folder) as launcher:
            os.kill(self._pid(launcher), signal.SIGKILL)
            launcher.kill()
        file = postgres.folder / "data" / "postmaster.pid"
        # Of the same user as the server, or PostgreSQL itself would know that it is a stranger.
        owner = file.stat()
        with subprocess.Popen(
            ["sleep", "60"], user=owner.st_uid if os.geteuid() == 0 else None
        ) as stranger:
            lines = file.read_text().splitlines()
            file.write_text("\n".join([str(stranger.pid), *lines[1:], ""]))
            postgres.start()
            assert postgres.execute(KEPT) == "7"
            assert stranger.poll() is None
            stranger.kill()

    def test_before_the_first_line_was_written(self, postgres: EmbeddedPostgres) -> None:
        file = postgres.folder / "data" / "postmaster.pid"
        file.touch()
        postgres.start()
        assert postgres.execute(KEPT) == "7"

    def test_in_the_middle_of_the_first_start(self, tmp_path: Path) -> None:
        half = tmp_path / "postgres" / "data.new"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")
        with EmbeddedPostgres(tmp_path / "postgres", durable=False) as server:
            assert server.execute("SELECT 1") == "1"
        assert not half.exists()

    @staticmethod
    def _launcher(folder: Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, launch.__file__, "postgres", str(folder)],
            stdout=subprocess.PIPE,
            text=True,
        )

    @staticmethod
    def _pid(launcher: "subprocess.Popen[str]") -> int:
        assert launcher.stdout is not None
        return int(launcher.stdout.readline())


class TestCreateDatabase:
    async def test_its_owner_is_an_ordinary_login(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        url = postgres.create_database("town", "mayor")
        assert url == postgres.create_database("town", "mayor")
        assert await answer(url, "SELECT current_user || '@' || current_database()") == "mayor@town"
        attributes = "SELECT rolsuper OR rolbypassrls OR rolcreatedb FROM pg_roles"
        assert await answer(url, f"{attributes} WHERE rolname = current_user") == "False"
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'town'"
        assert postgres.execute(owner) == "mayor"


class TestExecute:
    def test_a_mistake_is_an_error_without_the_password(self, postgres: EmbeddedPostgres) -> None:
        postgres.start()
        with pytest.raises(RuntimeError, match='relation "nothing" does not exist') as error:
            postgres.execute("SELECT * FROM nothing")
        assert postgres.password not in str(error.value)

    def test_a_server_that_does_not_run_has_no_address(self, postgres: EmbeddedPostgres) -> None:
        with pytest.raises(RuntimeError, match="is not running"):
            postgres.url()

import json
import os
import socket
from pathlib import Path

import pytest

from perfapi.core.settings import Settings
from perfapi.embedded.installation import own_postgres, own_valkey
from perfapi.embedded.processes import FolderLock, free_port
from tests.installations import perfapi
from tests.servers import Servers


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def nothing_is_left(home: Path) -> bool:
    settings = Settings(home=home)
    return not (own_postgres(settings).attach() or own_valkey(settings).attach())


class TestRunRefuses:
    """One line that names the setting, a code, no trace, and nothing that still runs."""

    def refuses(self, home: Path, line: str, code: int = 1, **settings: object) -> None:
        finished = perfapi("run", home=home, **settings)
        assert finished.stderr == f"perfapi: {line}\n"
        assert finished.stdout == ""
        assert finished.returncode == code
        assert nothing_is_left(home)

    def test_a_wrong_setting(self, home: Path) -> None:
        self.refuses(
            home,
            "PERFAPI_PORT: must be a valid integer, unable to parse string as an integer",
            code=2,
            port="eighty",
        )
        assert not home.exists()

    def test_a_port_that_is_taken(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            self.refuses(home, f"PERFAPI_PORT: port {port} of 127.0.0.1 is taken", port=port)

    def test_a_host_that_is_not_this_one(self, home: Path) -> None:
        self.refuses(
            home,
            "PERFAPI_HOST: 192.0.2.1:8000: Cannot assign requested address",
            host="192.0.2.1",
            port=8000,
        )

    def test_a_home_that_cannot_be(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        home = tmp_path / "file" / "home"
        self.refuses(home, f"PERFAPI_HOME: {home}: Not a directory", port=0)

    def test_a_home_in_use(self, home: Path) -> None:
        with FolderLock(home):
            self.refuses(home, f"{home} is in use by process {os.getpid()}", port=0)

    def test_a_database_out_of_reach(self, home: Path) -> None:
        port = free_port()
        self.refuses(
            home,
            f"PERFAPI_DATABASE_URL: 127.0.0.1:{port}/d: nobody listens there",
            port=0,
            database_url=f"postgresql://u:secret@127.0.0.1:{port}/d",
        )

    def test_a_redis_out_of_reach(self, home: Path, test_servers: Servers) -> None:
        port = free_port()
        self.refuses(
            home,
            f"PERFAPI_REDIS_URL: 127.0.0.1:{port}/0: nobody listens there",
            port=0,
            database_url=test_servers.owner_url("postgres"),
            redis_url=f"redis://:secret@127.0.0.1:{port}/0",
        )


class TestRun:
    def test_a_setting_that_means_nothing_is_mentioned(self, home: Path) -> None:
        finished = perfapi("run", home=home, prot=80, port="x")
        assert finished.returncode == 2
        finished = perfapi("run", home=Path("/dev/null/home"), prot=80, port=0)
        assert finished.stderr.startswith(
            "perfapi: PERFAPI_PROT: there is no such setting; did you mean PERFAPI_PORT?\n"
        )


class TestApiAndWorker:
    @pytest.mark.parametrize("command", ["api", "worker"])
    def test_they_start_no_servers(self, home: Path, command: str) -> None:
        finished = perfapi(command, home=home)
        assert finished.returncode == 1
        assert finished.stderr.startswith("perfapi: PERFAPI_DATABASE_URL: no database is named")
        assert finished.stderr.count("\n") == 1

    async def test_they_do_not_serve_as_the_owner(
        self, home: Path, test_servers: Servers, database: str
    ) -> None:
        finished = perfapi(
            "api",
            home=home,
            database_app_url=test_servers.owner_url(database),
            redis_url=test_servers.redis_url,
        )
        assert finished.returncode == 1
        assert finished.stderr.startswith("perfapi: the login postgres is a superuser, and")

    async def test_they_do_not_serve_from_another_revision(
        self, home: Path, test_servers: Servers
    ) -> None:
        finished = perfapi(
            "worker",
            home=home,
            database_worker_url=test_servers.worker_url("postgres"),
            redis_url=test_servers.redis_url,
        )
        assert finished.returncode == 1
        assert "run `perfapi migrate`" in finished.stderr


class TestMigrate:
    def test_it_starts_a_database_of_its_own_and_stops_it(self, home: Path) -> None:
        finished = perfapi("migrate", home=home)
        assert (finished.returncode, finished.stderr) == (0, "")
        assert nothing_is_left(home)

    async def test_it_makes_the_logins_of_a_named_database(
        self, home: Path, test_servers: Servers, database: str
    ) -> None:
        finished = perfapi("migrate", home=home, database_url=test_servers.owner_url(database))
        assert (finished.returncode, finished.stderr) == (0, "")
        assert {file.name for file in (home / "secrets").glob("*-password")} == {
            "app-database-password",
            "worker-database-password",
        }


class TestAddOrganization:
    ADMIN = ("--admin-email", "Ada@Nord.example.com", "--admin-name", "Ada de Vries")

    async def test_its_administrator_gets_a_link(
        self, home: Path, test_servers: Servers, database: str
    ) -> None:
        database_url = test_servers.owner_url(database)
        add = ("organization", "add")
        finished = perfapi(
            *add, "Nördliche Optik", *self.ADMIN, home=home, database_url=database_url
        )
        assert (finished.returncode, finished.stderr) == (0, "")
        link = finished.stdout.splitlines()[-1]
        assert link.startswith("http://127.0.0.1:8000/invitation#")

        again = perfapi(*add, "Nordliche Optik", *self.ADMIN, home=home, database_url=database_url)
        assert again.returncode == 1
        assert again.stderr == "perfapi: --short-name: another organization has it\n"

    @pytest.mark.parametrize(
        ("arguments", "option"),
        [
            (("!!!", *ADMIN), "--short-name"),
            (("Nord", *ADMIN, "--short-name", "No Rd"), "--short-name"),
            (("Nord", *ADMIN, "--time-zone", "Mars/Olympus"), "--time-zone"),
            (("Nord", *ADMIN, "--language", "xx"), "--language"),
            (("Nord", "--admin-email", "ada", "--admin-name", "Ada"), "--admin-email"),
            (("Nord", "--admin-email", "a@b.example.com", "--admin-name", " "), "--admin-name"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, home: Path, arguments: tuple[str, ...], option: str
    ) -> None:
        finished = perfapi("organization", "add", *arguments, home=home)
        assert finished.returncode == 1
        assert finished.stderr.startswith(f"perfapi: {option}: ")
        assert finished.stderr.count("\n") == 1


class TestOpenapi:
    def test_it_needs_no_servers(self, home: Path, tmp_path: Path) -> None:
        file = tmp_path / "openapi.json"
        finished = perfapi("openapi", "--output", str(file), home=home)
        assert finished.returncode == 0
        assert json.loads(file.read_text())["info"]["title"] == "perfapi"
        assert not home.exists()


class TestUse:
    def test_help_lists_the_commands(self, home: Path) -> None:
        finished = perfapi("--help", home=home)
        assert finished.returncode == 0
        for command in ("run", "api", "worker", "migrate", "openapi", "organization"):
            assert f" {command} " in finished.stdout
        assert "prepare" not in finished.stdout

    def test_an_unknown_command_is_named(self, home: Path) -> None:
        finished = perfapi("frobnicate", home=home)
        assert finished.returncode == 2
        assert "No such command 'frobnicate'" in finished.stderr

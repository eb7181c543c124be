from pathlib import Path

import pytest

from perfapi.core.addresses import Unusable, logins
from perfapi.core.settings import Settings
from perfapi.embedded.installation import (
    named_logins,
    needs_own_postgres,
    own_postgres,
    own_valkey,
    with_database,
    with_logins,
    with_running_servers,
)

OWNER = "postgresql+asyncpg://owner:secret@db.example/perfapi"
APP = "postgresql+asyncpg://app:secret@db.example/perfapi"
WORKER = "postgresql+asyncpg://worker:secret@db.example/perfapi"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


class TestNamedServers:
    def test_the_logins_follow_from_the_owner(self, home: Path) -> None:
        found = with_logins(Settings(home=home, database_url=OWNER))
        assert named_logins(found) == logins(OWNER, home / "secrets")

    def test_a_named_login_wins(self, home: Path) -> None:
        found = with_logins(Settings(home=home, database_url=OWNER, database_app_url=APP))
        assert found.database_app_url == APP
        assert found.database_worker_url == logins(OWNER, home / "secrets").worker_url

    @pytest.mark.parametrize(
        ("named", "needed"),
        [
            ({}, True),
            ({"database_url": OWNER}, False),
            ({"database_app_url": APP}, True),
            ({"database_app_url": APP, "database_worker_url": WORKER}, False),
        ],
    )
    def test_an_own_server_is_needed_where_none_is_named(
        self, home: Path, named: dict[str, str], needed: bool
    ) -> None:
        assert needs_own_postgres(Settings(home=home).model_copy(update=named)) is needed

    def test_without_logins_nothing_can_be_made_for_them(self, home: Path) -> None:
        with pytest.raises(Unusable, match="PERFAPI_DATABASE_URL"):
            named_logins(Settings(home=home))


class TestOwnServers:
    def test_a_command_starts_the_database_and_stops_it(self, home: Path) -> None:
        settings = Settings(home=home)
        with with_database(settings) as reached:
            assert own_postgres(settings).attach()
            assert reached.database_url is not None
            assert "perfapi_owner:" in reached.database_url
            assert reached.database_app_url is not None
            # A second command uses the one that runs, and leaves it running.
            with with_database(settings) as again:
                assert again == reached
            assert own_postgres(settings).attach()
        assert not own_postgres(settings).attach()

    def test_the_api_and_the_worker_use_what_runs(self, home: Path) -> None:
        settings = Settings(home=home)
        valkey = own_valkey(settings)
        with with_database(settings) as reached, valkey:
            found = with_running_servers(settings, "database_app_url")
            assert found.database_app_url == reached.database_app_url
            assert found.redis_url == valkey.url()

    def test_they_start_nothing(self, home: Path) -> None:
        with pytest.raises(Unusable, match=r"PERFAPI_DATABASE_URL: no database is named, .*run"):
            with_running_servers(Settings(home=home), "database_app_url")
        with pytest.raises(Unusable, match=r"PERFAPI_REDIS_URL: no Redis is named, .*run"):
            with_running_servers(
                Settings(home=home, database_worker_url=WORKER), "database_worker_url"
            )

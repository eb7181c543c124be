from pathlib import Path

import pytest

from perfapi.core.settings import (
    Settings,
    WrongSettings,
    database_address,
    environment,
    load_settings,
    unknown_settings,
)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PERFAPI_{name.upper()}", raising=False)


class TestLoadSettings:
    def test_nothing_needs_to_be_set(self) -> None:
        settings = load_settings()
        assert (settings.host, settings.port) == ("127.0.0.1", 8000)
        assert settings.home == Path.cwd() / ".perfapi"
        assert settings.database_url is None

    def test_an_empty_variable_is_not_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PERFAPI_PORT", "")
        assert load_settings().port == 8000

    def test_a_file_beside_it_changes_nothing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / ".env").write_text("PERFAPI_PORT=1234")
        monkeypatch.chdir(tmp_path)
        assert load_settings().port == 8000

    @pytest.mark.parametrize(
        ("name", "value", "reason"),
        [
            ("PORT", "eighty", "must be a valid integer"),
            ("PORT", "70000", "must be less than or equal to 65535"),
            ("LOG_LEVEL", "loud", "must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
            ("DATABASE_URL", "mysql://u:secret@h/d", "must begin with postgresql://"),
            ("DATABASE_URL", "postgresql:///d", "names no host"),
            ("DATABASE_URL", "postgresql://u:secret@h", "names no database"),
            ("DATABASE_URL", "postgresql://h/d", "names no user"),
            ("DATABASE_APP_URL", "postgresql://u:secret@h:99999/d", "Port out of range"),
            ("REDIS_URL", "http://h", "must begin with redis://"),
            ("REDIS_URL", "redis://", "names no host"),
            ("PUBLIC_URL", "example.com", "must be an address like https://"),
            ("PUBLIC_URL", "https://example.com/perfapi", "must end after the host"),
            ("SMTP_URL", "http://h", "must begin with smtp:// or smtps://"),
            ("SMTP_URL", "smtp://", "must read like smtp://user:password@host:port"),
            ("SMTP_URL", "smtp://secret@h", "names a user or a password, but not both"),
            ("SMTP_URL", "smtp://h:99999", "Port out of range"),
            ("SMTP_URL", "smtp://h?tls=1", "knows only starttls=off"),
            ("SMTP_URL", "smtps://h?starttls=off", "smtps:// is encrypted from the start"),
            ("SMTP_URL", "smtp://u:secret@h?starttls=off", "would send its password in clear"),
            ("MAIL_FROM", "perfapi", "must read like perfapi <perfapi@example.com>"),
            ("MAIL_FROM", "a@b, c@d", "must read like perfapi <perfapi@example.com>"),
            ("PASSWORD_THREADS", "0", "must be greater than or equal to 1"),
        ],
    )
    def test_a_wrong_one_is_named_without_its_value(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
    ) -> None:
        monkeypatch.setenv(f"PERFAPI_{name}", value)
        with pytest.raises(WrongSettings) as error:
            load_settings()
        line = str(error.value)
        assert line.startswith(f"PERFAPI_{name}: {reason}")
        assert "\n" not in line
        assert "secret" not in line

    def test_a_server_for_mail_needs_a_sender(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PERFAPI_SMTP_URL", "smtps://u:p%40ss@mail.example.com")
        with pytest.raises(WrongSettings, match=r"^PERFAPI_MAIL_FROM: must be set beside"):
            load_settings()
        monkeypatch.setenv("PERFAPI_MAIL_FROM", "perfapi <perfapi@example.com>")
        assert load_settings().smtp_url == "smtps://u:p%40ss@mail.example.com"

    def test_all_wrong_ones_are_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PERFAPI_PORT", "x")
        monkeypatch.setenv("PERFAPI_LOG_FORMAT", "x")
        with pytest.raises(WrongSettings, match=r"PERFAPI_PORT: .*; PERFAPI_LOG_FORMAT: "):
            load_settings()


class TestSettings:
    def test_secrets_are_not_shown(self) -> None:
        shown = repr(
            Settings(database_url="postgresql://u:hidden@h/d", redis_url="redis://:hidden@h")
        )
        assert "hidden" not in shown

    @pytest.mark.parametrize(
        ("host", "origin"),
        [
            ("127.0.0.1", "http://127.0.0.1:80"),
            ("0.0.0.0", "http://127.0.0.1:80"),
            ("::", "http://[::1]:80"),
        ],
    )
    def test_links_lead_to_where_it_listens(self, host: str, origin: str) -> None:
        assert Settings(host=host, port=80).origin == origin

    def test_redis_may_listen_on_a_socket(self) -> None:
        assert Settings(redis_url="unix:///run/redis.sock").redis_url == "unix:///run/redis.sock"

    def test_secrets_have_a_folder(self, tmp_path: Path) -> None:
        assert Settings(home=tmp_path).secrets == tmp_path / "secrets"

    def test_links_lead_to_the_public_address(self) -> None:
        settings = Settings(public_url="https://perfapi.example.com/")
        assert settings.origin == "https://perfapi.example.com"
        assert settings.is_https
        assert settings.address == "http://127.0.0.1:8000"
        assert not Settings().is_https


class TestDatabaseAddress:
    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
    def test_every_spelling_means_the_same_driver(self, scheme: str) -> None:
        assert database_address(f"{scheme}://u:p@h:5/d") == "postgresql+asyncpg://u:p@h:5/d"

    def test_encryption_is_asked_for_as_the_driver_understands_it(self) -> None:
        given = "postgres://u:p@h/d?sslmode=require&application_name=x"
        assert database_address(given).endswith("/d?ssl=require&application_name=x")


class TestUnknownSettings:
    def test_a_slip_of_the_pen_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PERFAPI_PROT", "80")
        assert unknown_settings() == [
            "PERFAPI_PROT: there is no such setting; did you mean PERFAPI_PORT?"
        ]


class TestEnvironment:
    def test_another_process_reads_the_same_settings(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PERFAPI_DATABASE_URL", "postgresql://owner:secret@h/d")
        wanted = Settings(home=tmp_path, port=81, database_url=None, rate_limits=False)
        found = environment(wanted)
        assert "PERFAPI_DATABASE_URL" not in found  # and nothing that they do not hold
        assert found["PATH"]
        for name, value in found.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("PERFAPI_DATABASE_URL")
        assert load_settings() == wanted

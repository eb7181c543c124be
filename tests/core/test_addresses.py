from pathlib import Path
from urllib.parse import urlsplit

from perfapi.core.addresses import logins


class TestLogins:
    def test_they_are_of_the_same_database_and_named_after_it(self, tmp_path: Path) -> None:
        made = logins("postgresql+asyncpg://owner:secret@h:5/town?ssl=require", tmp_path)
        for url, name in (
            (made.app_url, "town_login_app"),
            (made.worker_url, "town_login_worker"),
        ):
            parts = urlsplit(url)
            assert parts.username == name
            assert (parts.hostname, parts.port, parts.path) == ("h", 5, "/town")
            assert parts.query == "ssl=require"
            assert parts.password
            assert "secret" not in url

    def test_their_passwords_are_kept(self, tmp_path: Path) -> None:
        first = logins("postgresql+asyncpg://o:p@h/d", tmp_path)
        assert logins("postgresql+asyncpg://o:p@h/d", tmp_path) == first
        app, worker = urlsplit(first.app_url), urlsplit(first.worker_url)
        assert app.password != worker.password

    def test_a_long_or_strange_name_stays_a_name(self, tmp_path: Path) -> None:
        made = logins(f"postgresql+asyncpg://o:p@h/{'n' * 63}", tmp_path)
        assert len(urlsplit(made.worker_url).username or "") == 63
        made = logins("postgresql+asyncpg://o:p@h/a%40b", tmp_path)
        assert urlsplit(made.app_url).username == "a%40b_login_app"

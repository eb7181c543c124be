import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfapi.embedded.processes import Account, StartFailed
from perfapi.embedded.wheels import program, server_account

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers as others")
NOBODY = Account(65534, 65534)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def serve(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of an installed package."""
    site = open_folder / "site"
    programs = site / "toyserver" / "bin"
    programs.mkdir(parents=True)
    (site / "toyserver" / "__init__.py").touch()
    (site / "toyserver" / "include").mkdir()
    (site / "toyserver.libs").mkdir()
    (site / "toyserver.libs" / "lib.so").write_text("a library")
    (site / "toyserver-1.5.dist-info").mkdir()
    (site / "toyserver-1.5.dist-info" / "METADATA").write_text("Name: toyserver\nVersion: 1.5\n")
    serve = programs / "serve"
    serve.write_text('#!/bin/sh\ncat "$(dirname "$0")/../../toyserver.libs/lib.so"\n')
    serve.chmod(0o755)
    monkeypatch.syspath_prepend(site)
    return serve


@pytest.fixture
def closed(serve: Path) -> Path:
    """The same below a folder that only its owner may enter."""
    serve.parents[2].chmod(0o700)
    return serve


@pytest.fixture
def copies(open_folder: Path) -> Path:
    return open_folder / "copies"


class TestProgram:
    def test_it_is_used_where_it_is_installed(self, closed: Path, copies: Path) -> None:
        assert program("toyserver", "bin/serve", None, copies=copies) == closed
        assert not copies.exists()

    @as_root
    def test_another_user_who_can_reach_it_needs_no_copy(self, serve: Path, copies: Path) -> None:
        assert program("toyserver", "bin/serve", NOBODY, copies=copies) == serve
        assert not copies.exists()

    @as_root
    def test_out_of_reach_it_is_copied_once(self, closed: Path, copies: Path) -> None:
        found = program("toyserver", "bin/serve", NOBODY, copies=copies)
        assert found == copies / "toyserver-1.5" / "toyserver" / "bin" / "serve"
        assert (copies / "toyserver-1.5" / "toyserver.libs" / "lib.so").exists()
        assert not (copies / "toyserver-1.5" / "toyserver" / "include").exists()
        made = found.stat()
        assert program("toyserver", "bin/serve", NOBODY, copies=copies).stat() == made

    @as_root
    def test_what_somebody_else_put_there_is_not_run(self, closed: Path, copies: Path) -> None:
        planted = copies / "toyserver-1.5" / "toyserver" / "bin" / "serve"
        planted.parent.mkdir(parents=True)
        planted.write_text("#!/bin/sh\necho planted")
        os.chown(copies / "toyserver-1.5", NOBODY.uid, NOBODY.gid)
        with pytest.raises(StartFailed, match="belongs to somebody else"):
            program("toyserver", "bin/serve", NOBODY, copies=copies)

    @as_root
    def test_a_program_that_does_not_run_says_why(self, closed: Path, copies: Path) -> None:
        closed.write_text("#!/bin/sh\necho misses a library >&2; exit 127\n")
        with pytest.raises(StartFailed, match="does not run: misses a library"):
            program("toyserver", "bin/serve", NOBODY, copies=copies)

    def test_a_package_that_is_missing_is_named(self) -> None:
        with pytest.raises(StartFailed, match="no_such_server is not installed"):
            program("no_such_server", "bin/serve", None)


class TestServerAccount:
    @pytest.mark.skipif(os.geteuid() == 0, reason="root is another matter")
    def test_an_ordinary_user_serves_as_himself(self, tmp_path: Path) -> None:
        assert server_account(tmp_path) is None

    @as_root
    def test_root_never_serves(self, tmp_path: Path) -> None:
        account = server_account(tmp_path / "new")
        assert account is not None
        assert account.uid != 0

    @as_root
    def test_a_folder_stays_with_the_user_who_made_it(self, tmp_path: Path) -> None:
        os.chown(tmp_path, 12345, 12346)
        assert server_account(tmp_path) == Account(12345, 12346)

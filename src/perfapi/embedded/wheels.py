"""Programs out of wheels, made runnable for the user that a server runs as."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from .processes import Account, StartFailed

_SHARED_COPIES = Path("/var/cache/perfapi")


def server_account(folder: Path) -> Account | None:
    """Whom a server runs as: None for this very user, another where this one is root.

    PostgreSQL refuses to run as root, and Valkey has no reason to. A folder that an ordinary user
    made stays that user's.
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    return Account(65534, 65534)


def package_folder(package: str) -> Path:
    """Where a package is installed; it is found, not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise StartFailed(f"the package {package} is not installed")
    return Path(spec.origin).parent


def program(
    package: str, path: str, account: Account | None, *, copies: Path = _SHARED_COPIES
) -> Path:
    """The program at `path` inside of `package`, where `account` can run it.

    A virtual environment below somebody's closed home is out of reach for the user that a server
    of root's runs as: then it is a copy, made once per version.
    """
    installed = package_folder(package)
    if account is None or _is_reachable(installed / path, account):
        return installed / path
    copy = copies / f"{package}-{importlib.metadata.version(package)}"
    if not copy.exists():
        _copy(installed, copy)
    if copy.stat().st_uid != 0:
        raise StartFailed(f"{copy} belongs to somebody else")
    found = copy / package / path
    try:
        subprocess.run(
            [found, "--version"],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            user=account.uid,
            group=account.gid,
            extra_groups=[],
        )
    except subprocess.CalledProcessError as error:
        raise StartFailed(f"{found} does not run: {error.stderr.strip()}") from error
    except OSError as error:
        raise StartFailed(f"{found} does not run: {error.strerror}") from error
    return found


def _is_reachable(file: Path, account: Account) -> bool:
    """Whether the account may run the file, as far as the permission bits say."""
    for path in (file, *file.resolve().parents):
        status = path.stat()
        if status.st_uid == account.uid:
            bit = stat.S_IXUSR
        elif status.st_gid == account.gid:
            bit = stat.S_IXGRP
        else:
            bit = stat.S_IXOTH
        if not status.st_mode & bit:
            return False
    return True


def _copy(installed: Path, target: Path) -> None:
    """Copies the package and the libraries that its programs look for beside it, as a whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        half = Path(name) / "half"
        for source in (installed, installed.with_name(f"{installed.name}.libs")):
            if source.exists():
                ignored = shutil.ignore_patterns("__pycache__", "include")
                shutil.copytree(source, half / source.name, symlinks=True, ignore=ignored)
        for path in (half, *half.rglob("*")):
            if not path.is_symlink():
                may_run = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
                path.chmod(0o755 if may_run else 0o644)
        try:
            half.rename(target)
        except OSError:
            if not target.exists():  # else somebody else was faster
                raise

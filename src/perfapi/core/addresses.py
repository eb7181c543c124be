"""The addresses of the database, one for each login. Nothing here is slow to import."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from .crypto import new_token, rewrite_secret

_LONGEST_NAME = 63


class Unusable(Exception):
    """A server is out of reach or not what perfapi needs: one line for the operator."""


@dataclass(frozen=True)
class Logins:
    """What the API and the worker connect with."""

    app_url: str
    worker_url: str


def logins(owner_url: str, secrets: Path) -> Logins:
    """The logins that `create_roles` makes; their passwords are kept in the folder `secrets`.

    They are named after the database, so that several installations can share a server.
    """
    return Logins(_login(owner_url, "app", secrets), _login(owner_url, "worker", secrets))


def _login(owner_url: str, who: str, secrets: Path) -> str:
    file = secrets / f"{who}-database-password"
    password = rewrite_secret(file, lambda old: old or new_token().encode()).decode()
    owner = urlsplit(owner_url)
    suffix = f"_login_{who}"
    database = unquote(owner.path.strip("/"))
    name = quote(database[: _LONGEST_NAME - len(suffix)] + suffix, safe="")
    place = owner.netloc.rpartition("@")[2]
    return urlunsplit(owner._replace(netloc=f"{name}:{quote(password, safe='')}@{place}"))

"""What an operator may set: environment variables that begin with PERFAPI_."""

import difflib
import os
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import getaddresses
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

_PREFIX = "PERFAPI_"
# Whoever listens everywhere is found here from the same machine.
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class WrongSettings(Exception):
    """One line per setting that cannot be used; it never holds a value, which may be a secret."""


def database_address(url: str) -> str:
    """The same database for SQLAlchemy and asyncpg, however the operator's tool spells it."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql", "postgresql+asyncpg"}:
        raise ValueError("must begin with postgresql://")
    if not parts.hostname:
        raise ValueError("names no host: postgresql://user:password@host:port/database")
    if not parts.path.strip("/"):
        raise ValueError("names no database: postgresql://user:password@host:port/database")
    if not parts.username:
        raise ValueError("names no user: postgresql://user:password@host:port/database")
    _ = parts.port  # ValueError, if it is no port
    # libpq says `sslmode`, asyncpg `ssl`, and both mean the same words.
    query = [("ssl" if key == "sslmode" else key, value) for key, value in parse_qsl(parts.query)]
    return urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, urlencode(query), ""))


def _redis_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("must begin with redis://, rediss:// or unix://")
    if parts.scheme != "unix":
        if not parts.hostname:
            raise ValueError("names no host: redis://:password@host:port/0")
        _ = parts.port
    return url


def _smtp_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise ValueError("must begin with smtp:// or smtps://")
    if not parts.hostname or parts.path.strip("/"):
        raise ValueError("must read like smtp://user:password@host:port")
    _ = parts.port
    if (parts.username is None) != (parts.password is None):
        raise ValueError("names a user or a password, but not both")
    if parse_qs(parts.query) not in ({}, {"starttls": ["off"]}):
        raise ValueError("knows only starttls=off behind the question mark")
    if parts.query and parts.scheme == "smtps":
        raise ValueError("smtps:// is encrypted from the start: leave out starttls")
    if parts.query and parts.username and parts.hostname not in _LOCAL:
        raise ValueError("would send its password in clear: leave out starttls=off")
    return url


_LOCAL = {"localhost", "127.0.0.1", "::1"}


def _mail_sender(written: str) -> str:
    try:
        ((name, address),) = getaddresses([written])
        found = Address(name, addr_spec=address)
    except (ValueError, IndexError, HeaderParseError):
        found = Address()
    if not found.username or not found.domain:
        raise ValueError("must read like perfapi <perfapi@example.com>")
    return written


def _public_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address like https://perfapi.example.com")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must end after the host: perfapi is served from the root of its site")
    _ = parts.port
    return url.rstrip("/")


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


DatabaseUrl = Annotated[str, AfterValidator(database_address)]
RedisUrl = Annotated[str, AfterValidator(_redis_address)]
PublicUrl = Annotated[str, AfterValidator(_public_address)]
SmtpUrl = Annotated[str, AfterValidator(_smtp_address)]
MailSender = Annotated[str, AfterValidator(_mail_sender)]
AbsolutePath = Annotated[Path, AfterValidator(_absolute)]


class Settings(BaseSettings):
    """Read once, at the start of a process, and never changed after."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, extra="forbid"
    )

    home: AbsolutePath = Path(".perfapi")
    """Where the embedded servers keep their data, and perfapi its keys and passwords."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=0, le=65535)
    """0 takes a free one."""

    public_url: PublicUrl | None = None
    """How people reach this server; None means directly, at `host` and `port`."""

    database_url: DatabaseUrl | None = Field(default=None, repr=False)
    """The login that owns the tables, used for migrations only; None starts the embedded server."""

    database_app_url: DatabaseUrl | None = Field(default=None, repr=False)
    """The login that serves requests; None takes the one that `perfapi migrate` made."""

    database_worker_url: DatabaseUrl | None = Field(default=None, repr=False)
    """The login of the worker; None takes the one that `perfapi migrate` made."""

    redis_url: RedisUrl | None = Field(default=None, repr=False)
    """None starts the embedded server."""

    smtp_url: SmtpUrl | None = Field(default=None, repr=False)
    """The server that takes mail; None writes letters into the folder `mail` of the home."""

    mail_from: MailSender | None = Field(default=None, validate_default=True)
    """Whom letters come from, like `perfapi <perfapi@example.com>`."""

    database_pool_size: int = Field(default=10, ge=1, le=200)
    """Connections to PostgreSQL that each process may hold."""

    password_threads: int = Field(default=2, ge=1, le=64)
    """How many passwords may be hashed at once; the others wait."""

    rate_limits: bool = True
    demo: bool = True
    """Whether the first start loads the demo organization."""

    frontend: AbsolutePath | None = None
    """The folder of the built page; None means the one of this checkout."""

    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("mail_from")
    @classmethod
    def _needed_for_smtp(cls, sender: str | None, known: ValidationInfo) -> str | None:
        if sender is None and known.data.get("smtp_url") is not None:
            raise ValueError("must be set beside PERFAPI_SMTP_URL: perfapi <perfapi@example.com>")
        return sender

    @property
    def address(self) -> str:
        """Where this very machine reaches the API."""
        host = _LOOPBACK.get(self.host, self.host)
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}"

    @property
    def origin(self) -> str:
        """The address that links in mails and invitations begin with."""
        return self.public_url or self.address

    @property
    def is_https(self) -> bool:
        """Whether people reach perfapi through TLS, so that cookies can insist on it."""
        return self.origin.startswith("https://")

    @property
    def secrets(self) -> Path:
        """A folder that only this user can read: passwords and keys made here."""
        return self.home / "secrets"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, EnvSettingsSource(settings_cls)


def load_settings() -> Settings:
    """The settings of this process; `WrongSettings` names every one that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            name = _PREFIX + str(problem["loc"][0]).upper()
            reason = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{name}: {reason.replace('Input should be', 'must be')}")
        raise WrongSettings("; ".join(dict.fromkeys(lines))) from None


def unknown_settings() -> list[str]:
    """A sentence for each PERFAPI_ variable that means nothing here: often a slip of the pen."""
    known = [_PREFIX + name.upper() for name in Settings.model_fields]
    sentences = []
    for name in sorted(os.environ):
        if not name.startswith(_PREFIX) or name in known:
            continue
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        sentences.append(f"{name}: there is no such setting{hint}")
    return sentences


def environment(settings: Settings) -> dict[str, str]:
    """The variables that make another process read these very settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_PREFIX)}
    own = settings.model_dump(mode="json", exclude_none=True)
    return inherited | {_PREFIX + name.upper(): str(value) for name, value in own.items()}

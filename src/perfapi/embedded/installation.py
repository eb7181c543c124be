"""Where the servers of one installation are: named by the operator, or its own under its home."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from perfapi.core.addresses import Logins, Unusable, logins
from perfapi.core.settings import Settings

from .postgres import EmbeddedPostgres
from .valkey import EmbeddedValkey

DATABASE, OWNER = "perfapi", "perfapi_owner"


def own_postgres(settings: Settings) -> EmbeddedPostgres:
    return EmbeddedPostgres(settings.home / "postgres", secrets=settings.secrets)


def own_valkey(settings: Settings) -> EmbeddedValkey:
    return EmbeddedValkey(settings.home / "valkey", secrets=settings.secrets)


def needs_own_postgres(settings: Settings) -> bool:
    named = settings.database_app_url and settings.database_worker_url
    return settings.database_url is None and not named


def needs_own_valkey(settings: Settings) -> bool:
    return settings.redis_url is None


def with_postgres(settings: Settings, server: EmbeddedPostgres) -> Settings:
    """The settings of an operator who had named this running server."""
    url = server.create_database(DATABASE, OWNER)
    return settings.model_copy(update={"database_url": url})


def with_logins(settings: Settings) -> Settings:
    """The settings with the logins that follow from the owner's, where none are named."""
    if settings.database_url is None:
        return settings
    made = logins(settings.database_url, settings.secrets)
    return settings.model_copy(
        update={
            "database_app_url": settings.database_app_url or made.app_url,
            "database_worker_url": settings.database_worker_url or made.worker_url,
        }
    )


def named_logins(settings: Settings) -> Logins:
    app, worker = settings.database_app_url, settings.database_worker_url
    if app is None or worker is None:
        raise Unusable("PERFAPI_DATABASE_URL: the login of the owner is needed for this")
    return Logins(app, worker)


@contextmanager
def with_database(settings: Settings) -> Iterator[Settings]:
    """For a command that needs the database alone: the named one, or our own, running or not."""
    if not needs_own_postgres(settings):
        yield with_logins(settings)
        return
    server = own_postgres(settings)
    if server.attach():
        yield with_logins(with_postgres(settings, server))
        return
    with server:
        yield with_logins(with_postgres(settings, server))


def with_running_servers(
    settings: Settings, login: Literal["database_app_url", "database_worker_url"]
) -> Settings:
    """For the API or the worker on its own: servers that run already, started by others."""
    if getattr(settings, login) is None and needs_own_postgres(settings):
        postgres = own_postgres(settings)
        if not postgres.attach():
            raise _nothing_runs("PERFAPI_DATABASE_URL", "database", settings)
        settings = with_postgres(settings, postgres)
    if needs_own_valkey(settings):
        valkey = own_valkey(settings)
        if not valkey.attach():
            raise _nothing_runs("PERFAPI_REDIS_URL", "Redis", settings)
        settings = settings.model_copy(update={"redis_url": valkey.url()})
    return with_logins(settings)


def _nothing_runs(setting: str, what: str, settings: Settings) -> Unusable:
    return Unusable(
        f"{setting}: no {what} is named, and none of our own runs in {settings.home}; "
        "`perfapi run` starts everything"
    )

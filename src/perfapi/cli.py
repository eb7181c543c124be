"""The command `perfapi`. What an operator does wrong is one line on stderr and a code, no trace."""

# What only one command needs is imported there: the supervisor starts several processes.
import asyncio
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NoReturn

import typer

from perfapi.core.addresses import Unusable
from perfapi.core.settings import (
    Settings,
    WrongSettings,
    environment,
    load_settings,
    unknown_settings,
)
from perfapi.embedded.installation import named_logins, with_database, with_running_servers
from perfapi.embedded.processes import InUse, StartFailed
from perfapi.supervisor import Failed, Supervisor, make_home, refuse_taken_port

WRONG_USE, FAILED, BROKEN, INTERRUPTED = 2, 1, 3, 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="perfapi: continuous performance management. Settings are PERFAPI_ variables.",
)


def main() -> None:
    try:
        app()
    except WrongSettings as error:
        _end(str(error), WRONG_USE)
    except (Unusable, InUse, StartFailed) as error:
        _end(str(error), FAILED)
    except Failed as error:
        sys.exit(error.code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


@app.command()
def run() -> None:
    """Start everything: servers unless named, migrations, demo, API and worker."""
    settings = load_settings()
    for sentence in unknown_settings():
        typer.echo(f"perfapi: {sentence}", err=True)
    Supervisor(settings).run()


@app.command()
def api() -> None:
    """Serve the API and the page, with servers that run already."""
    settings = with_running_servers(load_settings(), "database_app_url")
    asyncio.run(_refuse_unfit(settings.database_app_url, "PERFAPI_DATABASE_APP_URL", settings))
    refuse_taken_port(settings.host, settings.port)
    _become(settings.model_copy(update={"database_url": None, "database_worker_url": None}))
    _serve(settings)


@app.command()
def worker() -> None:
    """Work on what requests leave behind, with servers that run already."""
    settings = with_running_servers(load_settings(), "database_worker_url")
    login = settings.database_worker_url
    asyncio.run(_refuse_unfit(login, "PERFAPI_DATABASE_WORKER_URL", settings))
    _become(settings.model_copy(update={"database_url": None, "database_app_url": None}))
    from redis.exceptions import RedisError

    from perfapi.worker import main as work

    try:
        work()
    except RedisError as error:  # arq does not outlive its queue; a new worker finds all in order
        raise Unusable(f"the worker lost Redis: {error}") from error


@app.command()
def migrate() -> None:
    """Bring the database to the revision that this version needs; make the logins it lacks."""
    settings = load_settings()
    make_home(settings.home)
    with with_database(settings) as reached:
        _migrate(reached)


@app.command(hidden=True)
def prepare() -> None:
    """What `run` does between the start of the servers and that of the API."""
    from perfapi.core.connecting import refuse_unreachable_redis

    settings = load_settings()
    assert settings.redis_url is not None
    asyncio.run(refuse_unreachable_redis(settings.redis_url))
    _migrate(settings)
    asyncio.run(_demo(settings, load=settings.demo))


@app.command()
def demo() -> None:
    """Load the demo company beside what is there, and say how to sign in to it."""
    settings = load_settings()
    make_home(settings.home)
    with with_database(settings) as reached:
        _migrate(reached)
        asyncio.run(_demo(reached, load=True, beside_others=True))


organization = typer.Typer(no_args_is_help=True, help="Organizations on this installation.")
app.add_typer(organization, name="organization")


@organization.command("add")
def add_organization(
    name: Annotated[str, typer.Argument(help="As its people call it.")],
    admin_email: Annotated[str, typer.Option(help="Of its first administrator.")],
    admin_name: Annotated[str, typer.Option(help="Of its first administrator.")],
    short_name: Annotated[str, typer.Option(help="For signing in; made of the name.")] = "",
    time_zone: Annotated[str, typer.Option(help="Decides which day it is.")] = "UTC",
    language: Annotated[str, typer.Option(help="en, de, it or nl.")] = "en",
) -> None:
    """Add an organization; prints the link with which its first administrator comes in."""
    from perfapi.domains.auth import founding

    settings = load_settings()
    make_home(settings.home)
    given = {"name": name, "short_name": short_name, "time_zone": time_zone, "language": language}
    given |= {"admin_email": admin_email, "admin_name": admin_name}
    try:
        wanted = founding.read(given)
        with with_database(settings) as reached:
            _migrate(reached)
            link = asyncio.run(founding.add_organization(reached, wanted))
    except founding.FoundingFailed as error:
        _end(str(error), FAILED)
    typer.echo(f"{wanted.name} is there. Its administrator sets a password here, within 7 days:")
    typer.echo(link)


people = typer.Typer(no_args_is_help=True, help="People from other systems.")
app.add_typer(people, name="people")


@people.command("import")
def import_people(
    file: Annotated[Path, typer.Argument(help="A CSV file.")],
    mapping: Annotated[Path, typer.Option(help="What its columns mean, as JSON.")],
    organization: Annotated[
        str | None, typer.Option(help="Its short name; not needed where there is only one.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Change people, not only show.")] = False,
    every_row: Annotated[
        bool, typer.Option("--every-row", help="Show all rows that change something.")
    ] = False,
) -> None:
    """Show what a file would change, row by row; with --apply, change it."""
    from perfapi.domains.people.imports.commands import ImportFailed, run_import

    with with_database(load_settings()) as reached:
        assert reached.database_app_url is not None
        try:
            run_import(
                reached.database_app_url,
                file,
                mapping,
                organization=organization,
                apply=apply,
                every_row=every_row,
            )
        except ImportFailed as error:
            _end(str(error), FAILED)


audit = typer.Typer(no_args_is_help=True, help="What has happened, and whether that is true.")
app.add_typer(audit, name="audit")


@audit.callback()
def _audit() -> None:
    """Else the only command of the group would go by the group's name."""


@audit.command("verify")
def verify_event_log(
    organization: Annotated[
        str | None, typer.Option(help="Its short name; not needed where there is only one.")
    ] = None,
    anchor: Annotated[
        Path | None, typer.Option(help="A head that you kept: the answer of /v1/event-log/head.")
    ] = None,
) -> None:
    """Look whether the event log is what it was. Ends with 0 if it is whole, with 3 if not."""
    from perfapi.domains.audit.chain.commands import VerifyingFailed, run_verify

    with with_database(load_settings()) as reached:
        assert reached.database_app_url is not None
        try:
            url = reached.database_app_url
            verdict = run_verify(url, organization=organization, anchor=anchor)
        except VerifyingFailed as error:
            _end(str(error), FAILED)
    if verdict.outcome == "broken":
        sys.exit(BROKEN)


@app.command(hidden=True)
def revise(what_changes: str) -> None:
    """Write the migration that the models call for; for developers."""
    from perfapi.core.migrations import revise as write

    with TemporaryDirectory() as home:
        nowhere = {"database_url": None, "database_app_url": None, "database_worker_url": None}
        settings = Settings(home=Path(home)).model_copy(update=nowhere)
        with with_database(settings) as reached:
            _migrate(reached)
            assert reached.database_url is not None
            for path in write(reached.database_url, what_changes):
                typer.echo(f"{path}: read it before you use it")


@app.command()
def openapi(
    output: Annotated[Path | None, typer.Option(help="A file instead of the terminal.")] = None,
) -> None:
    """Write the document that describes the API."""
    from perfapi.app import create_app

    with TemporaryDirectory() as home:
        document = create_app(Settings(home=Path(home))).openapi()
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def _migrate(settings: Settings) -> None:
    from perfapi.core.migrations import upgrade
    from perfapi.core.roles import create_roles

    if settings.database_url is None:  # somebody else migrates
        login = settings.database_app_url
        asyncio.run(_refuse_unfit(login, "PERFAPI_DATABASE_APP_URL", settings))
        return
    asyncio.run(create_roles(settings.database_url, named_logins(settings)))
    upgrade(settings.database_url)


async def _demo(settings: Settings, *, load: bool, beside_others: bool = False) -> None:
    """Loads the demo where it is wanted, and tells how to sign in where it is there."""
    from perfapi.core.crypto import rewrite_secret
    from perfapi.core.db import create_engine, create_sessions
    from perfapi.core.demonstration import SIGN_INS, new_password
    from perfapi.domains.organizations import demo as organization

    assert settings.database_app_url is not None
    engine = create_engine(settings.database_app_url)
    sessions = create_sessions(engine)
    kept = settings.secrets / "demo-password"
    try:
        wanted = beside_others or await organization.is_wanted(sessions)
        if load and wanted and not await organization.is_loaded(sessions):
            typer.echo("perfapi: loading the demo company, once; this takes a moment", err=True)
            password = rewrite_secret(kept, lambda old: old or new_password().encode())
            await organization.load(sessions, password.decode())
        if kept.exists() and await organization.is_loaded(sessions):
            password = kept.read_bytes()
            for sign_in in SIGN_INS:
                typer.echo(f"{sign_in.role}: {sign_in.email} {password.decode()}")
    finally:
        await engine.dispose()


async def _refuse_unfit(url: str | None, setting: str, settings: Settings) -> None:
    from perfapi.core.connecting import connect, refuse_unreachable_redis
    from perfapi.core.migrations import refuse_other_revision
    from perfapi.core.roles import refuse_privileged

    assert url is not None
    async with connect(url, setting) as connection:
        await refuse_privileged(connection)
        await refuse_other_revision(connection)
    if settings.redis_url is not None:
        await refuse_unreachable_redis(settings.redis_url)


def _become(settings: Settings) -> None:
    """Processes that follow from this one read these settings, and nothing of the owner's."""
    wanted = environment(settings)
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)


def _serve(settings: Settings) -> None:
    from granian.constants import Interfaces, Loops
    from granian.server import Server

    logs = {
        "version": 1,
        "disable_existing_loggers": False,
        "loggers": {"_granian": {"level": "WARNING", "handlers": [], "propagate": True}},
    }
    Server(
        "perfapi.app:create_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=1,
        workers_kill_timeout=2,
        log_dictconfig=logs,
    ).serve()


def _end(line: str, code: int) -> NoReturn:
    typer.echo(f"perfapi: {line}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()

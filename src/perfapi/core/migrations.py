"""Brings a database to the revision that this code needs, and tells whether it is there."""

import asyncio
import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from .addresses import Unusable
from .connecting import connect
from .rls import APP

_LOCK = 7238912
_HERE = Path(__file__)
# In a checkout they lie beside `src`, in an installed package inside of it.
_PLACES = (_HERE.parents[3] / "migrations", _HERE.parents[1] / "migrations")


def upgrade(url: str, revision: str = "head", *, setting: str = "PERFAPI_DATABASE_URL") -> None:
    """As the owner of the schema; whoever comes second waits and finds nothing to do."""
    asyncio.run(_upgrade(url, revision, setting))


def revise(url: str, what_changes: str, *, into: Path | None = None) -> list[Path]:
    """Writes the migration from the database of `url`, which is at the newest, to the models."""
    return asyncio.run(_revise(url, what_changes, into))


async def refuse_other_revision(connection: AsyncConnection) -> None:
    """Raises `Unusable` unless the database is at the revision that this code needs."""
    scripts = ScriptDirectory.from_config(_config())
    found = await connection.run_sync(_revisions)
    if set(found) == set(scripts.get_heads()):
        return
    _refuse_unknown(scripts, found)
    raise Unusable(
        f"the database is at revision {', '.join(found) or 'nothing'}, and this perfapi needs "
        f"{', '.join(scripts.get_heads())}: run `perfapi migrate`"
    )


async def _upgrade(url: str, revision: str, setting: str) -> None:
    config = _config()
    async with connect(url, setting) as connection:
        await connection.exec_driver_sql("SET lock_timeout = 0")
        await connection.exec_driver_sql(f"SELECT pg_advisory_lock({_LOCK})")
        await connection.exec_driver_sql("SET lock_timeout = '10s'")
        scripts = ScriptDirectory.from_config(config)
        _refuse_unknown(scripts, await connection.run_sync(_revisions))
        await connection.commit()
        transactional = await connection.execution_options(isolation_level="READ COMMITTED")
        try:
            await transactional.run_sync(_run, config, revision)
        except DBAPIError as error:
            raise Unusable(f"{setting}: a migration failed: {error.orig}") from error
        # So that the API and the worker can tell whether the database is what they need.
        await transactional.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {APP}")
        await transactional.commit()


async def _revise(url: str, what_changes: str, into: Path | None) -> list[Path]:
    config = _config()
    versions = ["%(script_location)s/versions", *([str(into)] if into else [])]
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(versions))
    newest = ScriptDirectory.from_config(config).get_current_head() or "0"
    async with connect(url, "PERFAPI_DATABASE_URL") as connection:
        scripts = await connection.run_sync(
            partial(
                _write, config=config, what_changes=what_changes, number=int(newest) + 1, into=into
            )
        )
    return [Path(script.path) for script in scripts]


def _write(
    connection: Connection, config: Config, what_changes: str, number: int, into: Path | None
) -> Sequence[Script]:
    config.attributes["connection"] = connection
    made = command.revision(
        config,
        what_changes,
        autogenerate=True,
        rev_id=f"{number:04}",
        version_path=str(into) if into else None,
    )
    return [script for script in (made if isinstance(made, list) else [made]) if script]


def _run(connection: Connection, config: Config, revision: str) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _revisions(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _refuse_unknown(scripts: ScriptDirectory, found: Iterable[str]) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if unknown := sorted(set(found) - known):
        raise Unusable(
            f"the database is at revision {', '.join(unknown)}, which this perfapi does not know: "
            "a newer one migrated it"
        )


def _config() -> Config:
    place = next((place for place in _PLACES if (place / "env.py").exists()), _PLACES[0])
    config = Config()
    config.set_main_option("script_location", str(place).replace("%", "%%"))
    return config

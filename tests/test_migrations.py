"""The migrations make what the models say, and can be taken back."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.ext.asyncio import AsyncConnection

from perfapi.core import (
    addresses,
    discovery,
    idempotency,  # noqa: F401 -- its table
    jobs,  # noqa: F401 -- their tables
    migrations,
    projections,  # noqa: F401 -- its table
)
from perfapi.core.connecting import connect
from perfapi.core.db import Base, Owned
from tests import servers
from tests.servers import Servers

list(discovery.modules("models"))
TABLES = {name for name, table in Base.metadata.tables.items() if "for_tests" not in table.info}

# Everything that migrations make, in words that can be compared.
CATALOGUE = """
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
    || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0
    AND NOT a.attisdropped
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'policy', tablename, policyname, roles::text || cmd || coalesce(qual, '') ||
    coalesce(with_check, '') FROM pg_policies WHERE schemaname = 'public'
UNION ALL
SELECT 'function', p.proname, pg_get_function_identity_arguments(p.oid), pg_get_functiondef(p.oid)
    || coalesce(p.proacl::text, '')
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS
    (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'table', c.relname, '', c.relrowsecurity || ' ' || coalesce(c.relacl::text, '')
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
"""

Catalogue = set[tuple[str, ...]]


@pytest.fixture
async def owner(test_servers: Servers) -> AsyncIterator[AsyncConnection]:
    name = servers.fresh_name()
    await test_servers.clone(name)
    async with connect(test_servers.owner_url(name), "TESTS") as connection:
        yield connection
    await test_servers.drop(name)


async def catalogue(owner: AsyncConnection) -> Catalogue:
    rows = await owner.exec_driver_sql(CATALOGUE)
    found: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return {row for row in found if row[1] != "alembic_version"}


async def go(owner: AsyncConnection, revision: str, *, down: bool = False) -> None:
    def run(connection: Connection) -> None:
        config = migrations._config()
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)

    await owner.commit()
    await owner.execution_options(isolation_level="READ COMMITTED")
    await owner.run_sync(run)
    await owner.commit()
    await owner.execution_options(isolation_level="AUTOCOMMIT")


def revisions() -> list[str]:
    """From the first to the newest."""
    scripts = ScriptDirectory.from_config(migrations._config())
    return [script.revision for script in scripts.walk_revisions()][::-1]


class TestModels:
    async def test_are_what_the_migrations_make(self, owner: AsyncConnection) -> None:
        def differences(connection: Connection) -> list[object]:
            context = MigrationContext.configure(
                connection,
                opts={
                    "compare_type": True,
                    "compare_server_default": True,
                    "include_name": lambda name, kind, _: kind != "table" or name in TABLES,
                    "include_object": lambda thing, name, kind, *_: (
                        kind != "table" or name in TABLES
                    ),
                },
            )
            found: list[object] = compare_metadata(context, Base.metadata)
            return found

        assert await owner.run_sync(differences) == []

    async def test_have_the_checks_that_the_migrations_make(self, owner: AsyncConnection) -> None:
        """Those are not compared above, and are where most rules of the trade stand."""
        found = await owner.exec_driver_sql(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype IN ('c', 'x') AND connamespace = 'public'::regnamespace"
        )
        said = {
            (name, str(constraint.name))
            for name in TABLES
            for constraint in Base.metadata.tables[name].constraints
            if isinstance(constraint, CheckConstraint | ExcludeConstraint)
        }
        assert {tuple(row) for row in found} == said

    async def test_have_no_tables_that_nobody_made(self, owner: AsyncConnection) -> None:
        made = {table for kind, table, *_ in await catalogue(owner) if kind == "table"}
        assert made == TABLES


class TestKeys:
    def test_lead_from_every_row_to_its_organization(self) -> None:
        """By itself or by what it has to refer to: so no row is of an organization that is none."""
        tables = [Base.metadata.tables[name] for name in TABLES]
        needed = {
            table.name: {
                key.referred_table.name
                for key in table.foreign_key_constraints
                if not any(column.nullable for column in key.columns)
            }
            for table in tables
        }
        bound = {"organizations"}
        while more := {name for name in needed if needed[name] & bound} - bound:
            bound |= more
        owned = {cls.__tablename__ for cls in _all_below(Owned) if hasattr(cls, "__tablename__")}
        assert {name for name in owned & TABLES if name not in bound} == set()


def _all_below(cls: type[Any]) -> set[type[Any]]:
    return {one for sub in cls.__subclasses__() for one in (sub, *_all_below(sub))}


class TestDowngrade:
    async def test_leaves_nothing_behind_and_up_again_is_the_same(
        self, owner: AsyncConnection
    ) -> None:
        before = await catalogue(owner)

        await go(owner, "base", down=True)
        left = await catalogue(owner)
        await go(owner, "head")

        assert left == set()
        assert _plain(await catalogue(owner)) == _plain(before)

    async def test_each_step_can_be_taken_back(self, owner: AsyncConnection) -> None:
        await go(owner, "base", down=True)
        for revision in revisions():
            before = await catalogue(owner)
            await go(owner, revision)
            after = await catalogue(owner)
            await go(owner, "-1", down=True)
            assert _plain(await catalogue(owner)) == _plain(before), revision
            await go(owner, revision)
            assert _plain(await catalogue(owner)) == _plain(after), revision


def _plain(found: Catalogue) -> Catalogue:
    return {tuple(re.sub(r"\s+", " ", part) for part in row) for row in found}


class TestRevisions:
    def test_are_one_row(self) -> None:
        """Numbers without gaps, each on the one before: two of one number cannot both be merged."""
        found = revisions()
        assert found == [f"{n:04}" for n in range(1, len(found) + 1)]

    @pytest.mark.whole
    async def test_that_are_held_up_give_up(
        self, owner: AsyncConnection, test_servers: Servers
    ) -> None:
        """A migration that waits for a lock makes everybody behind it wait as well."""
        url = owner.engine.url.render_as_string(hide_password=False)
        await go(owner, "-1", down=True)
        async with connect(url, "TESTS") as reader:
            await reader.exec_driver_sql("BEGIN")
            await reader.exec_driver_sql("LOCK organizations IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(addresses.Unusable, match="lock timeout"):
                await asyncio.to_thread(migrations.upgrade, url)
            await reader.exec_driver_sql("ROLLBACK")
        await asyncio.to_thread(migrations.upgrade, url)

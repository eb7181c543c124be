"""What a table said at any instant: triggers keep every version of its rows.

`GOALS = keep(Goal)` beside a model declares the table of its versions, `kept("goals", ...)` in a
migration makes it. A version holds from `since` (included) until `until` (excluded); the one that
holds now has no end. What one transaction changes changes at one instant, that of its first write.
`as_of(Goal)` stands in a statement for the table as it was at AS_OF. Who may see what is asked of
the tables as they are.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    PrimaryKeyConstraint,
    Table,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from . import rls
from .binds import AS_OF
from .db import Base

_VERSIONS = "versions"


def keep(entity: type[Base], *looked_up_by: str) -> Table:
    """Declares the table of this table's versions, `looked_up_by` these columns besides its key."""
    table = cast("Table", inspect(entity).local_table)
    instant = DateTime(timezone=True)
    key = [column.name for column in table.primary_key]
    versions = Table(
        f"{table.name}_history",
        Base.metadata,
        Column("since", instant, nullable=False),
        Column("until", instant),
        *(
            Column(column.name, column.type, nullable=column.name not in key)
            for column in table.columns
        ),
        PrimaryKeyConstraint(*key, "since"),
    )
    Index(
        f"uq_{versions.name}_held",
        *(versions.c[name] for name in key),
        unique=True,
        postgresql_where=versions.c.until.is_(None),
    )
    for column in looked_up_by:
        Index(f"ix_{versions.name}_{column}", versions.c.organization_id, versions.c[column])
    table.info[_VERSIONS] = versions
    return versions


def as_of(entity: Any, *, name: str | None = None) -> Any:
    """The rows that the table had at AS_OF, as an alias of the entity."""
    table = cast("Table", inspect(entity).local_table)
    versions: Table = table.info[_VERSIONS]
    held = select(*(versions.c[column.name] for column in table.columns)).where(
        versions.c.since <= AS_OF, or_(versions.c.until.is_(None), versions.c.until > AS_OF)
    )
    name = name or f"{table.name}_then"
    return aliased(entity, held.subquery(name), name=name, adapt_on_names=True)


_HAPPENED_AT = text("SELECT set_config('perfapi.happened_at', :instant, true)")


async def happens_at(session: AsyncSession, instant: datetime) -> None:
    """For what is brought along from elsewhere: the rest of this transaction happened then.

    Versions of a row follow each other. What comes after a later one takes its place.
    """
    await session.execute(_HAPPENED_AT, {"instant": instant.isoformat()})


HAPPENED_AT = """
CREATE FUNCTION happened_at() RETURNS timestamptz
LANGUAGE plpgsql AS $$
DECLARE known text := nullif(current_setting('perfapi.happened_at', true), '');
BEGIN
    IF known IS NULL THEN
        known := set_config('perfapi.happened_at', clock_timestamp()::text, true);
    END IF;
    RETURN known::timestamptz;
END
$$
"""

_KEEP = """
CREATE FUNCTION keep_{table}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    instant timestamptz := happened_at();
    replaced timestamptz;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM {table}_history h
        WHERE {same} AND h.until IS NULL AND h.since >= instant
        RETURNING h.since INTO replaced;
        IF NOT FOUND THEN
            UPDATE {table}_history h SET until = instant WHERE {same} AND h.until IS NULL;
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO {table}_history SELECT coalesce(replaced, instant), NULL, NEW.*;
    END IF;
    RETURN NULL;
END
$$
"""


def kept(table: str, *key: str, owner: str = "organization_id") -> list[str]:
    """For migrations: what keeps the versions of this table's rows from now on.

    A column that is added to the table later is added to its versions too, as the last of both.
    """
    same = " AND ".join(f"h.{column} = OLD.{column}" for column in key)
    versions = f"{table}_history"
    return [
        f"CREATE TABLE {versions} AS SELECT now() AS since, NULL::timestamptz AS until, t.* "
        f"FROM {table} t",
        f"ALTER TABLE {versions} ADD CONSTRAINT pk_{versions} PRIMARY KEY "
        f"({', '.join([*key, 'since'])})",
        # One version holds; and a row with many of them is closed without a look at the others.
        f"CREATE UNIQUE INDEX uq_{versions}_held ON {versions} ({', '.join(key)}) "
        "WHERE until IS NULL",
        *rls.protect(versions, allow=("SELECT",), owner=owner),
        _KEEP.format(table=table, same=same),
        f"REVOKE ALL ON FUNCTION keep_{table}() FROM public",
        f"CREATE TRIGGER keep AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION keep_{table}()",
    ]


def no_longer_kept(tables: Sequence[str]) -> list[str]:
    return [
        command
        for table in tables
        for command in (
            f"DROP TRIGGER keep ON {table}",
            f"DROP FUNCTION keep_{table}()",
            f"DROP TABLE {table}_history",
        )
    ]

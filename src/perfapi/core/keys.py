"""Keys that cannot point into another organization: every reference carries it along.

So what refers to something that belongs to an organization needs no key to the organization itself:
each would be looked up, and its row locked, for every row that is written.
"""

from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Table
from sqlalchemy.orm import MappedColumn, mapped_column


def references(
    table: str,
    *,
    index: bool = True,
    on_delete: str | None = None,
    closes_circle: bool = False,
    **options: Any,
) -> MappedColumn[Any]:
    """A foreign key to (organization_id, id) of another table, indexed unless told otherwise.

    `closes_circle`: that table refers to this one too, so the order of tables goes without it.
    """
    info = {
        "references": table,
        "index": index,
        "on_delete": on_delete,
        "use_alter": closes_circle,
    }
    return mapped_column(info=info, **options)


def owner(**options: Any) -> MappedColumn[Any]:
    """The organization that a row belongs to."""
    return mapped_column(primary_key=True, info={"owner": True}, **options)


def tie(table: Table) -> None:
    """Adds the constraints that `owner` and `references` columns stand for."""
    refers = any("references" in column.info and not column.nullable for column in table.columns)
    for column in table.columns:
        if column.info.get("owner") and not refers:
            table.append_constraint(ForeignKeyConstraint([column], ["organizations.id"]))
    for column in table.columns:
        if target := column.info.get("references"):
            here = (table.c.organization_id, column)
            there = [f"{target}.organization_id", f"{target}.id"]
            options = {"ondelete": column.info["on_delete"], "use_alter": column.info["use_alter"]}
            table.append_constraint(ForeignKeyConstraint(here, there, **options))
            if column.info["index"]:
                Index(None, *here)

"""Keys that cannot point into another organization: every reference carries it along."""

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


def tie(table: Table) -> None:
    """Adds the composite constraints that `references` columns stand for."""
    for column in table.columns:
        if target := column.info.get("references"):
            here = (table.c.organization_id, column)
            there = [f"{target}.organization_id", f"{target}.id"]
            options = {"ondelete": column.info["on_delete"], "use_alter": column.info["use_alter"]}
            table.append_constraint(ForeignKeyConstraint(here, there, **options))
            if column.info["index"]:
                Index(None, *here)

"""Keys that cannot point into another organization: every reference carries it along."""

from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Table
from sqlalchemy.orm import MappedColumn, mapped_column


def references(
    table: str, *, index: bool = True, on_delete: str | None = None, **options: Any
) -> MappedColumn[Any]:
    """A foreign key to (organization_id, id) of another table, indexed unless told otherwise."""
    info = {"references": table, "index": index, "on_delete": on_delete}
    return mapped_column(info=info, **options)


def tie(table: Table) -> None:
    """Adds the composite constraints that `references` columns stand for."""
    for column in table.columns:
        if target := column.info.get("references"):
            here = (table.c.organization_id, column)
            there = [f"{target}.organization_id", f"{target}.id"]
            table.append_constraint(
                ForeignKeyConstraint(here, there, ondelete=column.info["on_delete"])
            )
            if column.info["index"]:
                Index(None, *here)

"""Reads are documents: PostgreSQL writes the JSON, Python only passes it on.

A document names a schema and a table. Fields with the name of a column come from that column, the
others are given as SQL; one that nobody provides is an error at import. Documents are constants:
what differs from request to request is a bind (see `binds.py`).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast, get_args
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    Text,
    bindparam,
    func,
    inspect,
    literal_column,
    select,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from .answers import Json
from .constants import spelled_out
from .db import Tenanted, own_rows
from .errors import NotFound
from .versions import Versioned

M = TypeVar("M", bound=BaseModel)
Column = ColumnElement[Any] | InstrumentedAttribute[Any]

OUT_OF_SIGHT: dict[int | str, dict[str, Any]] = {
    204: {"description": "Done, and you may no longer see the resource."}
}
"""For the `responses=` of commands after which the actor may have lost sight of the resource."""


def documents(schema: type[M], entity: Any, **fields: Column) -> Select[M]:
    """One document per row (of a table or an alias): the only place where this resource gets its
    shape."""
    statement = select(sql_cast(json_object(schema, entity, **fields), Text).label("document"))
    if issubclass(inspect(entity).mapper.class_, Versioned):
        statement = statement.add_columns(entity.version)
    return cast("Select[M]", own_rows(statement.add_columns(entity.id)))


def reference(
    schema: type[BaseModel],
    entity: type[Tenanted],
    foreign_key: InstrumentedAttribute[Any],
    **fields: str,
) -> ColumnElement[Any]:
    """The one row behind a foreign key, or null. `fields` rename: wire name = column name."""
    other: Any = aliased(entity)
    here = foreign_key.parent.entity
    named = {wire: getattr(other, column) for wire, column in fields.items()}
    return (
        select(json_object(schema, other, **named))
        .where(other.organization_id == here.organization_id, other.id == foreign_key)
        .correlate_except(other)
        .scalar_subquery()
    )


def children(
    schema: type[BaseModel],
    entity: Any,
    *where: ColumnElement[bool],
    order: Sequence[Any] = (),
    limit: int = 200,
    **fields: Column,
) -> ColumnElement[Any]:
    """Rows that belong to the row at hand as a JSON list; never null, never endless.

    Name the join and who may see them in `where`.
    """
    ordered = tuple(order) or (entity.id,)
    rows = (
        select(
            json_object(schema, entity, **fields).label("row"),
            func.row_number().over(order_by=ordered).label("place"),
        )
        .where(*where)
        .order_by(*ordered)
        .limit(limit)
        .correlate_except(entity)
        .subquery()
    )
    listed = func.json_agg(aggregate_order_by(rows.c.row, rows.c.place))
    return select(func.coalesce(listed, func.json_build_array())).scalar_subquery()


async def one(
    session: AsyncSession, statement: Select[M], row_id: UUID, **parameters: Any
) -> Json[M]:
    """`parameters` fill further binds of the statement."""
    given = {"row_id": row_id} | parameters
    row = (await session.execute(_by_id(statement), given)).one_or_none()
    if row is None:
        raise NotFound()
    document, *version, _ = row
    return Json(document, version=version[0] if version else None)


async def outcome(session: AsyncSession, statement: Select[M], row_id: UUID) -> Json[M]:
    """What a command answers with: the document, or 204 if the actor has lost sight of it."""
    await session.flush()
    try:
        return await one(session, statement, row_id)
    except NotFound:
        return Json(None)


@lru_cache(maxsize=1_000)
def _by_id(statement: Select[M]) -> Select[M]:
    return spelled_out(statement.where(statement.selected_columns["id"] == bindparam("row_id")))


def json_object(schema: type[BaseModel], entity: Any, **fields: Column) -> ColumnElement[Any]:
    """`json_build_object` of the schema's fields; what is not given is the entity's column."""
    if unknown := fields.keys() - schema.model_fields.keys():
        raise TypeError(f"{schema.__name__} has no field {', '.join(sorted(unknown))}")
    pairs: list[Any] = []
    for name, field in schema.model_fields.items():
        column = fields[name] if name in fields else getattr(entity, name)
        if _may_be_null(column) and type(None) not in get_args(field.annotation):
            raise TypeError(f"{schema.__name__}.{name} may be null")
        pairs += [literal_column(f"'{name}'"), on_the_wire(column)]
    first, *others = (
        func.json_build_object(*pairs[start : start + _MOST_ARGUMENTS])
        for start in range(0, len(pairs), _MOST_ARGUMENTS)
    )
    whole: ColumnElement[Any] = first
    for other in others:
        whole = _joined(whole, other)
    return whole


_MOST_ARGUMENTS = 100
"""Of a function in PostgreSQL: a document of more than fifty fields is made of several."""


def _joined(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of two objects with other keys one, which keeps their order and their numbers as written."""
    head = func.left(sql_cast(one, Text), -1)
    tail = func.substr(sql_cast(other, Text), 2)
    return sql_cast(func.concat(head, ", ", tail), JSON)


def on_the_wire(column: Column) -> Column:
    """Decimals travel as strings without idle zeros: JSON numbers lose digits."""
    if getattr(column.type, "asdecimal", False):
        return sql_cast(func.trim_scale(column), Text)
    return column


def _may_be_null(column: Column) -> bool:
    return isinstance(column, InstrumentedAttribute) and column.property.columns[0].nullable is True

"""Statements that are built once say their constants themselves; only what differs is a bind.

PostgreSQL keeps one plan of a statement for all its executions only if it looks about as cheap as
plans made for the values at hand. Behind a bind it can tell nothing of a value: of
`visibility = $35` as little as of `state <> $57`. So it planned large documents anew each time,
which took longer than to read them.
"""

from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, Select, literal_column
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.exc import CompileError
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.visitors import iterate, replacement_traverse

from .binds import AS_OF

S = TypeVar("S", bound=Select[Any])

_DIALECT = dialect()  # type: ignore[no-untyped-call]


def spelled_out(statement: S) -> S:
    """For statements that are kept: what readers send is a bind without a value, and stays one.

    Those about the past are left as they are: they read from subqueries by name, and a copy of
    them that is made piece by piece loses sight of these.
    """
    if any(getattr(element, "key", None) == AS_OF.key for element in iterate(statement)):
        return statement
    return cast("S", replacement_traverse(statement, {}, _spelled))


def _spelled(element: Any, **_: Any) -> Any:
    if isinstance(element, ExecutableOption):
        return element  # it has no copies
    if not isinstance(element, BindParameter) or element.required or element.value is None:
        return None
    try:
        text = str(element.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True}))
    except (CompileError, NotImplementedError):
        return None
    return literal_column(text, element.type)

"""Keyset cursors: stable while rows come and go, as fast on page one thousand as on page one."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, UnaryExpression, and_, bindparam, false, or_
from sqlalchemy.sql.operators import desc_op
from sqlalchemy.types import TypeEngine

from .crypto import BadSignature, Signer
from .errors import CursorInvalid

_VALUES: TypeAdapter[list[Any]] = TypeAdapter(list[Any])


def bare(column: Any) -> ColumnElement[Any]:
    """The column of `column.desc()`."""
    inner: ColumnElement[Any] = column.element if isinstance(column, UnaryExpression) else column
    return inner


def encode(signer: Signer, values: Sequence[Any], context: str) -> str:
    """`context` says for whom and for which list and filters the position is good."""
    return signer.sign(_VALUES.dump_json([context, *values]))


def decode(signer: Signer, cursor: str, order: Sequence[Any], context: str) -> dict[str, Any]:
    """The parameters that `after` leaves open."""
    try:
        made_for, *values = _VALUES.validate_json(signer.unsign(cursor))
        if made_for != context:
            raise CursorInvalid()
        return {
            f"after_{n}": _adapter(bare(column).type).validate_python(value)
            for n, (column, value) in enumerate(zip(order, values, strict=True))
        }
    except (BadSignature, ValueError) as error:
        raise CursorInvalid() from error


def after(order: Sequence[Any]) -> ColumnElement[bool]:
    """Rows behind the given one: (a > x) or (a = x and b > y) ..., each in its own direction."""
    clause: ColumnElement[bool] = false()
    for n, column in reversed(list(enumerate(order))):
        here, last = bare(column), bindparam(f"after_{n}", type_=bare(column).type)
        beyond = here < last if _descends(column) else here > last
        clause = or_(beyond, and_(here == last, clause))
    # No index serves those alternatives; the bound on the leading column lets one help.
    first, start = bare(order[0]), bindparam("after_0", type_=bare(order[0]).type)
    return and_(first <= start if _descends(order[0]) else first >= start, clause)


@lru_cache
def _adapter(column_type: TypeEngine[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(column_type.python_type)


def _descends(column: Any) -> bool:
    return isinstance(column, UnaryExpression) and column.modifier is desc_op

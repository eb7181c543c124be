"""What a woven rule calls: at run time it says either what it says, or what one mutant says.

In SQL the number of the mutant is a setting of the connection, which is looked at when a statement
is run: prepared or cached, it stays the same statement. In Python it is `current`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, case, literal_column, or_, true
from sqlalchemy.sql.elements import ClauseElement

SETTING = "perfapi.mutant"
ASKED = rf"'{SETTING}', true\) IS NOT DISTINCT FROM '(\d+)'"
"""Where a statement looks at it, as a pattern."""

current = 0
"""Of no mutant is the number 0."""
in_python: set[int] = set()
"""Those that were asked for in Python: what is asked at import, or once, cannot change later."""
touched: set[int] = set()
"""Those of them that were asked for since somebody emptied this."""
failed: set[int] = set()
"""Those that cannot be made where they stand."""


def other(number: int, rule: Any, mutant: Callable[[], Any]) -> Any:
    if not _is_sql(rule):
        return mutant() if is_current(number) else rule
    try:
        return case((_is_set(number), mutant()), else_=rule)
    except Exception:
        failed.add(number)
        return rule


def negated(number: int, rule: Any) -> Any:
    """Where it is unknown whether a rule holds, it is as unknown of its negation."""
    return _is_set(number) != rule if _is_sql(rule) else bool(rule) != is_current(number)


def junction(number: int, of: Callable[..., Any]) -> Callable[..., Any]:
    """`and_` for `or_` and the other way round: each is the other of negations, negated."""
    assert of in {and_, or_}
    return lambda *parts: negated(number, of(*(negated(number, part) for part in parts)))


def waived(number: int, act: Any) -> Any:
    return replace(act, condition=other(number, act.condition, true))


def is_current(number: int) -> bool:
    in_python.add(number)
    touched.add(number)
    return number == current


def _is_sql(rule: Any) -> bool:
    return isinstance(rule, ClauseElement) or hasattr(rule, "__clause_element__")


def _is_set(number: int) -> ColumnElement[bool]:
    return literal_column(
        f"(current_setting('{SETTING}', true) IS NOT DISTINCT FROM '{number}')", Boolean()
    )

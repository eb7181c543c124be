"""What the database says about a client's request, turned into problems: never a 500."""

import re
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError

from .errors import (
    AlreadyExists,
    Conflict,
    Invalid,
    Problem,
    ReferenceUnknown,
    StillReferenced,
    TryAgain,
    Unavailable,
)

_BY_CONSTRAINT: dict[str, type[Problem]] = {}

_BY_STATE: dict[str, type[Problem]] = {
    "21000": Conflict,  # one command would touch a row twice
    "22001": Invalid,  # too long
    "22003": Invalid,  # a number out of range
    "22008": Invalid,  # a date out of range
    "22021": Invalid,  # a character that the encoding lacks: NUL
    "22023": Invalid,
    "22P02": Invalid,
    "22P05": Invalid,
    "23502": Invalid,
    "23505": AlreadyExists,
    "23514": Invalid,
    "23P01": Conflict,  # an exclusion constraint: two periods overlap
    "40001": TryAgain,
    "40P01": TryAgain,
    "55P03": TryAgain,
    "57014": Unavailable,  # statement_timeout
    "53300": Unavailable,
    "57P01": Unavailable,
    "57P02": Unavailable,
    "57P03": Unavailable,
}


def constraint(name: str, problem: type[Problem]) -> None:
    """A domain names the problem that stands behind one of its constraints."""
    _BY_CONSTRAINT[name] = problem


def problem_of(error: DBAPIError) -> Problem | None:
    """None if it is our own mistake: that is for the log, and a 500."""
    cause: Any = error.orig
    if named := _BY_CONSTRAINT.get(getattr(cause, "constraint_name", None) or _constraint(cause)):
        return named()
    state = getattr(cause, "sqlstate", None)
    if state == "23503":
        leaving = "is still referenced" in str(cause)
        return StillReferenced() if leaving else ReferenceUnknown()
    if state in _BY_STATE:
        return _BY_STATE[state]()
    if isinstance(error, InterfaceError) or error.connection_invalidated or _is_lost(state):
        return Unavailable()
    if state is None and "invalid input for query argument" in str(cause):
        return Invalid("A value is out of the range that can be stored.")
    return None


def _is_lost(state: str | None) -> bool:
    return state is not None and state.startswith("08")


def _constraint(cause: Any) -> str:
    """asyncpg's name of the constraint hides one cause deeper; the message always tells it."""
    found = re.search(r'constraint "([^"]+)"', str(cause))
    return found[1] if found else ""

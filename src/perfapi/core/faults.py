"""What the database says about a client's request, turned into problems: never a 500."""

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
    "23001": StillReferenced,
    "23502": Invalid,
    "23505": AlreadyExists,
    "23514": Invalid,
    "23P01": Conflict,  # an exclusion constraint: two periods overlap
    "40001": TryAgain,
    "40P01": TryAgain,
    "55P03": TryAgain,
    "25006": Unavailable,  # it reads only, as after a failover
    "57014": Unavailable,  # statement_timeout
}
_TROUBLE = ("08", "53", "57P")
"""Classes of states: the connection is lost, resources are short, the server stops."""


def constraint(name: str, problem: type[Problem]) -> None:
    """A domain names the problem that stands behind one of its constraints."""
    _BY_CONSTRAINT[name] = problem


def problem_of(error: DBAPIError) -> Problem | None:
    """None if it is our own mistake: that is for the log, and a 500."""
    cause: Any = error.orig
    # The driver's own error, which hides one cause deeper, knows the constraint by name.
    if named := _BY_CONSTRAINT.get(getattr(cause.__cause__, "constraint_name", None) or ""):
        return named()
    state: str = getattr(cause, "sqlstate", None) or ""
    if state == "23503":
        return StillReferenced() if _is_leaving(error) else ReferenceUnknown()
    if state in _BY_STATE:
        return _BY_STATE[state]()
    if state.startswith(_TROUBLE) or isinstance(error, InterfaceError):
        return Unavailable()
    if error.connection_invalidated:
        return Unavailable()
    if "invalid input for query argument" in str(cause):
        return Invalid("A value is out of the range that can be stored.")
    return None


def _is_leaving(error: DBAPIError) -> bool:
    """Whether the row goes that others refer to; else the row refers to one that is not there."""
    return (error.statement or "").lstrip().upper().startswith("DELETE")

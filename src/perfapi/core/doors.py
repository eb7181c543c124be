"""The door of every operation: which scope a credential needs to pass."""

from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer, SecurityScopes

from .actor import Actor
from .db import TenantSession
from .errors import Problem, ScopeMissing, Unauthenticated

SCOPES: set[str] = set()
"""Every scope that some operation asks for; filled while the routers are imported."""

AT_EVERY_DOOR: tuple[type[Problem], ...] = (Unauthenticated, ScopeMissing)

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="access_token",
    bearerFormat="JWT",
    description="The `access_token` of `POST /v1/auth/sessions`; it is valid for ten minutes.",
)


async def _permitted(
    request: Request,
    session: TenantSession,
    scopes: SecurityScopes,
    _: Annotated[Any, Depends(_bearer)],
) -> Actor:
    """The session comes first: opening it authenticates, once per request."""
    actor: Actor = request.state.actor
    if missing := set(scopes.scopes) - actor.scopes:
        raise ScopeMissing(f"It lacks {', '.join(sorted(missing))}.")
    return actor


def requires(*scopes: str) -> Any:
    """`Reader = Annotated[Actor, requires("goals:read")]`."""
    SCOPES.update(scopes)
    return Security(_permitted, scopes=list(scopes))

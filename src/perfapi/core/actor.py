"""Who is calling, and what the credential was made for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Actor:
    """A principal: a person who signed in (or, later, a service account)."""

    organization_id: UUID
    person_id: UUID
    session_id: UUID
    scopes: frozenset[str]


Authenticate = Callable[[Request, AsyncSession], Awaitable[Actor]]
"""Checks the credential and enters its organization, or raises Unauthenticated.

`app.py` plugs it in: the domain that knows credentials stands above those that need an actor."""

"""What passes through the door: what it is made of, who knocks, and what they are given."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request

from perfapi.core.ratelimit import Limiter

from .passwords import Hasher
from .refreshing import Refreshing
from .tokens import LIFETIME, Keys


@dataclass(frozen=True, slots=True)
class Gate:
    """What signing in needs besides the database; one per process."""

    keys: Keys
    refreshing: Refreshing
    hasher: Hasher
    limiter: Limiter | None
    """None: nobody is held back, as in tests."""
    origin: str
    is_https: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was just opened or refreshed, with the tokens that nobody stores in clear."""

    access_token: str
    refresh_token: str
    session_id: UUID
    organization_id: UUID
    organization_name: str
    organization_slug: str
    person_id: UUID
    person_name: str

    def members(self) -> dict[str, Any]:
        return {
            "access_token": self.access_token,
            "token_type": "Bearer",
            "expires_in": int(LIFETIME.total_seconds()),
            "session_id": self.session_id,
            "organization": {
                "id": self.organization_id,
                "name": self.organization_name,
                "slug": self.organization_slug,
            },
            "person": {"id": self.person_id, "name": self.person_name},
        }


@dataclass(frozen=True, slots=True)
class Caller:
    """From where somebody signs in."""

    address: str
    user_agent: str | None


def caller_of(request: Request) -> Caller:
    address = request.client.host if request.client else ""
    return Caller(address, request.headers.get("user-agent", "")[:300] or None)

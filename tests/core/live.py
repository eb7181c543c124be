"""A signed-in person whose requests really commit, side by side."""

from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from perfapi.core.clock import utcnow
from perfapi.core.crypto import new_token, token_hash
from perfapi.core.db import Sessions, in_organization
from perfapi.domains.auth import tokens
from perfapi.domains.auth.models import SignIn
from perfapi.domains.auth.service import SESSION_LIFETIME, join_account
from perfapi.domains.people.models import Role
from tests.factories.organizations import an_organization
from tests.factories.people import a_person


class Live(httpx.AsyncClient):
    organization: UUID
    person: UUID


async def sign_in(
    app: FastAPI, sessions: Sessions, *, organization: UUID | None = None, **options: Any
) -> Live:
    """A new person, an administrator, in a new organization unless told otherwise."""
    async with sessions.begin() as session:
        organization = organization or await an_organization(session)
    async with in_organization(sessions, organization) as session:
        person = await a_person(session, "Ada", roles=(Role.ADMIN,))
        person.email = f"{person.id}@example.com"
        account = await join_account(session, person, "no-password")
        signed_in = SignIn(
            account_id=account,
            person_id=person.id,
            family_hash=token_hash(new_token()),
            refresh_hash=token_hash(new_token()),
            expires_at=utcnow() + SESSION_LIFETIME,
        )
        session.add(signed_in)
    token = tokens.issue(
        app.state.gate.keys, subject=signed_in.id, organization=organization, now=utcnow()
    )
    client = Live(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://test/v1",
        headers={"Authorization": f"Bearer {token}"},
        **options,
    )
    client.organization, client.person = organization, person.id
    return client

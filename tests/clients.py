"""Requests as a signed-in person: real tokens, a real session row, every body checked."""

from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.crypto import new_token, token_hash
from perfapi.core.db import enter, facts
from perfapi.domains.auth import tokens
from perfapi.domains.auth.models import SignIn
from perfapi.domains.auth.service import SESSION_LIFETIME, join_account
from perfapi.domains.people.models import Person
from tests.honesty import Honest


class Client:
    """Before each request the test's session writes and forgets everything it holds, so that what
    a command fails to load or flush fails here as it would in production."""

    def __init__(self, app: FastAPI, session: AsyncSession, person: Person) -> None:
        self._app, self._session, self._person = app, session, person
        self._token: str | None = None

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("GET", path, **options)

    async def post(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("POST", path, **options)

    async def put(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("PUT", path, **options)

    async def patch(self, path: str, **options: Any) -> httpx.Response:
        """Says `If-Match: *` unless told otherwise."""
        return await self.request("PATCH", path, **_whatever_version(options))

    async def delete(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("DELETE", path, **_whatever_version(options))

    async def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        here = facts(self._session)
        token = self._token = self._token or await self._sign_in()
        await self._session.flush()
        self._session.expunge_all()
        headers = {"Authorization": f"Bearer {token}"} | options.pop("headers", {})
        transport = httpx.ASGITransport(Honest(self._app))
        async with httpx.AsyncClient(transport=transport, base_url="http://test/v1") as client:
            response = await client.request(method, path, headers=headers, **options)
        await enter(self._session, here["organization"], you=here.get("you"))
        return response

    async def _sign_in(self) -> str:
        here = facts(self._session)
        organization = self._person.organization_id
        await self._session.flush()
        await enter(self._session, organization)
        account = await join_account(self._session, self._with_address(), "no-password")
        signed_in = SignIn(
            account_id=account,
            person_id=self._person.id,
            family_hash=token_hash(new_token()),
            refresh_hash=token_hash(new_token()),
            expires_at=utcnow() + SESSION_LIFETIME,
        )
        self._session.add(signed_in)
        await self._session.flush()
        await enter(self._session, here["organization"], you=here.get("you"))
        keys = self._app.state.gate.keys
        return tokens.issue(keys, subject=signed_in.id, organization=organization, now=utcnow())

    def _with_address(self) -> Person:
        address = self._person.email or f"{self._person.id}@people.example.com"
        return Person(id=self._person.id, email=address)


def _whatever_version(options: dict[str, Any]) -> dict[str, Any]:
    return options | {"headers": {"If-Match": "*"} | options.get("headers", {})}

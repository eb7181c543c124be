"""One request as somebody, of which nothing stays; its answer as a word."""

from dataclasses import dataclass
from uuid import UUID

import httpx
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.crypto import new_token, token_hash
from perfapi.core.db import Sessions, enter
from perfapi.domains.auth import tokens
from perfapi.domains.auth.models import SignIn
from perfapi.domains.auth.service import SESSION_LIFETIME, join_account
from perfapi.domains.people.models import Person
from tests.authorization.house import House
from tests.authorization.requests import Request

WORDS = {
    401: "sign_in",
    403: "forbidden",
    404: "hidden",
    409: "conflict",
    422: "invalid",
}


@dataclass
class Asking:
    """The house, and a way to ask it things. Everything happens in one transaction."""

    app: FastAPI
    connection: AsyncConnection
    sessions: Sessions
    house: House
    tokens: dict[str, str]
    client: httpx.AsyncClient

    async def answer(self, actor: str | None, request: Request) -> httpx.Response:
        self.app.state.sessions = self.sessions
        headers = dict(request.headers)
        if actor is not None:
            headers["Authorization"] = f"Bearer {self.tokens[actor]}"
        before = await self.connection.begin_nested()
        try:
            return await self.client.request(
                request.method, request.path, headers=headers, **request.sent
            )
        finally:
            await before.rollback()
            # A client remembers cookies; whoever asks next is somebody else.
            self.client.cookies.clear()

    async def word(self, actor: str | None, request: Request) -> str:
        return word_of(await self.answer(actor, request))


def word_of(response: httpx.Response) -> str:
    if response.is_success:
        return "ok"
    return WORDS.get(response.status_code, str(response.status_code))


async def sign_in(app: FastAPI, session: AsyncSession, person: Person) -> tuple[str, UUID]:
    """A session that is open, as signing in leaves it, and its access token."""
    account = await join_account(session, person, "no-password")
    signed_in = SignIn(
        account_id=account,
        person_id=person.id,
        family_hash=token_hash(new_token()),
        refresh_hash=token_hash(new_token()),
        expires_at=utcnow() + SESSION_LIFETIME,
    )
    session.add(signed_in)
    await session.flush()
    organization = person.organization_id
    token = tokens.issue(
        app.state.gate.keys, subject=signed_in.id, organization=organization, now=utcnow()
    )
    return token, signed_in.id


async def sign_all_in(
    app: FastAPI, session: AsyncSession, people: dict[str, Person]
) -> tuple[dict[str, str], dict[str, UUID]]:
    issued, ids = {}, {}
    for name, person in people.items():
        await enter(session, person.organization_id)
        issued[name], ids[name] = await sign_in(app, session, person)
    return issued, ids

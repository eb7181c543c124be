"""People who can sign in, and browsers to do it with."""

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.adapters.mail import Nowhere, mailer_of
from perfapi.app import create_app
from perfapi.core.db import Sessions, enter, facts, in_organization
from perfapi.core.events import SUBSCRIBERS, LoggedEvent
from perfapi.domains.auth import jobs  # noqa: F401 -- its handlers
from perfapi.domains.auth.service import join_account
from perfapi.domains.people.models import Person, Role
from tests.conftest import test_settings
from tests.factories.organizations import an_organization
from tests.factories.people import a_person
from tests.honesty import Honest
from tests.servers import Servers

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery staple"


class Browser(httpx.AsyncClient):
    """Keeps its cookies; signs in as a person would."""

    async def sign_in(self, email: str, password: str = PASSWORD, **more: Any) -> httpx.Response:
        body = {"email": email, "password": password, **more}
        response = await self.post("/auth/sessions", json=body)
        if response.status_code == 201:
            self.carry(response)
        return response

    def carry(self, response: httpx.Response) -> None:
        self.headers["Authorization"] = f"Bearer {response.json()['access_token']}"

    @property
    def refresh_token(self) -> str:
        return self.cookies["perfapi_refresh"]

    async def refresh(self, token: str | None = None) -> httpx.Response:
        """With the token of the cookie, or with another."""
        if token is not None:
            self.cookies.delete("perfapi_refresh")
            self.cookies.set("perfapi_refresh", token, domain="test.example.com", path="/v1/auth")
        return await self.post("/auth/refresh")


@pytest.fixture
async def a_browser(app: FastAPI, sessions: Sessions) -> AsyncIterator[Callable[[], Browser]]:
    app.state.sessions = sessions
    opened: list[Browser] = []

    def open_one() -> Browser:
        transport = httpx.ASGITransport(Honest(app))
        # Cookies of a host without a dot are kept for `<host>.local`.
        opened.append(Browser(transport=transport, base_url="http://test.example.com/v1"))
        return opened[-1]

    yield open_one
    for browser in opened:
        await browser.aclose()


@pytest.fixture
def browser(a_browser: Callable[[], Browser]) -> Browser:
    return a_browser()


@pytest.fixture
def joined(app: FastAPI, session: AsyncSession) -> Callable[..., Awaitable[Person]]:
    """`await joined("Ada", email="ada@example.com")`: somebody with a password."""

    async def join(name: str = "Ada", *, password: str = PASSWORD, **fields: Any) -> Person:
        person = await a_person(session, name, **fields)
        hashed = await app.state.gate.hasher.hash(password)
        await join_account(session, person, hashed)
        here = facts(session)
        await enter(session, here["organization"])
        return person

    return join


class Post:
    """The worker's part, called by hand: writes the letters of events that were not heard yet."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._heard: set[UUID] = set()

    @property
    def carried(self) -> list[EmailMessage]:
        carrier = mailer_of(self._session).carrier
        assert isinstance(carrier, Nowhere)
        return carrier.carried

    async def arrives(self) -> list[EmailMessage]:
        before = len(self.carried)
        await self._session.flush()
        for event in await self._session.scalars(select(LoggedEvent).order_by(LoggedEvent.id)):
            if event.id not in self._heard:
                self._heard.add(event.id)
                await self.hears(event)
        return self.carried[before:]

    async def hears(self, event: LoggedEvent) -> None:
        for name, (kind, handler) in SUBSCRIBERS.items():
            if name.startswith("auth.mail_") and kind.topic == event.topic:
                await handler(self._session, kind.model_validate(event.payload), event.id)
        await self._session.flush()


@pytest.fixture
def post(app: FastAPI, session: AsyncSession) -> Post:
    return Post(session)


def token_in(message: EmailMessage) -> str:
    """Of the link in the plain text, which the HTML repeats."""
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    (token,) = re.findall(r"#(\S+)", plain.get_content())
    assert token in html.get_content()
    return str(token)


async def topics(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(LoggedEvent.topic).order_by(LoggedEvent.id)))


def is_problem(response: httpx.Response, status: int, code: str) -> None:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text


class House:
    """An app that holds back who asks too much, and Ada, an administrator."""

    def __init__(self, app: FastAPI, sessions: Sessions) -> None:
        self.app = app
        self.sessions = sessions

    async def settle(self) -> None:
        async with self.sessions.begin() as session:
            self.organization = await an_organization(session)
            ada = await a_person(session, "Ada", email=EMAIL, roles=(Role.ADMIN,))
            self.bob = (await a_person(session, "Bob", email="bob@example.com")).id
            await join_account(session, ada, await self.app.state.gate.hasher.hash(PASSWORD))

    def browser(self, address: str) -> Browser:
        transport = httpx.ASGITransport(self.app, client=(address, 1))
        return Browser(transport=transport, base_url="http://test.example.com/v1")

    async def count(self, topic: str) -> int:
        async with in_organization(self.sessions, self.organization) as session:
            wanted = select(func.count()).where(LoggedEvent.topic == topic)
            return (await session.scalars(wanted)).one()


@pytest.fixture
async def house(
    tmp_path: Path, test_servers: Servers, real_sessions: Sessions
) -> AsyncIterator[House]:
    settings = test_settings(tmp_path, redis_url=test_servers.redis_url)
    app = create_app(settings.model_copy(update={"rate_limits": True}))
    app.state.sessions = real_sessions
    house = House(app, real_sessions)
    await house.settle()
    yield house
    app.state.gate.hasher.close()
    await app.state.gate.limiter.aclose()


@pytest.fixture
def address() -> str:
    """Of a network that no other test guesses from."""
    return f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"

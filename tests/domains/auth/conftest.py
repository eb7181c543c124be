"""People who can sign in, and browsers to do it with."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions, enter, facts
from perfapi.core.events import LoggedEvent
from perfapi.domains.auth.service import join_account
from perfapi.domains.people.models import Person
from tests.factories.people import a_person
from tests.honesty import Honest

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


async def topics(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(LoggedEvent.topic).order_by(LoggedEvent.id)))


def is_problem(response: httpx.Response, status: int, code: str) -> None:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text

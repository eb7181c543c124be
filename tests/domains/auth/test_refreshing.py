"""Refresh tokens: replaced at each use, and known when they come back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.domains.auth.models import SignIn
from perfapi.domains.auth.refreshing import Refreshing, family_hash
from perfapi.domains.auth.service import GRACE
from perfapi.domains.people.models import Person, Status
from tests.clients import Client

from .conftest import Browser, is_problem, topics

AsPerson = Callable[[Person], Client]
Joined = Callable[..., Awaitable[Person]]
ABrowser = Callable[[], Browser]

HOUR = timedelta(hours=1)
OTHER_PASSWORD = "seven green umbrellas sing"


class TestRefreshSession:
    @pytest.fixture(autouse=True)
    async def ada(self, browser: Browser, joined: Joined) -> Person:
        person = await joined(email="ada@example.com")
        await browser.sign_in("ada@example.com")
        return person

    async def later(self, session: AsyncSession, by: timedelta = GRACE) -> None:
        moment = SignIn.refreshed_at - by - timedelta(seconds=1)
        await session.execute(update(SignIn).values(refreshed_at=moment))

    async def test_gives_a_new_access_token_and_replaces_the_refresh_token(
        self, browser: Browser
    ) -> None:
        before = browser.refresh_token

        response = await browser.refresh()

        assert response.status_code == 200, response.text
        assert response.headers["Cache-Control"] == "no-store"
        assert browser.refresh_token != before
        browser.carry(response)
        assert (await browser.get("/me")).status_code == 200

    async def test_may_go_on_for_long(self, session: AsyncSession, browser: Browser) -> None:
        seen = {browser.refresh_token}
        for _ in range(5):
            await self.later(session)
            assert (await browser.refresh()).status_code == 200
            seen.add(browser.refresh_token)
        assert len(seen) == 6

    async def test_the_token_before_works_for_a_moment_and_leads_to_the_same_one(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        """Two tabs at once, or an answer that was cut off: whoever is last is right too."""
        first = browser.refresh_token
        await browser.refresh()
        second = browser.refresh_token
        assert (await browser.refresh(first)).status_code == 200
        assert browser.refresh_token == second

        await self.later(session)
        assert (await browser.refresh(second)).status_code == 200

    async def test_a_replaced_token_that_comes_back_later_ends_the_session(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        first = browser.refresh_token
        await browser.refresh()
        second = browser.refresh_token
        await self.later(session)

        stolen = await browser.refresh(first)
        rightful = await browser.refresh(second)

        is_problem(stolen, 401, "session_ended")
        is_problem(rightful, 401, "session_ended")
        is_problem(await browser.get("/me"), 401, "unauthenticated")
        assert (await topics(session))[-1] == "auth.refresh_token_reused"

    async def test_a_thief_who_refreshes_many_times_is_found_out_too(
        self, session: AsyncSession, a_browser: ABrowser, browser: Browser
    ) -> None:
        copied = browser.refresh_token
        thief = a_browser()
        await thief.refresh(copied)
        for _ in range(3):
            await self.later(session)
            assert (await thief.refresh()).status_code == 200

        is_problem(await browser.refresh(), 401, "session_ended")

        is_problem(await thief.refresh(), 401, "session_ended")
        assert (await topics(session))[-1] == "auth.refresh_token_reused"

    async def test_the_token_before_the_last_is_too_old_at_once(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        first = browser.refresh_token
        await browser.refresh()
        await browser.refresh()
        is_problem(await browser.refresh(first), 401, "session_ended")

    @pytest.mark.parametrize("token", ["", "x", "x.y", ".", "ä", "x" * 200, "a" * 43 + "." + "b"])
    async def test_made_up_tokens_end_nothing(self, browser: Browser, token: str) -> None:
        kept = browser.refresh_token
        headers = {b"Cookie": f"perfapi_refresh={token}".encode()}
        is_problem(await browser.post("/auth/refresh", headers=headers), 401, "session_ended")
        assert (await browser.refresh(kept)).status_code == 200

    async def test_without_a_cookie_there_is_no_session(self, a_browser: ABrowser) -> None:
        is_problem(await a_browser().refresh(), 401, "session_ended")

    async def test_expired_sessions_stay_closed(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        await session.execute(update(SignIn).values(expires_at=utcnow() - HOUR))
        is_problem(await browser.refresh(), 401, "session_ended")
        is_problem(await browser.get("/me"), 401, "unauthenticated")

    async def test_leavers_stay_outside(
        self, session: AsyncSession, browser: Browser, ada: Person
    ) -> None:
        ada = await session.merge(ada)
        ada.status, ada.left_on = Status.LEFT, utcnow().date()
        await session.flush()
        is_problem(await browser.refresh(), 401, "session_ended")
        is_problem(await browser.get("/me"), 401, "unauthenticated")


class TestRefreshing:
    def test_tokens_of_a_family_are_found_by_it(self) -> None:
        refreshing = Refreshing(b"k" * 32)
        first = refreshing.first()
        second = refreshing.next(first)
        assert family_hash(first) == family_hash(second) != family_hash(refreshing.first())
        assert len({first, second, refreshing.next(second)}) == 3

    def test_the_next_one_needs_the_key(self, tmp_path: Path) -> None:
        token = Refreshing.kept(tmp_path / "refresh.key").first()
        ours = Refreshing.kept(tmp_path / "refresh.key").next(token)
        assert ours == Refreshing.kept(tmp_path / "refresh.key").next(token)
        assert ours != Refreshing(b"k" * 32).next(token)

    @pytest.mark.parametrize("token", ["", ".", "a.b.c", "\ud800", "x" * 200])
    def test_whatever_is_sent_has_a_hash(self, token: str) -> None:
        assert len(family_hash(token)) == 32
        assert Refreshing(b"k" * 32).next(token)

"""Signing in under pressure: guesses, floods and races, with real commits."""

import asyncio

import pytest
from sqlalchemy import select

from perfapi.core.db import in_organization
from perfapi.core.ratelimit import Policy
from perfapi.domains.auth import service
from perfapi.domains.auth.models import SignIn

from .conftest import EMAIL, PASSWORD, House


class TestGuessing:
    async def test_is_slowed_down_and_the_right_password_waits_too(
        self, house: House, address: str
    ) -> None:
        browser = house.browser(address)
        answers = [await browser.sign_in(EMAIL, f"guess {n}") for n in range(7)]
        right = await browser.sign_in(EMAIL)

        assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
        assert (right.status_code, right.json()["code"]) == (429, "too_many_attempts")
        assert 1 <= int(right.headers["Retry-After"]) <= 300

    async def test_from_elsewhere_keeps_nobody_out(self, house: House, address: str) -> None:
        for n in range(7):
            await house.browser(address).sign_in(EMAIL, f"guess {n}")
        other = house.browser(address.replace("2001:db8", "2001:db9"))
        assert (await other.sign_in(EMAIL)).status_code == 201

    async def test_success_starts_afresh(self, house: House, address: str) -> None:
        browser = house.browser(address)
        for _ in range(3):
            for n in range(4):
                assert (await browser.sign_in(EMAIL, f"guess {n}")).status_code == 401
            assert (await browser.sign_in(EMAIL)).status_code == 201

    async def test_is_slowed_down_for_whoever_holds_a_token_as_well(
        self, house: House, address: str
    ) -> None:
        """Somebody found the browser open, and tries to guess the password in there."""
        browser = house.browser(address)
        await browser.sign_in(EMAIL)
        answers = [
            await browser.post(
                "/auth/password",
                json={"current_password": f"guess {n}", "new_password": "a new and better one"},
            )
            for n in range(7)
        ]
        assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 2
        assert answers[-1].json()["code"] == "too_many_attempts"

    async def test_is_slowed_down_for_invitations_too(self, house: House, address: str) -> None:
        browser = house.browser(address)
        made_up = {"token": "x" * 43, "password": PASSWORD}
        answers = [await browser.post("/auth/invitations/accept", json=made_up) for _ in range(21)]
        assert [answer.status_code for answer in answers] == [422] * 20 + [429]

    async def test_through_an_invitation_of_ones_own_is_slowed_down(
        self, house: House, address: str
    ) -> None:
        """HR may invite anybody, and so could guess at the password of an administrator."""
        browser = house.browser(address)
        opened = await browser.sign_in(EMAIL)
        body = {"person_id": opened.json()["person"]["id"]}
        invited = (await browser.post("/auth/invitations", json=body)).json()
        answers = [
            await browser.post(
                "/auth/invitations/accept",
                json={"token": invited["token"], "password": f"guess number {n}"},
            )
            for n in range(7)
        ]
        assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 2


class TestFlood:
    async def test_requests_are_counted_and_told(self, house: House, address: str) -> None:
        browser = house.browser(address)
        await browser.sign_in(EMAIL)

        response = await browser.get("/me")

        assert response.headers["RateLimit-Policy"] == '"requests";q=1200;w=60'
        assert response.headers["RateLimit"].startswith('"requests";r=1199;')

    async def test_too_many_are_held_back(
        self, house: House, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            service, "REQUESTS", Policy("few-requests", limit=3, window=6_000, is_strict=True)
        )
        browser = house.browser(address)
        await browser.sign_in(EMAIL)

        answers = [await browser.get("/me") for _ in range(4)]

        assert [answer.status_code for answer in answers] == [200] * 3 + [429]
        assert answers[-1].json()["code"] == "too_many_requests"
        assert int(answers[-1].headers["Retry-After"]) >= 1
        assert answers[-1].headers["RateLimit"].startswith('"few-requests";r=0;')

    async def test_more_passwords_than_can_be_checked_are_503(
        self, house: House, address: str
    ) -> None:
        places = house.app.state.gate.hasher._places
        while places.acquire(blocking=False):
            pass
        response = await house.browser(address).sign_in(EMAIL)
        assert (response.status_code, response.json()["code"]) == (503, "unavailable")


class TestRaces:
    async def test_tabs_that_refresh_at_once_stay_signed_in(
        self, house: House, address: str
    ) -> None:
        browser = house.browser(address)
        await browser.sign_in(EMAIL)
        tabs = [house.browser(address) for _ in range(5)]
        answers = await asyncio.gather(*(tab.refresh(browser.refresh_token) for tab in tabs))

        assert {answer.status_code for answer in answers} == {200}
        assert len({tab.refresh_token for tab in tabs}) == 1
        assert (await tabs[3].refresh()).status_code == 200
        assert await house.count("auth.refresh_token_reused") == 0

    async def test_an_invitation_is_accepted_once(self, house: House, address: str) -> None:
        admin = house.browser(address)
        await admin.sign_in(EMAIL)
        body = {"person_id": str(house.bob)}
        invited = (await admin.post("/auth/invitations", json=body)).json()
        sent = {"token": invited["token"], "password": PASSWORD}
        answers = await asyncio.gather(
            *(house.browser(address).post("/auth/invitations/accept", json=sent) for _ in range(4))
        )

        assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422]
        assert await house.count("auth.invitation_accepted") == 1

    async def test_of_two_new_passwords_one_counts(self, house: House, address: str) -> None:
        browser = house.browser(address)
        await browser.sign_in(EMAIL)
        wanted = ["green umbrellas sing", "yellow umbrellas dance"]
        answers = await asyncio.gather(
            *(
                browser.post(
                    "/auth/password", json={"current_password": PASSWORD, "new_password": new}
                )
                for new in wanted
            )
        )

        assert sorted(answer.status_code for answer in answers) == [204, 422]
        (winner,) = [
            new for new, answer in zip(wanted, answers, strict=True) if answer.status_code == 204
        ]
        assert (await house.browser(address).sign_in(EMAIL, winner)).status_code == 201


async def test_a_session_stores_no_token(house: House, address: str) -> None:
    browser = house.browser(address)
    await browser.sign_in(EMAIL)
    async with in_organization(house.sessions, house.organization) as session:
        row = (await session.scalars(select(SignIn))).one()
    for part in browser.refresh_token.split("."):
        assert part.encode() not in row.family_hash + row.refresh_hash

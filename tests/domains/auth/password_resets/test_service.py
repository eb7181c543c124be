"""New passwords under pressure: floods and races, with real commits and the worker's part."""

import asyncio
import secrets
from dataclasses import replace
from typing import Any

import httpx
import pytest

from perfapi.adapters.mail import Mailer, Nowhere
from perfapi.core import deliveries
from perfapi.domains.auth.password_resets import service
from tests.domains.auth.conftest import EMAIL, PASSWORD, House, token_in

NEW = ("seven green umbrellas sing", "yellow umbrellas dance")


@pytest.fixture(autouse=True)
def _answers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And counts the letters to Ada for each test alone."""
    monkeypatch.setattr(service, "ANSWER_AFTER", 0)
    own = replace(service.LETTERS, name=f"letters-{secrets.token_hex(4)}")
    monkeypatch.setattr(service, "LETTERS", own)


@pytest.fixture
def carrier(house: House) -> Nowhere:
    carrier = Nowhere()
    mailer = Mailer(carrier, "perfapi <perfapi@test.example>", "http://test", b"k" * 32)
    house.sessions.configure(info={"mailer": mailer})
    return carrier


async def work(house: House) -> None:
    await deliveries.sequence(house.sessions)
    for one in await deliveries.waiting(house.sessions):
        assert await deliveries.deliver(house.sessions, one.organization, one.delivery)


async def ask(browser: httpx.AsyncClient, email: str = EMAIL) -> int:
    answer = await browser.post("/auth/password-resets", json={"email": email})
    return answer.status_code


async def complete(browser: httpx.AsyncClient, token: str, password: str) -> httpx.Response:
    body = {"token": token, "password": password}
    return await browser.post("/auth/password-resets/complete", json=body)


class TestFlood:
    @pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"])
    async def test_of_one_source_at_one_address_is_slowed_down(
        self, house: House, address: str, email: str
    ) -> None:
        """Whether or not there is an account: a limit is no oracle either."""
        browser = house.browser(address)
        assert [await ask(browser, email) for _ in range(6)] == [202] * 5 + [429]

    async def test_of_one_source_at_many_addresses_is_slowed_down(
        self, house: House, address: str
    ) -> None:
        browser = house.browser(address)
        answers = [await ask(browser, f"somebody{n}@example.com") for n in range(61)]
        assert answers == [202] * 60 + [429]

    async def test_from_many_sources_fills_no_mailbox(
        self, house: House, address: str, carrier: Nowhere
    ) -> None:
        for n in range(8):
            assert await ask(house.browser(address.replace("2001:db8", f"2001:dba{n}"))) == 202
        assert await house.count("auth.password_reset_requested") == 5
        await work(house)
        assert 1 <= len(carrier.carried) <= 5, "one that comes late is not written any more"

    async def test_of_made_up_tokens_is_slowed_down(self, house: House, address: str) -> None:
        browser = house.browser(address)
        answers = [await complete(browser, "x" * 43, NEW[0]) for _ in range(21)]
        assert [answer.status_code for answer in answers] == [422] * 20 + [429]


class TestRaces:
    async def test_of_two_at_once_one_counts(
        self, house: House, address: str, carrier: Nowhere
    ) -> None:
        await ask(house.browser(address))
        await work(house)
        (letter,) = carrier.carried
        token = token_in(letter)
        answers = await asyncio.gather(
            *(complete(house.browser(address), token, new) for new in NEW)
        )

        assert sorted(answer.status_code for answer in answers) == [204, 422]
        (winner,) = [
            new for new, answer in zip(NEW, answers, strict=True) if answer.status_code == 204
        ]
        assert (await house.browser(address).sign_in(EMAIL, winner)).status_code == 201
        assert await house.count("auth.password_changed") == 1
        await work(house)
        assert carrier.carried[-1]["Subject"] == "Your password for perfapi was changed"

    async def test_asked_twice_at_once_one_link_is_good(
        self, house: House, address: str, carrier: Nowhere
    ) -> None:
        browsers = [house.browser(address) for _ in range(2)]
        assert await asyncio.gather(*(ask(browser) for browser in browsers)) == [202, 202]
        await deliveries.sequence(house.sessions)
        waiting = await deliveries.waiting(house.sessions)
        await asyncio.gather(
            *(deliveries.deliver(house.sessions, one.organization, one.delivery) for one in waiting)
        )
        tokens = [token_in(letter) for letter in carrier.carried]
        good = [
            (await complete(house.browser(address), token, NEW[0])).status_code for token in tokens
        ]
        assert good.count(204) == 1


async def test_a_sign_in_under_way_does_not_outlive_the_password_that_it_was_given(
    house: House, address: str, carrier: Nowhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new password is set after the old one was verified, and before the session opens."""
    await ask(house.browser(address))
    await work(house)
    token, hasher = token_in(carrier.carried[0]), house.app.state.gate.hasher
    verify = hasher.verify

    async def slowly(stored: str | None, password: str) -> Any:
        verdict = await verify(stored, password)
        done = await complete(house.browser(address), token, NEW[0])
        assert (verdict.ok, done.status_code) == (True, 204)
        return verdict

    monkeypatch.setattr(hasher, "verify", slowly)
    refused = await house.browser(address).sign_in(EMAIL, PASSWORD)

    assert (refused.status_code, refused.json()["code"]) == (401, "credentials_wrong")
    assert await house.count("auth.signed_in") == 0


async def test_the_old_password_opens_nothing_any_more(
    house: House, address: str, carrier: Nowhere
) -> None:
    browser = house.browser(address)
    await browser.sign_in(EMAIL)
    await ask(house.browser(address))
    await work(house)
    await complete(house.browser(address), token_in(carrier.carried[0]), NEW[0])
    assert (await browser.get("/me")).status_code == 401
    assert (await house.browser(address).sign_in(EMAIL, PASSWORD)).status_code == 401

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from perfapi.core.ratelimit import Limiter
from perfapi.core.throttle import GuessThrottle, network_of

from .limiters import NOWHERE, Clock, Valkey, limiting

ACCOUNT, HOME, ELSEWHERE = "anna@example.com", "203.0.113.7", "198.51.100.9"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def alone(clock: Clock) -> AsyncIterator[Limiter]:
    async with limiting(NOWHERE, clock) as limiter:
        yield limiter


@pytest.fixture(params=["together", "alone"])
async def limiter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Limiter]:
    if request.param == "alone":
        async with limiting(NOWHERE) as limiter:
            yield limiter
        return
    server = Valkey(tmp_path)
    async with limiting(server.url) as limiter:
        yield limiter
    server.stop()


class TestGuessThrottle:
    async def test_the_delay_grows_and_stays_bearable(self, alone: Limiter, clock: Clock) -> None:
        throttle = GuessThrottle(alone)
        waits, started = [], clock.now
        for _ in range(60):
            while not (taken := await throttle.attempt(ACCOUNT, HOME)).allowed:
                clock.pass_by(taken.retry_after)
            waits.append(clock.now - started)
            started = clock.now
        assert waits[:5] == [0] * 5
        assert waits == sorted(waits)
        assert 0 < waits[5] <= 12
        assert waits[-1] == 300

    async def test_knocking_while_it_is_closed_does_not_keep_it_closed(
        self, alone: Limiter, clock: Clock
    ) -> None:
        throttle = GuessThrottle(alone)
        for _ in range(100):
            await throttle.attempt(ACCOUNT, HOME)
        clock.pass_by(12)
        assert (await throttle.attempt(ACCOUNT, HOME)).allowed

    async def test_the_owner_signs_in_from_elsewhere(self, limiter: Limiter) -> None:
        throttle = GuessThrottle(limiter)
        taken = [await throttle.attempt(ACCOUNT, HOME) for _ in range(6)]
        assert [one.allowed for one in taken] == [True] * 5 + [False]
        assert 0 < taken[-1].retry_after <= 12
        assert (await throttle.attempt(ACCOUNT, ELSEWHERE)).allowed

    async def test_success_clears_the_account(self, limiter: Limiter) -> None:
        throttle = GuessThrottle(limiter)
        for _ in range(20):
            for _ in range(4):
                assert (await throttle.attempt(ACCOUNT, HOME)).allowed
            await throttle.succeeded(ACCOUNT, HOME)
            await limiter.give_back([(HOME, throttle._of_network)])

    async def test_an_office_that_signs_in_correctly_is_not_slowed_down(
        self, alone: Limiter
    ) -> None:
        throttle = GuessThrottle(alone)
        for number in range(300):
            assert (await throttle.attempt(f"{number}@example.com", HOME)).allowed
            await throttle.succeeded(f"{number}@example.com", HOME)

    async def test_one_success_does_not_pardon_the_guesses_of_its_network(
        self, alone: Limiter
    ) -> None:
        throttle = GuessThrottle(alone)
        allowed = 0
        for number in range(100):
            allowed += (await throttle.attempt(f"{number}@example.com", HOME)).allowed
            if (await throttle.attempt("mallory@example.com", HOME)).allowed:
                await throttle.succeeded("mallory@example.com", HOME)
        assert allowed == 60

    async def test_one_password_with_many_accounts(self, alone: Limiter) -> None:
        throttle = GuessThrottle(alone)
        taken = [await throttle.attempt(f"{number}@example.com", HOME) for number in range(80)]
        assert sum(one.allowed for one in taken) == 60
        assert taken[-1].policy.name == "sign-in-network"
        assert (await throttle.attempt(ACCOUNT, ELSEWHERE)).allowed

    @pytest.mark.parametrize(
        ("account", "address"),
        [
            ("ANNA@Example.com", HOME),
            (" anna@example.com ", HOME),
            (ACCOUNT, f"::ffff:{HOME}"),
        ],
    )
    async def test_another_spelling_is_the_same_account(
        self, alone: Limiter, account: str, address: str
    ) -> None:
        throttle = GuessThrottle(alone)
        for _ in range(5):
            await throttle.attempt(ACCOUNT, HOME)
        assert not (await throttle.attempt(account, address)).allowed

    async def test_different_secrets_are_guessed_apart(self, alone: Limiter) -> None:
        for _ in range(6):
            await GuessThrottle(alone).attempt(ACCOUNT, HOME)
        assert (await GuessThrottle(alone, "invitation").attempt(ACCOUNT, HOME)).allowed


class TestNetworkOf:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2ff:aaaa::1", "2001:db8:1:200::/56"),
            ("2001:db8:1:200::2", "2001:db8:1:200::/56"),
            ("2001:db8:1:300::2", "2001:db8:1:300::/56"),
            ("fe80::1%eth0", "fe80::/56"),
            ("", "unknown"),
            ("testclient", "unknown"),
            ("203.0.113.7:8000", "unknown"),
        ],
    )
    def test_rules(self, address: str, network: str) -> None:
        assert network_of(address) == network

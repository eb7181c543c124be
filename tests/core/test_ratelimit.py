"""Rate limits against a real Valkey: together, alone, and on the way from one to the other."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from perfapi.core import ratelimit
from perfapi.core.ratelimit import Limiter, Policy, Taken

from .limiters import NOWHERE, Clock, Silent, Valkey, limiting

SLOW = Policy("slow", 5, 3600)
STRICT = Policy("strict", 5, 3600, is_strict=True)
QUICK = Policy("quick", 10, 1)


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    yield server
    server.stop()


@pytest.fixture
async def client(valkey: Valkey) -> AsyncIterator[Redis]:
    async with Redis.from_url(valkey.url) as client:
        await client.flushall()
        yield client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["together", "alone"])
async def limiter(
    request: pytest.FixtureRequest, valkey: Valkey, client: Redis
) -> AsyncIterator[Limiter]:
    url = valkey.url if request.param == "together" else NOWHERE
    async with limiting(url) as limiter:
        yield limiter
        assert limiter.is_degraded == (request.param == "alone")


@pytest.fixture
async def together(valkey: Valkey, client: Redis, clock: Clock) -> AsyncIterator[Limiter]:
    async with limiting(valkey.url, clock) as limiter:
        yield limiter


@pytest.fixture
async def alone(clock: Clock) -> AsyncIterator[Limiter]:
    async with limiting(NOWHERE, clock) as limiter:
        yield limiter


async def take(limiter: Limiter, policy: Policy, times: int, key: str = "anna") -> list[Taken]:
    return [await limiter.take(key, policy) for _ in range(times)]


class TestTake:
    """The same with Valkey and without."""

    @pytest.mark.parametrize("policy", [SLOW, STRICT], ids=["ordinary", "strict"])
    async def test_as_often_as_the_policy_says(self, limiter: Limiter, policy: Policy) -> None:
        taken = await take(limiter, policy, 7)
        assert [one.allowed for one in taken] == [True] * 5 + [False] * 2
        assert [one.remaining for one in taken] == [4, 3, 2, 1, 0, 0, 0]
        assert [one.limit for one in taken] == [5] * 7
        assert [one.retry_after for one in taken] == [0] * 5 + [720] * 2
        assert [one.reset_after for one in taken] == [720, 1440, 2160, 2880, 3600, 3600, 3600]

    async def test_a_refused_one_costs_nothing(self, limiter: Limiter) -> None:
        await take(limiter, QUICK, 30)
        await asyncio.sleep(0.25)
        assert (await limiter.take("anna", QUICK)).allowed

    async def test_it_comes_back_evenly(self, limiter: Limiter) -> None:
        await take(limiter, QUICK, 12)
        await asyncio.sleep(0.35)
        allowed = [one.allowed for one in await take(limiter, QUICK, 12)]
        assert 3 <= sum(allowed) <= 8  # a tenth of a second each; a busy machine takes longer

    async def test_it_is_full_again_after_its_window(self, limiter: Limiter) -> None:
        await take(limiter, QUICK, 12)
        await asyncio.sleep(1.1)
        assert (await limiter.take("anna", QUICK)).remaining == 9

    async def test_everybody_and_every_policy_has_its_own(self, limiter: Limiter) -> None:
        await take(limiter, SLOW, 6)
        assert (await limiter.take("ben", SLOW)).allowed
        assert (await limiter.take("anna", Policy("other", 5, 3600))).allowed

    async def test_one_may_cost_more(self, limiter: Limiter) -> None:
        assert (await limiter.take("anna", SLOW, 3)).remaining == 2
        refused = await limiter.take("anna", SLOW, 3)
        assert (refused.allowed, refused.remaining, refused.retry_after) == (False, 2, 720)
        assert (await limiter.take("anna", SLOW, 2)).remaining == 0

    @pytest.mark.parametrize("cost", [0, -1, 6])
    async def test_costs_that_make_no_sense(self, alone: Limiter, cost: int) -> None:
        with pytest.raises(ValueError, match="cost"):
            await alone.take("anna", SLOW, cost)

    async def test_any_text_is_a_key(self, limiter: Limiter) -> None:
        for key in ("", "\x00", "\ud800", "ä" * 100_000):
            assert (await limiter.take(key, SLOW)).remaining == 4

    async def test_all_buckets_or_none(self, limiter: Limiter) -> None:
        other = Policy("other", 2, 60)
        both = [("anna", SLOW), ("anna", other)]
        taken = [await limiter.take_all(both) for _ in range(3)]
        assert [one.allowed for one in taken] == [True, True, False]
        assert [one.policy.name for one in taken] == ["other"] * 3
        assert (await limiter.take("anna", SLOW)).remaining == 2

    @pytest.mark.parametrize("policy", [SLOW, STRICT], ids=["ordinary", "strict"])
    async def test_what_was_taken_can_be_given_back(self, limiter: Limiter, policy: Policy) -> None:
        await take(limiter, policy, 5)
        await limiter.give_back([("anna", policy)], 2)
        assert (await limiter.take("anna", policy)).remaining == 1
        await limiter.give_back([("anna", policy)])
        assert (await limiter.take("anna", policy)).remaining == 4
        await limiter.give_back([("anna", policy)], 3)
        assert (await limiter.take("anna", policy)).remaining == 4


class TestPolicy:
    @pytest.mark.parametrize(("limit", "window"), [(0, 60), (5, 0), (-1, 60)])
    def test_one_that_allows_nothing_is_a_mistake(self, limit: int, window: int) -> None:
        with pytest.raises(ValueError, match="nothing"):
            Policy("broken", limit, window)


class TestHeaders:
    async def test_they_say_what_remains(self, alone: Limiter) -> None:
        taken = await take(alone, Policy("api", 2, 60), 3)
        assert taken[0].headers() == {
            "RateLimit-Policy": '"api";q=2;w=60',
            "RateLimit": '"api";r=1;t=30',
        }
        assert taken[2].headers() == {
            "RateLimit-Policy": '"api";q=2;w=60',
            "RateLimit": '"api";r=0;t=60',
            "Retry-After": "30",
        }

    async def test_a_part_of_a_second_is_a_second(self, alone: Limiter) -> None:
        taken = await take(alone, QUICK, 11)
        assert taken[-1].headers()["Retry-After"] == "1"


class TestTogether:
    async def test_processes_share_a_bucket(self, together: Limiter, valkey: Valkey) -> None:
        policy = Policy("shared", 20, 3600)
        async with limiting(valkey.url) as other:
            taken = await asyncio.gather(
                *(each.take("anna", policy) for _ in range(25) for each in (together, other))
            )
        assert sum(one.allowed for one in taken) == 20

    async def test_what_another_process_refuses_was_not_counted_here(
        self, together: Limiter, valkey: Valkey
    ) -> None:
        async with limiting(valkey.url) as other:
            await take(other, STRICT, 4)
            await take(together, STRICT, 9)
            await other.give_back([("anna", STRICT)])
        assert sum(one.allowed for one in await take(together, STRICT, 9)) == 4

    async def test_a_bucket_is_forgotten_when_it_is_full(
        self, together: Limiter, client: Redis
    ) -> None:
        await take(together, Policy("slow", 5, 100), 2)
        (key,) = await client.keys()
        assert 39_000 < await client.pttl(key) <= 40_000
        await together.give_back([("anna", Policy("slow", 5, 100))])
        assert await client.keys() == []

    async def test_keys_are_short_and_name_nobody(self, together: Limiter, client: Redis) -> None:
        await together.take("anna@example.com" * 1000, SLOW)
        (key,) = await client.keys()
        assert len(key) < 100
        assert b"anna" not in key

    @pytest.mark.parametrize(
        ("content", "remaining"), [(b"9" * 18, 0), (b"1", 4), (b"oops", 4), (b"", 4)]
    )
    async def test_a_clock_that_jumped_locks_nobody_out_for_longer_than_the_window(
        self, together: Limiter, client: Redis, content: bytes, remaining: int
    ) -> None:
        await together.take("anna", SLOW)
        (key,) = await client.keys()
        await client.set(key, content)
        taken = await together.take("anna", SLOW)
        assert (taken.remaining, taken.reset_after <= 3600) == (remaining, True)
        assert taken.retry_after <= 720
        assert not together.is_degraded

    async def test_a_flushed_valkey_knows_the_script_again(
        self, together: Limiter, client: Redis
    ) -> None:
        await together.take("anna", SLOW)
        await client.flushall()
        await client.script_flush()
        assert (await together.take("anna", SLOW)).remaining == 4
        assert not together.is_degraded

    async def test_an_error_of_valkey_is_no_error_here(
        self, together: Limiter, client: Redis
    ) -> None:
        await client.config_set("maxmemory", "1")
        try:
            taken = await take(together, SLOW, 6)
        finally:
            await client.config_set("maxmemory", "0")
        assert [one.allowed for one in taken] == [True] * 5 + [False]
        assert together.is_degraded


class TestAlone:
    async def test_the_least_used_buckets_are_forgotten(
        self, alone: Limiter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ratelimit, "_BUCKETS", 3)
        await take(alone, SLOW, 5, "anna")
        for key in ("ben", "carl", "anna", "dora", "emil"):
            taken = await alone.take(key, SLOW)
        assert taken.remaining == 4
        assert not (await alone.take("anna", SLOW)).allowed
        assert (await alone.take("ben", SLOW)).remaining == 4

    async def test_ordinary_ones_do_not_push_out_strict_ones(
        self, alone: Limiter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ratelimit, "_BUCKETS", 3)
        await take(alone, STRICT, 5)
        for number in range(9):
            await alone.take(str(number), SLOW)
        assert not (await alone.take("anna", STRICT)).allowed

    async def test_full_buckets_are_not_kept(self, alone: Limiter) -> None:
        await alone.take("anna", SLOW)
        await alone.give_back([("anna", SLOW)])
        assert not alone._ordinary._full_at


class TestStalledValkey:
    async def test_requests_go_on_alone_and_together_again(
        self, valkey: Valkey, client: Redis, clock: Clock
    ) -> None:
        async with limiting(valkey.url, clock, patience=0.3) as limiter:
            await take(limiter, SLOW, 3)
            await take(limiter, STRICT, 3)
            valkey.stall()
            try:
                many = [limiter.take(str(number), SLOW) for number in range(300)]
                assert all(one.allowed for one in await asyncio.gather(*many))
                assert limiter.is_degraded
                # Ordinary requests start afresh, strict ones do not; both are bounded.
                assert sum(one.allowed for one in await take(limiter, SLOW, 9)) == 5
                assert sum(one.allowed for one in await take(limiter, STRICT, 9)) == 2
            finally:
                valkey.resume()
            await settled(limiter, clock)
            assert (await limiter.take("anna", SLOW)).remaining <= 2

    async def test_who_gave_up_waiting_leaves_no_answer_to_the_next(
        self, valkey: Valkey, client: Redis, clock: Clock
    ) -> None:
        async with limiting(valkey.url, clock, patience=5) as limiter:
            await limiter.take("warm", SLOW)
            valkey.stall()
            try:
                waiting = [asyncio.create_task(limiter.take("x", SLOW)) for _ in range(40)]
                await asyncio.sleep(0.05)
                for task in waiting:
                    task.cancel()
                ended = await asyncio.gather(*waiting, return_exceptions=True)
                assert {type(one) for one in ended} == {asyncio.CancelledError}
            finally:
                valkey.resume()
            for number in range(40):
                policy = Policy("own", 100 + number, 3600)
                assert (await limiter.take(str(number), policy)).remaining == 99 + number
            assert not limiter.is_degraded


class TestStoppedValkey:
    async def test_it_is_found_again_after_a_restart(self, tmp_path: Path, clock: Clock) -> None:
        server = Valkey(tmp_path)
        try:
            async with limiting(server.url, clock) as limiter:
                await take(limiter, STRICT, 2)
                server.stop()
                assert [one.allowed for one in await take(limiter, STRICT, 4)] == [True] * 3 + [
                    False
                ]
                assert limiter.is_degraded
                server.start()
                await settled(limiter, clock)
                # Valkey has forgotten, this process has not.
                assert not (await limiter.take("anna", STRICT)).allowed
                assert not limiter.is_degraded
        finally:
            server.stop()


async def settled(limiter: Limiter, clock: Clock) -> None:
    """After a few of the pauses between its tries."""
    for _ in range(20):
        clock.pass_by(20)
        await limiter.take("probe", Policy("probe", 1000, 1))
        if not limiter.is_degraded:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it does not recover")


class TestNoStorm:
    async def test_one_at_a_time_finds_out_and_less_and_less_often(self, clock: Clock) -> None:
        silent = Silent()
        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        policy = Policy("api", 10_000, 60)
        async with server, limiting(f"redis://127.0.0.1:{port}", clock, patience=0.03) as limiter:

            async def rush() -> int:
                before = silent.met
                await asyncio.gather(*(limiter.take("anna", policy) for _ in range(50)))
                return silent.met - before

            assert await rush() <= 16
            assert await rush() == 0
            tries = []
            for _ in range(120):
                clock.pass_by(0.5)
                tries.append(await rush())
            assert set(tries) == {0, 1}
            waits = [0]
            for tried in tries[1:]:
                waits = [*waits, 0] if tried else [*waits[:-1], waits[-1] + 1]
            assert waits[:5] == [1, 3, 7, 15, 29]  # pauses of 1, 2, 4, 8 and then 15 seconds
            assert set(waits[5:-1]) <= {29}

    async def test_a_rush_here_does_not_count_against_valkey(
        self, valkey: Valkey, client: Redis
    ) -> None:
        async with limiting(valkey.url, patience=5) as limiter:
            for _ in range(limiter._slots._value):
                await limiter._slots.acquire()
            limiter._patience = 0.01
            assert (await limiter.take("anna", SLOW)).allowed
            assert not limiter.is_degraded
            for _ in range(16):
                limiter._slots.release()

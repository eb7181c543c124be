import asyncio
import threading
from collections.abc import Iterator
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from hypothesis import given
from hypothesis import strategies as st

from perfapi.domains.auth.passwords import (
    MAX_LENGTH,
    MIN_LENGTH,
    Hasher,
    HasherBusy,
    Verdict,
    Weakness,
    weakness,
)

PASSWORD = "seven green bottles"
GOOD = Verdict(ok=True, needs_rehash=False)
BAD = Verdict(ok=False, needs_rehash=False)


@pytest.fixture(scope="module")
def hasher() -> Iterator[Hasher]:
    hasher = Hasher()
    yield hasher
    hasher.close()


@pytest.fixture
def narrow() -> Iterator[Hasher]:
    """One thread, room for two more."""
    hasher = Hasher(threads=1, waiting=2)
    yield hasher
    hasher.close()


class TestHash:
    async def test_it_is_argon2id_at_the_agreed_cost(self, hasher: Hasher) -> None:
        found = extract_parameters(await hasher.hash(PASSWORD))
        assert (found.type, found.time_cost, found.memory_cost, found.parallelism) == (
            Type.ID,
            2,
            19 * 1024,
            1,
        )
        assert (found.salt_len, found.hash_len) == (16, 32)

    async def test_the_same_password_is_stored_differently(self, hasher: Hasher) -> None:
        assert await hasher.hash(PASSWORD) != await hasher.hash(PASSWORD)

    @pytest.mark.parametrize("password", ["", "x" * (MAX_LENGTH + 1)])
    async def test_lengths_that_nobody_may_have_are_refused(
        self, password: str, hasher: Hasher
    ) -> None:
        with pytest.raises(ValueError, match="weakness"):
            await hasher.hash(password)


class TestVerify:
    async def test_only_the_password_itself(self, hasher: Hasher) -> None:
        stored = await hasher.hash(PASSWORD)
        assert await hasher.verify(stored, PASSWORD) == GOOD
        for wrong in (PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1], "", PASSWORD + "\x00"):
            assert await hasher.verify(stored, wrong) == BAD

    async def test_the_longest_password_counts_to_its_end(self, hasher: Hasher) -> None:
        longest = "ab" * (MAX_LENGTH // 2)
        stored = await hasher.hash(longest)
        assert await hasher.verify(stored, longest) == GOOD
        assert await hasher.verify(stored, longest[:-1] + "c") == BAD
        assert await hasher.verify(stored, longest + "c") == BAD

    async def test_no_account_has_no_password(self, hasher: Hasher) -> None:
        assert await hasher.verify(None, PASSWORD) == BAD
        assert await hasher.verify(None, "") == BAD

    @pytest.mark.parametrize("stored", ["", "seven green bottles", "$argon2id$v=19$m=1"])
    async def test_what_is_no_hash_matches_nothing(self, stored: str, hasher: Hasher) -> None:
        assert await hasher.verify(stored, PASSWORD) == BAD

    async def test_cheaper_hashes_are_to_be_renewed(self, hasher: Hasher) -> None:
        cheap = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
        assert await hasher.verify(cheap, PASSWORD) == Verdict(ok=True, needs_rehash=True)
        assert await hasher.verify(cheap, "x" * 12) == BAD

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Zoë's 12 café crèmes", "Zoe\u0308's 12 cafe\u0301 cre\u0300mes"),
            ("fullwidth１２３ABC", "fullwidth123ABC"),  # noqa: RUF001
            ("of\ufb01ce at seven", "office at seven"),
        ],
    )
    async def test_the_keyboard_does_not_matter(self, one: str, other: str, hasher: Hasher) -> None:
        assert await hasher.verify(await hasher.hash(one), other) == GOOD

    async def test_half_a_character_is_no_error(self, hasher: Hasher) -> None:
        assert await hasher.verify(await hasher.hash(PASSWORD), PASSWORD + "\ud800") == BAD


class TestSameCost:
    @pytest.mark.parametrize("password", [PASSWORD, "x" * (MAX_LENGTH + 1), ""])
    def test_a_hash_is_checked_even_without_an_account(self, password: str) -> None:
        hasher = Hasher()
        checked: list[str] = []

        class Counting(PasswordHasher):
            def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
                checked.append(str(hash))
                return super().verify(hash, password)

        hasher._argon2 = Counting(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        stored = hasher._hash(PASSWORD)

        hasher._verify(None, password)
        hasher._verify(stored, "x" * (MAX_LENGTH + 1))
        hasher.close()

        assert checked == [hasher._nobodys] * 2

    def test_the_stand_in_costs_what_a_password_costs(self, hasher: Hasher) -> None:
        expected = extract_parameters(hasher._argon2.hash(PASSWORD))
        assert extract_parameters(hasher._nobodys) == expected


class TestThreads:
    async def test_the_loop_goes_on_meanwhile(self, hasher: Hasher) -> None:
        work = [asyncio.create_task(hasher.hash(PASSWORD)) for _ in range(4)]
        turns = 0
        while not all(task.done() for task in work):
            await asyncio.sleep(0.001)
            turns += 1
        assert turns > 10

    async def test_who_comes_when_the_queue_is_full_is_told_at_once(self, narrow: Hasher) -> None:
        work = [asyncio.create_task(narrow.verify(None, PASSWORD)) for _ in range(6)]
        outcomes = await asyncio.gather(*work, return_exceptions=True)
        assert outcomes[:3] == [BAD] * 3
        assert [type(outcome) for outcome in outcomes[3:]] == [HasherBusy] * 3

    async def test_places_become_free_again(self, narrow: Hasher) -> None:
        for _ in range(2):
            work = [asyncio.create_task(narrow.verify(None, PASSWORD)) for _ in range(3)]
            assert await asyncio.gather(*work) == [BAD] * 3

    async def test_who_leaves_the_queue_makes_room(self, narrow: Hasher) -> None:
        work = [asyncio.create_task(narrow.verify(None, PASSWORD)) for _ in range(3)]
        await asyncio.sleep(0)
        for task in work[1:]:
            task.cancel()
        await asyncio.gather(*work[1:], return_exceptions=True)
        more = [asyncio.create_task(narrow.verify(None, PASSWORD)) for _ in range(2)]
        assert await asyncio.gather(work[0], *more) == [BAD] * 3

    async def test_a_running_hash_keeps_its_place_when_its_caller_leaves(self) -> None:
        hasher = Hasher(threads=1, waiting=0)
        started, go_on = threading.Event(), threading.Event()

        def work() -> None:
            started.set()
            go_on.wait(30)

        left = asyncio.create_task(hasher._in_pool(work))
        await asyncio.to_thread(started.wait, 30)
        left.cancel()
        await asyncio.gather(left, return_exceptions=True)
        with pytest.raises(HasherBusy):
            await hasher.verify(None, PASSWORD)
        go_on.set()
        hasher.close()

    async def test_a_closed_hasher_says_so_and_leaks_no_place(self) -> None:
        hasher = Hasher(threads=1, waiting=0)
        hasher.close()
        for _ in range(2):
            with pytest.raises(RuntimeError, match="shutdown"):
                await hasher.verify(None, PASSWORD)


ABOUT = ("janet.king@dunder-mifflin.example", "Janet", "King")


class TestWeakness:
    @pytest.mark.parametrize(
        ("password", "expected"),
        [
            ("", Weakness.TOO_SHORT),
            ("x7f9q2m4z", Weakness.TOO_SHORT),
            ("e\u0301" * 7, Weakness.TOO_SHORT),  # seven letters for who types them
            ("x7f9q2m4zä", None),
            ("correct horse", None),
            ("!?%&/()=+*#:;", None),
            ("aB3" * 333 + "d", None),
            ("aB3d" * 251, Weakness.TOO_LONG),
            ("aaaaaaaaaa", Weakness.REPEATED),
            ("aAaAaAaAaA", Weakness.REPEATED),
            ("abcabcabcab", Weakness.REPEATED),
            ("secretsecret", Weakness.REPEATED),
            ("abcdefghij", Weakness.REPEATED),
            ("jihgfedcba", Weakness.REPEATED),
            ("0123456789", Weakness.REPEATED),
            ("correct horse correct horse", None),
            ("abcdefghia", None),
            ("janet.king@dunder-mifflin.example", Weakness.PERSONAL),
            ("JANET.KING@DUNDER-MIFFLIN.EXAMPLE", Weakness.PERSONAL),
            ("Janet King", Weakness.PERSONAL),
            ("King, Janet", Weakness.PERSONAL),
            ("JanetKing2024", Weakness.PERSONAL),
            ("dunder mifflin 1", Weakness.PERSONAL),
            ("king of the hill", None),
            ("janet 8fk2q9", None),
        ],
    )
    def test_rules(self, password: str, expected: Weakness | None) -> None:
        assert weakness(password, about=ABOUT) == expected

    def test_names_count_only_where_they_are_known(self) -> None:
        assert weakness("JanetKing2024") is None

    def test_short_words_are_nobodys(self) -> None:
        assert weakness("bobobi lolo ax", about=("Bo Li", "", "o")) is None

    @given(st.text(alphabet=st.characters(), max_size=MAX_LENGTH + 2))
    def test_every_text_has_an_answer(self, password: str) -> None:
        found = weakness(password, about=ABOUT)
        if len(password) > MAX_LENGTH:
            assert found is Weakness.TOO_LONG
        if found is None:
            assert len(password) >= MIN_LENGTH / 18  # a character may stand for up to 18

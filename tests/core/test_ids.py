import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import RFC_4122

import pytest

from perfapi.core.ids import uuid7


def test_are_of_version_7_and_tell_the_millisecond_of_their_making() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= after + 1


def test_sort_in_the_order_of_their_making() -> None:
    """Events of one transaction are told in the order in which they were published."""
    made = [uuid7() for _ in range(20_000)]
    assert all(one < other for one, other in pairwise(made))


def test_stay_in_order_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert before < uuid7() < uuid7()


def test_are_never_the_same_in_any_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: uuid7(), range(20_000)))
    assert len(set(made)) == 20_000
    assert len({one.int >> 64 for one in made}) == 20_000


def test_cannot_be_guessed_from_their_neighbours() -> None:
    ends = {uuid7().int & (2**62 - 1) for _ in range(1_000)}
    assert len(ends) == 1_000
    spread = sum(end.bit_count() for end in ends) / 1_000
    assert 29 < spread < 33

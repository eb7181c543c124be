"""Passwords: how they are kept (argon2id, in threads of their own) and which are too weak."""

import asyncio
import threading
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from perfapi.core.crypto import new_token

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 1000
_OWN_PART: Final = 6
"""How much of a password has to remain when names and addresses are taken out."""

_JOINTS: Final = str.maketrans("", "", " .,-_@+'")

P = ParamSpec("P")
T = TypeVar("T")


class Weakness(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    REPEATED = "repeated"
    """One short piece again and again, or characters in their order: abcdefghij, 0000000000."""
    PERSONAL = "personal"
    """A name or address of the person, and little else."""


class HasherBusy(Exception):
    """More passwords wait than can be checked in reasonable time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    ok: bool
    needs_rehash: bool
    """It matched, but was hashed with other costs: hash it again while it is at hand."""


class Hasher:
    """Hashes and verifies in a few threads, so that the event loop never waits.

    The queue is bounded: each hash takes 19 MiB and tens of milliseconds, which makes sign-in the
    cheapest place to overload us. Who comes when it is full gets `HasherBusy` at once.
    """

    def __init__(self, *, threads: int = 2, waiting: int = 32) -> None:
        # OWASP's first choice for argon2id with little memory.
        self._argon2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        # Nobody has this password. Verifying it costs what verifying any other does, so the time
        # of an answer does not tell whether there is an account.
        self._nobodys = self._argon2.hash(new_token())
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._places = threading.Semaphore(threads + waiting)

    async def hash(self, password: str) -> str:
        """What to store of a password, which has no `weakness`."""
        if not 0 < len(password) <= MAX_LENGTH:
            raise ValueError("ask for its weakness first")
        return await self._in_pool(self._hash, password)

    async def verify(self, stored: str | None, password: str) -> Verdict:
        """Whether a password is the stored one; None: there is no account, or it has none."""
        return await self._in_pool(self._verify, stored, password)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _in_pool(self, work: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
        if not self._places.acquire(blocking=False):
            raise HasherBusy
        try:
            task = self._pool.submit(work, *arguments, **options)
        except BaseException:
            self._places.release()
            raise
        # Not when the caller gives up: the thread goes on and still needs its place.
        task.add_done_callback(self._leave)
        return await asyncio.wrap_future(task)

    def _leave(self, _: Future[T]) -> None:
        self._places.release()

    def _hash(self, password: str) -> str:
        return self._argon2.hash(_octets(password))

    def _verify(self, stored: str | None, password: str) -> Verdict:
        possible = stored is not None and 0 < len(password) <= MAX_LENGTH
        expected = stored if stored is not None and possible else self._nobodys
        try:
            self._argon2.verify(expected, _octets(password[:MAX_LENGTH]))
        except (VerificationError, InvalidHashError):
            return Verdict(ok=False, needs_rehash=False)
        return Verdict(ok=True, needs_rehash=self._argon2.check_needs_rehash(expected))


def weakness(password: str, *, about: Iterable[str] = ()) -> Weakness | None:
    """Why a password is too weak. `about`: e-mail address and names of its owner.

    Length is what counts; digits, capitals or signs are never asked for.
    """
    if len(password) > MAX_LENGTH:
        return Weakness.TOO_LONG
    plain = _normal(password)
    if len(plain) < MIN_LENGTH:
        return Weakness.TOO_SHORT
    plain = plain.casefold()
    if _repeats(plain) or _counts(plain):
        return Weakness.REPEATED
    if _is_personal(plain, about):
        return Weakness.PERSONAL
    return None


def _repeats(text: str) -> bool:
    """Whether it is one piece, shorter than a password, over and over (the last one may be cut)."""
    sizes = range(1, min(MIN_LENGTH - 1, len(text) // 2) + 1)
    return any(text.startswith(text[size:]) for size in sizes)


def _counts(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1})


def _is_personal(text: str, about: Iterable[str]) -> bool:
    """Whether little remains when every word of the given names and addresses is taken out."""
    words = {word for name in about for word in _words(_normal(name).casefold())}
    rest = text
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != text and len(rest.translate(_JOINTS)) < _OWN_PART


def _words(text: str) -> list[str]:
    spaced = "".join(character if character.isalnum() else " " for character in text)
    return [word for word in spaced.split() if len(word) > 2]


def _normal(text: str) -> str:
    """The same password, whatever keyboard or system composed it (NFKC, as NIST advises)."""
    return unicodedata.normalize("NFKC", text)


def _octets(password: str) -> bytes:
    # Lone surrogates are no text, but no reason to fail either: they match nothing.
    return _normal(password).encode("utf-8", "surrogatepass")

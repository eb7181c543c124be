"""Secrets, signatures and digests: the little cryptography that more than one domain needs."""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

SECRET_BYTES = 32
"""How long a key is that we make, and the least that we accept from others."""

SALT_BYTES = 16
_TAG_BYTES = 16


class BadSignature(Exception):
    """The text was not signed with this key, or was changed since."""


def new_token(size: int = SECRET_BYTES) -> str:
    """A fresh secret of `size` random bytes, safe in URLs, headers and cookies."""
    if size < SALT_BYTES:
        raise ValueError(f"a secret of {size} bytes can be guessed")
    return secrets.token_urlsafe(size)


def token_hash(token: str) -> bytes:
    """What is stored of a secret that we made: it is random, so a fast hash protects it."""
    # Whatever a client sends has a hash (lone surrogates too); it just matches nothing.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def is_same(one: bytes, other: bytes) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def encode64(content: bytes) -> str:
    """base64url without padding (RFC 7515)."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decode64(text: str) -> bytes:
    """The inverse of `encode64`, and of nothing else.

    ValueError for padding, blanks, other alphabets and bits that nobody uses, so that no two
    texts mean the same.
    """
    content = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if encode64(content) != text:
        raise ValueError("not canonical base64url")
    return content


class Signer:
    """Lets something travel through other hands and come back unchanged."""

    def __init__(self, key: bytes) -> None:
        if len(key) < SECRET_BYTES:
            raise ValueError(f"a signing key has at least {SECRET_BYTES} bytes, not {len(key)}")
        self._key = key

    @classmethod
    def kept(cls, path: Path) -> Self:
        """The signer whose key lives in a file, which the first start creates."""
        try:
            return cls(path.read_bytes())
        except FileNotFoundError:
            return cls(rewrite_secret(path, lambda old: old or secrets.token_bytes(SECRET_BYTES)))

    def sign(self, content: bytes) -> str:
        return encode64(self._tag(content) + content)

    def unsign(self, text: str) -> bytes:
        try:
            signed = decode64(text)
        except ValueError:
            raise BadSignature from None
        tag, content = signed[:_TAG_BYTES], signed[_TAG_BYTES:]
        if not is_same(tag, self._tag(content)):
            raise BadSignature
        return content

    def _tag(self, content: bytes) -> bytes:
        # Half of the HMAC (RFC 2104, section 5) keeps addresses short.
        return hmac.digest(self._key, content, "sha256")[:_TAG_BYTES]


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def digest(salt: bytes, content: bytes) -> bytes:
    """A digest that says nothing about its content once the salt is gone."""
    if len(salt) < SALT_BYTES:
        raise ValueError(f"a salt of {len(salt)} bytes can be guessed")
    return hmac.digest(salt, content, "sha256")


def canonical_json(value: object) -> bytes:
    """The one spelling of a JSON value, for digests.

    Floats have none: the database and other languages write them differently. Decimals travel as
    strings anyway.
    """
    _check_canonical(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _check_canonical(value: object) -> None:
    match value:
        case None | bool() | int() | str():
            return
        case list():
            for item in value:
                _check_canonical(item)
        case dict():
            for name, item in value.items():
                if not isinstance(name, str):
                    raise TypeError(f"a member is named by text, not by {type(name).__name__}")
                _check_canonical(item)
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def rewrite_secret(path: Path, change: Callable[[bytes | None], bytes]) -> bytes:
    """What the file (0600) holds after `change` of what it held (None: there was no file).

    Processes take turns, so `change` sees what the one before left; a reader or a crash sees the
    old content or the new one, never a part.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _turn(path.with_name(path.name + ".lock")):
        old = path.read_bytes() if path.exists() else None
        new = change(old)
        if new != old:
            _replace(path, new)
    return new


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    with open(path, "wb", opener=_private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(path: Path, content: bytes) -> None:
    # One name is enough: whoever writes it has the turn, and a crash leaves it to the next.
    draft = path.with_name(path.name + ".new")
    with open(draft, "wb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)

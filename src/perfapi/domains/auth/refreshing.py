"""Refresh tokens: `<family>.<secret>`, where the secret changes at each use.

The family finds the session, so that even a token that was replaced long ago is known for what it
is. The next token follows from the current one and a key of this installation: two tabs that
refresh at once get the same one, and neither is signed out by the other.
"""

import secrets
from pathlib import Path
from typing import Self

from perfapi.core.crypto import (
    SECRET_BYTES,
    digest,
    encode64,
    new_token,
    rewrite_secret,
    token_hash,
)


class Refreshing:
    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def kept(cls, path: Path) -> Self:
        """With the key in a file, which the first start creates."""
        return cls(rewrite_secret(path, lambda old: old or secrets.token_bytes(SECRET_BYTES)))

    def first(self) -> str:
        return f"{new_token()}.{new_token()}"

    def next(self, token: str) -> str:
        following = encode64(digest(self._key, token.encode("utf-8", "surrogatepass")))
        return f"{_family(token)}.{following}"


def family_hash(token: str) -> bytes:
    return token_hash(_family(token))


def _family(token: str) -> str:
    return token.partition(".")[0]

"""Access tokens: the one module that knows the JWT library, and the fence around it.

A token says which session of which organization calls, and nothing about a person. It is checked
here for form, origin and time only; whether the session still stands is asked of the database with
every request.
"""

import json
import logging
import os
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NoReturn, Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jose import jwk, jws
from jose.backends.base import Key
from jose.exceptions import JWSError
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from perfapi.core.crypto import SECRET_BYTES, decode64, new_token, rewrite_secret

LIFETIME: Final = timedelta(minutes=10)
_TYPE: Final = "at+jwt"
_TOKEN_CHARACTERS: Final = 8 * 1024
_HEADER_CHARACTERS: Final = 256
_HEADER: Final = {"alg", "kid", "typ"}
_CLAIMS: Final = {"iss", "aud", "sub", "org", "jti", "iat", "exp"}
_TOKEN_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")

_CLOCK_SKEW: Final = timedelta(seconds=30)
"""How far the clock of the process that issued a token may be ahead of ours."""
_REMEMBERED_FOR: Final = timedelta(seconds=60)
_REMEMBERED: Final = 4096
_LOOK_EVERY: Final = timedelta(seconds=1)

_log = logging.getLogger(__name__)

Algorithm = Literal["ES256", "HS256"]
Reason = Literal[
    "size", "form", "header", "type", "key", "algorithm", "signature", "claims", "early", "expired"
]


class TokenRefused(Exception):
    """Not a token of ours, or not any more. The reason is for the log, never for the caller."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class KeysUnusable(Exception):
    """The file of signing keys holds something that must not sign or verify."""


@dataclass(frozen=True, slots=True)
class Claims:
    session: UUID
    organization: UUID
    token_id: str
    issued_at: datetime
    expires_at: datetime


class _StoredKey(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    kid: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    algorithm: Algorithm
    material: Annotated[str, Field(repr=False)]
    """PEM of a private key, or base64url of a shared secret."""
    created_at: AwareDatetime
    retired_at: AwareDatetime | None = None

    def serves(self, now: datetime) -> bool:
        """A retired key verifies until the last token that it signed has expired."""
        return self.retired_at is None or now < self.retired_at + LIFETIME + _CLOCK_SKEW


class _StoredKeys(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    keys: list[_StoredKey]


@dataclass(frozen=True, slots=True)
class _Key:
    stored: _StoredKey
    signer: Key
    verifier: Key


@dataclass(frozen=True, slots=True)
class _Remembered:
    kid: str
    claims: Claims
    since: datetime
    until: datetime


class Keys:
    """The signing keys of this installation, in a file that all its processes share.

    One key signs; retired ones verify until their last token has expired. A rotation or revocation
    by another process is seen within a second. Belongs to one event loop.
    """

    def __init__(self, path: Path, *, issuer: str, audience: str) -> None:
        self.issuer = issuer
        self.audience = audience
        self._path = path
        self._keys: dict[str, _Key] = {}
        self._stamp: tuple[int, ...] = ()
        self._looked_at = datetime.min.replace(tzinfo=UTC)
        self._remembered: OrderedDict[bytes, _Remembered] = OrderedDict()

    @classmethod
    def open(
        cls, folder: Path, now: datetime, *, issuer: str = "perfapi", audience: str = "perfapi"
    ) -> Self:
        """The keys kept in `folder`; the first process of a new installation makes them."""
        keys = cls(folder / "tokens.json", issuer=issuer, audience=audience)
        if not keys._path.exists():
            rewrite_secret(keys._path, lambda old: old or _written([_new_key(now)]))
        keys._load()
        return keys

    @property
    def signing_since(self) -> datetime:
        """When the current signing key was made, for whoever decides to rotate."""
        return self._signing().stored.created_at

    def rotate(self, now: datetime) -> str:
        """Sign with a new key from now on; returns its `kid`."""
        fresh = _new_key(now)

        def change(old: bytes | None) -> bytes:
            kept = [key for key in _parsed(old) if key.serves(now)]
            for key in kept:
                key.retired_at = key.retired_at or now
            return _written([*kept, fresh])

        rewrite_secret(self._path, change)
        self._load()
        return fresh.kid

    def revoke(self, kid: str, now: datetime) -> None:
        """Refuse every token of this key at once. Another one signs if it was the signing key."""

        def change(old: bytes | None) -> bytes:
            kept = [key for key in _parsed(old) if key.kid != kid]
            if all(key.retired_at for key in kept):
                kept.append(_new_key(now))
            return _written(kept)

        rewrite_secret(self._path, change)
        self._load()

    def signing(self, now: datetime) -> _Key:
        self._refresh(now, at_once=True)
        return self._signing()

    def verifying(self, kid: str, now: datetime) -> _Key | None:
        self._refresh(now, at_once=kid not in self._keys)
        key = self._keys.get(kid)
        return key if key and key.stored.serves(now) else None

    def recall(self, token: str, now: datetime) -> Claims | None:
        """What a token says whose signature was checked within the last minute."""
        digest = _digest(token)
        known = self._remembered.get(digest)
        if known and known.since <= now < known.until and self.verifying(known.kid, now):
            self._remembered.move_to_end(digest)
            return known.claims
        return None

    def remember(self, token: str, kid: str, claims: Claims, now: datetime) -> None:
        until = min(now + _REMEMBERED_FOR, claims.expires_at)
        self._remembered[_digest(token)] = _Remembered(kid, claims, now, until)
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)

    def _signing(self) -> _Key:
        return next(key for key in self._keys.values() if key.stored.retired_at is None)

    def _refresh(self, now: datetime, *, at_once: bool) -> None:
        if not at_once and abs(now - self._looked_at) < _LOOK_EVERY:
            return
        self._looked_at = now
        try:
            if _stamp(os.stat(self._path)) != self._stamp:
                self._load()
        except (OSError, KeysUnusable):
            _log.exception("The signing keys cannot be read again; the known ones stay in use.")

    def _load(self) -> None:
        try:
            with open(self._path, "rb") as file:
                stamp, content = _stamp(os.fstat(file.fileno())), file.read()
        except OSError as error:
            raise KeysUnusable(f"{self._path} cannot be read: {error.strerror}") from None
        self._keys = {stored.kid: _prepared(stored) for stored in _parsed(content)}
        self._stamp = stamp


def issue(keys: Keys, *, subject: UUID, organization: UUID, now: datetime) -> str:
    """An access token for a session, good for `LIFETIME`."""
    key = keys.signing(now)
    issued_at = int(now.timestamp())
    claims = {
        "iss": keys.issuer,
        "aud": keys.audience,
        "sub": str(subject),
        "org": str(organization),
        "jti": new_token(16),
        "iat": issued_at,
        "exp": issued_at + int(LIFETIME.total_seconds()),
    }
    headers = {"kid": key.stored.kid, "typ": _TYPE}
    return jws.sign(claims, key.signer, headers=headers, algorithm=key.stored.algorithm)


def read(keys: Keys, token: str, now: datetime) -> Claims:
    """What a token says, or `TokenRefused`: there is no other outcome."""
    try:
        if len(token) > _TOKEN_CHARACTERS:
            _refuse("size")
        claims = keys.recall(token, now)
        if claims is None:
            kid, claims = _checked(keys, token, now)
            keys.remember(token, kid, claims, now)
        return claims
    except TokenRefused:
        raise
    except Exception:  # RecursionError, MemoryError and whatever a parser may think of
        raise TokenRefused("form") from None


def _checked(keys: Keys, token: str, now: datetime) -> tuple[str, Claims]:
    parts = token.split(".")
    if len(parts) != 3:
        _refuse("form")
    if len(parts[0]) > _HEADER_CHARACTERS:
        _refuse("size")
    raw_header, raw_claims, _ = (decode64(part) for part in parts)

    header = _flat_object(raw_header)
    if header.keys() != _HEADER or not all(isinstance(value, str) for value in header.values()):
        _refuse("header")
    if header["typ"] != _TYPE:
        _refuse("type")
    key = keys.verifying(header["kid"], now)
    if key is None:
        _refuse("key")
    if header["alg"] != key.stored.algorithm:
        _refuse("algorithm")
    try:
        # A list: of a plain string the library would accept any part as the algorithm.
        jws.verify(token, key.verifier, [key.stored.algorithm])
    except JWSError:
        _refuse("signature")
    return key.stored.kid, _claims(keys, _flat_object(raw_claims), now)


def _claims(keys: Keys, found: dict[str, Any], now: datetime) -> Claims:
    # Nothing else is accepted either: what we do not know (nbf, cnf, crit) we cannot respect.
    if found.keys() != _CLAIMS:
        _refuse("claims")
    if found["iss"] != keys.issuer or found["aud"] != keys.audience:
        _refuse("claims")
    token_id, issued, expires = found["jti"], found["iat"], found["exp"]
    if not isinstance(token_id, str) or not _TOKEN_ID.fullmatch(token_id):
        _refuse("claims")
    if type(issued) is not int or type(expires) is not int:  # neither bool nor float
        _refuse("claims")
    if not 0 < expires - issued <= LIFETIME.total_seconds():
        _refuse("claims")
    if issued > (now + _CLOCK_SKEW).timestamp():
        _refuse("early")
    if expires <= now.timestamp():
        _refuse("expired")
    return Claims(
        session=_uuid(found["sub"]),
        organization=_uuid(found["org"]),
        token_id=token_id,
        issued_at=datetime.fromtimestamp(issued, UTC),
        expires_at=datetime.fromtimestamp(expires, UTC),
    )


def _uuid(value: object) -> UUID:
    """Of the many spellings that UUID() reads, the one that we write."""
    found = UUID(value) if isinstance(value, str) and len(value) == 36 else None
    if found is None or str(found) != value:
        _refuse("claims")
    return found


def _flat_object(content: bytes) -> dict[str, Any]:
    """Depth is refused before it is parsed: it is what exhausts parsers."""
    text = content.decode("utf-8")
    if text.count("{") != 1 or "[" in text:
        _refuse("form")
    found = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    if not isinstance(found, dict):
        _refuse("form")
    return found


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):  # which one counts is where parsers differ
        _refuse("form")
    return found


def _refuse_constant(_: str) -> NoReturn:
    _refuse("form")


def _refuse(reason: Reason) -> NoReturn:
    raise TokenRefused(reason)


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _stamp(state: os.stat_result) -> tuple[int, ...]:
    return state.st_ino, state.st_mtime_ns, state.st_size


def _new_key(now: datetime) -> _StoredKey:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    return _StoredKey(
        kid=secrets.token_hex(8), algorithm="ES256", material=pem.decode(), created_at=now
    )


def _written(keys: list[_StoredKey]) -> bytes:
    return _StoredKeys(keys=keys).model_dump_json(indent=1).encode()


def _parsed(content: bytes | None) -> list[_StoredKey]:
    try:
        keys = _StoredKeys.model_validate_json(content or b"").keys
    except ValidationError as error:
        raise KeysUnusable(f"The signing keys are not in order: {error}") from None
    if sum(key.retired_at is None for key in keys) != 1:
        raise KeysUnusable("Exactly one signing key is not retired.")
    if len({key.kid for key in keys}) != len(keys):
        raise KeysUnusable("Two signing keys have the same kid.")
    if len({key.algorithm for key in keys}) != 1:
        raise KeysUnusable("Signing keys are either all of a pair or all shared, never mixed.")
    return keys


def _prepared(stored: _StoredKey) -> _Key:
    try:
        if stored.algorithm == "HS256":
            secret = decode64(stored.material)
            if len(secret) < SECRET_BYTES:
                raise KeysUnusable(f"The secret {stored.kid} is shorter than {SECRET_BYTES} bytes.")
            shared = jwk.construct(secret, "HS256")
            return _Key(stored, signer=shared, verifier=shared)
        private = load_pem_private_key(stored.material.encode(), password=None)
    except ValueError:
        raise KeysUnusable(f"The signing key {stored.kid} cannot be read.") from None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise KeysUnusable(f"The signing key {stored.kid} is not of the curve P-256.")
    signer = jwk.construct(stored.material, "ES256")
    return _Key(stored, signer=signer, verifier=signer.public_key())

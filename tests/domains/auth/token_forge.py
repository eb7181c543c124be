"""Tokens made by hand, and a second library's opinion of them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from joserfc import jwk, jwt
from joserfc.jws import JWSRegistry

from perfapi.core.crypto import encode64
from perfapi.domains.auth.tokens import Keys

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SESSION = UUID("0195e3f4-7b1c-7c3a-9d5e-5a1f0c2b4d6e")
ORGANIZATION = UUID("0195e3f4-0000-7000-8000-00000000000a")
ISSUED = int(NOW.timestamp())
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256."""


class Forge:
    """Makes tokens as an attacker would who, for the worst case, has our private key as well."""

    def __init__(self, keys: Keys) -> None:
        stored = keys.signing(NOW).stored
        private = load_pem_private_key(stored.material.encode(), None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
        self.kid, self.private = stored.kid, private

    def header(self, **changes: Any) -> dict[str, Any]:
        return {"alg": "ES256", "kid": self.kid, "typ": "at+jwt"} | changes

    def claims(self, **changes: Any) -> dict[str, Any]:
        return {
            "iss": "perfapi",
            "aud": "perfapi",
            "sub": str(SESSION),
            "org": str(ORGANIZATION),
            "jti": "q7MYu1a4nW2dXoVJb0cPZA",
            "iat": ISSUED,
            "exp": ISSUED + 600,
        } | changes

    def token(
        self,
        header: object = None,
        claims: object = None,
        sign: Callable[[bytes], bytes] | None = None,
    ) -> str:
        parts = [as_json(header or self.header()), as_json(claims or self.claims())]
        content = ".".join(encode64(part) for part in parts)
        return f"{content}.{encode64((sign or self.sign)(content.encode()))}"

    def der(self, content: bytes) -> bytes:
        return self.private.sign(content, ec.ECDSA(hashes.SHA256()))

    def sign(self, content: bytes) -> bytes:
        r, s = decode_dss_signature(self.der(content))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def mirrored(self, content: bytes) -> bytes:
        r, s = decode_dss_signature(self.der(content))
        return r.to_bytes(32, "big") + (ORDER - s).to_bytes(32, "big")

    def public_key(self, encoding: Encoding = Encoding.PEM) -> bytes:
        return self.private.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)

    def parts(self) -> tuple[str, str, str]:
        header, claims, signature = self.token().split(".")
        return header, claims, signature


def as_json(value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def second_opinion(token: str, forge: Forge) -> bool:
    key = jwk.ECKey.import_key(forge.public_key(), {"kid": forge.kid})
    rules = jwt.JWTClaimsRegistry(
        now=ISSUED,
        iss={"essential": True, "value": "perfapi"},
        aud={"essential": True, "value": "perfapi"},
        sub={"essential": True},
        jti={"essential": True},
        iat={"essential": True},
        exp={"essential": True},
    )
    try:
        found = jwt.decode(
            token,
            jwk.KeySet([key]),
            algorithms=["ES256"],
            registry=JWSRegistry(algorithms=["ES256"]),
        )
        rules.validate(found.claims)
    except Exception:
        return False
    return True

"""Attacks on access tokens, each with the reason that refuses it.

Every verdict is compared with a second library's. Where the two differ, the case says why.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from perfapi.core.crypto import encode64

from .token_forge import ISSUED, ORDER, SESSION, Forge, as_json

Make = Callable[[Forge], str]
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Case:
    name: str
    make: Make
    refused: str | None
    """Our reason; None: the token is good."""
    because: str = ""
    """Why the second library says otherwise; empty: it agrees."""


def with_header(sign: Sign | None = None, /, **changes: Any) -> Make:
    return lambda forge: forge.token(forge.header(**changes), sign=sign)


def with_claims(**changes: Any) -> Make:
    return lambda forge: forge.token(claims=forge.claims(**changes))


def without_claim(name: str) -> Make:
    return lambda forge: forge.token(
        claims={key: value for key, value in forge.claims().items() if key != name}
    )


def claims_text(old: str, new: str) -> Make:
    def make(forge: Forge) -> str:
        text = json.dumps(forge.claims())
        assert old in text
        return forge.token(claims=text.replace(old, new, 1).encode())

    return make


def unsigned(_: bytes) -> bytes:
    return b""


def with_secret(secret: Callable[[Forge], bytes], alg: str = "HS256") -> Make:
    """An HMAC where a key pair is asked for: the secret is what everybody knows."""

    def make(forge: Forge) -> str:
        def sign(content: bytes) -> bytes:
            return hmac.digest(secret(forge), content, hashlib.sha256)

        return forge.token(forge.header(alg=alg), sign=sign)

    return make


def segments(*places: int) -> Make:
    def make(forge: Forge) -> str:
        parts = forge.parts()
        return ".".join(parts[place] for place in places)

    return make


def respelled(place: int, change: Callable[[str], str]) -> Make:
    """One segment spelled differently, and signed as spelled."""

    def make(forge: Forge) -> str:
        parts = list(forge.parts())
        parts[place] = change(parts[place])
        if place < 2:
            parts[2] = encode64(forge.sign(".".join(parts[:2]).encode()))
        return ".".join(parts)

    return make


def _nested(depth: int) -> object:
    return [] if depth == 0 else [_nested(depth - 1)]


def _unused_bits(part: str) -> str:
    """64 bytes end in a character of which only two bits count."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return part[:-1] + alphabet[alphabet.index(part[-1]) + 1]


TYPE = "it leaves typ to its application"
EXACT = "we take exactly the claims that we issue"
INTEGERS = "we issue whole seconds"
UTF8 = "it guesses the encoding of JSON"
SIZE = "our tokens are small"

PUBLIC_SECRETS: dict[str, Callable[[Forge], bytes]] = {
    "the public key in PEM": lambda f: f.public_key(),
    "the public key in PEM, stripped": lambda f: f.public_key().strip(),
    "the public key in DER": lambda f: f.public_key(Encoding.DER),
    "the empty key": lambda f: b"",
    "the kid": lambda f: f.kid.encode(),
}

SPELLINGS: dict[str, Callable[[str], str]] = {
    "padding": lambda part: part + "=" * (-len(part) % 4 or 4),
    "a newline": lambda part: part + "\n",
    "a blank inside": lambda part: part[:4] + " " + part[4:],
    "a NUL": lambda part: part + "\0",
    "a letter outside ASCII": lambda part: part + "é",
    "a plus": lambda part: part + "+",
}

GOOD = [
    Case("as issued", lambda f: f.token(), None),
    Case("members in another order", lambda f: f.token(dict(reversed(f.header().items()))), None),
    Case("its last second", with_claims(iat=ISSUED - 599, exp=ISSUED + 1), None),
    Case("mirrored signature", lambda f: f.token(sign=f.mirrored), None),  # same content, harmless
    Case(
        "clock of the issuer 30 s ahead",
        with_claims(iat=ISSUED + 30, exp=ISSUED + 630),
        None,
        "we give iat, and only iat, a leeway",
    ),
]

ALGORITHMS = [
    *(
        Case(f"alg {alg!r}, no signature", with_header(unsigned, alg=alg), "algorithm")
        for alg in ("none", "None", "nOnE", " none", "none\x00", "", "HS256", "ES384", "es256")
    ),
    Case("alg none, our signature", with_header(alg="none"), "algorithm"),
    Case("no signature", lambda f: f.token(sign=unsigned), "signature"),
    *(
        Case(f"HS256 with {name}", with_secret(secret), "algorithm")
        for name, secret in PUBLIC_SECRETS.items()
    ),
    *(
        Case(f"ES256, but an HMAC with {name}", with_secret(secret, "ES256"), "signature")
        for name, secret in PUBLIC_SECRETS.items()
    ),
    Case("alg is a list", with_header(alg=["ES256"]), "form"),
    Case("alg is a number", with_header(alg=256), "header"),
    Case("alg is null", with_header(alg=None), "header"),
]

HEADERS = [
    Case("no alg", lambda f: f.token({"kid": f.kid, "typ": "at+jwt"}), "header"),
    Case(
        "no kid",
        lambda f: f.token({"alg": "ES256", "typ": "at+jwt"}),
        "header",
        "with one key it needs no kid",
    ),
    Case("no typ", lambda f: f.token({"alg": "ES256", "kid": f.kid}), "header", TYPE),
    *(
        Case(f"typ {typ!r}", with_header(typ=typ), "type", TYPE)
        for typ in ("JWT", "at+JWT", "application/at+jwt", "refresh+jwt", "")
    ),
    Case("crit", with_header(crit=["exp"]), "form"),
    Case("crit is empty", with_header(crit=[]), "form", "it overlooks an empty list"),
    Case("crit is a text", with_header(crit="exp"), "header"),
    Case("b64 false", with_header(b64=False), "header"),
    Case("b64 false and crit", with_header(b64=False, crit=["b64"]), "form"),
    Case("jwk", with_header(jwk={"kty": "oct", "k": "YQ"}), "form", "it ignores jwk"),
    Case("jku", with_header(jku="https://evil.example/jwks.json"), "header", "it ignores jku"),
    Case("x5u", with_header(x5u="https://evil.example/cert.pem"), "header", "it ignores x5u"),
    Case("x5c", with_header(x5c=["MIIB"]), "form", "it ignores x5c"),
    Case("cty", with_header(cty="JWT"), "header", "it knows cty"),
    Case("zip", with_header(zip="DEF"), "header"),
    Case("unknown member", with_header(admin="yes"), "header"),
    *(
        Case(f"kid {kid!r}", with_header(kid=kid), "key")
        for kid in (
            "unknown",
            "",
            "../../../../dev/null",
            "/etc/passwd",
            "tokens.json",
            "x' UNION SELECT 'secret' --",
            "' OR 1=1 --",
            "\x00",
            "x" * 100,
        )
    ),
    Case("kid is null", with_header(kid=None), "header"),
    Case("kid is an object", with_header(kid={"$ne": ""}), "form"),
    Case("long kid", with_header(kid="x" * 300), "size"),
    Case("nested header", lambda f: f.token(f.header(deep=_nested(20))), "form"),
    Case("5,000 deep", lambda f: f.token(b"[" * 2500 + b"]" * 2500), "size"),
    Case("200 deep", lambda f: f.token(b'{"a":' * 30 + b"1" + b"}" * 30), "form"),
    Case("header is a list", lambda f: f.token(b'["ES256"]'), "form"),
    Case("header is a number", lambda f: f.token(b"1"), "form"),
    Case("header is a text with a brace", lambda f: f.token(b'"{"'), "form"),
    Case("header is nothing", lambda f: f.token(b" "), "form"),
    Case(
        "header in UTF-16", lambda f: f.token(json.dumps(f.header()).encode("utf-16")), "form", UTF8
    ),
    Case(
        "header with a BOM", lambda f: f.token(b"\xef\xbb\xbf" + as_json(f.header())), "form", UTF8
    ),
    Case(
        "alg twice",
        lambda f: f.token(as_json(f.header()).replace(b"{", b'{"alg":"none",', 1)),
        "form",
        "it takes the last of duplicates",
    ),
    Case(
        "kid twice",
        lambda f: f.token(as_json(f.header()).replace(b"{", b'{"kid":"x",', 1)),
        "form",
        "it takes the last of duplicates",
    ),
]

CLAIMS = [
    *(
        Case(f"no {name}", without_claim(name), "claims")
        for name in ("iss", "aud", "sub", "jti", "iat", "exp")
    ),
    Case("no org", without_claim("org"), "claims", "org is a claim of ours"),
    *(
        Case(f"{name} is {value!r}", with_claims(**{name: value}), "claims")
        for name in ("iss", "aud", "sub", "jti", "iat", "exp")
        for value in (None, "")
    ),
    Case("exp is a text", with_claims(exp=str(ISSUED + 600)), "claims"),
    Case("exp is a date", with_claims(exp="2026-03-02T09:40:00Z"), "claims"),
    Case("exp is a float", with_claims(exp=ISSUED + 599.5), "claims", INTEGERS),
    Case("exp is a whole float", with_claims(exp=ISSUED + 600.0), "claims", INTEGERS),
    Case("exp is true", with_claims(exp=True), "claims"),
    Case("exp is a list", with_claims(exp=[ISSUED + 600]), "form"),
    Case("exp is NaN", with_claims(exp=float("nan")), "form"),
    Case("exp is Infinity", with_claims(exp=float("inf")), "form"),
    Case("exp is -Infinity", with_claims(exp=float("-inf")), "form"),
    Case("exp is 1e999", claims_text(str(ISSUED + 600), "1e999"), "claims"),
    Case("exp is negative", with_claims(exp=-1), "claims"),
    Case("exp and iat are negative", with_claims(iat=-601, exp=-1), "expired"),
    Case("exp is zero", with_claims(exp=0), "claims"),
    Case("exp is huge", with_claims(exp=2**64), "claims", "no token of ours lives longer"),
    Case("exp has 4,000 digits", with_claims(exp=10**4000), "claims", "as above"),
    Case("exp has 5,000 digits", claims_text(str(ISSUED + 600), "9" * 5000), "form"),
    Case("exp and iat are huge", with_claims(iat=2**70, exp=2**70 + 9), "early"),
    Case("exp after eleven minutes", with_claims(exp=ISSUED + 660), "claims", "as above"),
    Case("exp before iat", with_claims(iat=ISSUED + 9, exp=ISSUED + 8), "claims"),
    Case("exp is iat", with_claims(iat=ISSUED + 9, exp=ISSUED + 9), "claims"),
    Case("iat is a text", with_claims(iat=str(ISSUED)), "claims"),
    Case("iat is a float", with_claims(iat=ISSUED + 0.0), "claims", INTEGERS),
    Case("iat is false", with_claims(iat=False), "claims"),
    Case("expired", with_claims(iat=ISSUED - 601, exp=ISSUED - 1), "expired"),
    Case("expires now", with_claims(iat=ISSUED - 600, exp=ISSUED), "expired"),
    Case("not yet issued", with_claims(iat=ISSUED + 31, exp=ISSUED + 631), "early"),
    Case("not before tomorrow", with_claims(nbf=ISSUED + 86400), "claims"),
    Case("nbf in the past", with_claims(nbf=ISSUED), "claims", EXACT),
    Case("one claim more", with_claims(role="admin"), "claims", EXACT),
    Case("nested claim", with_claims(act={"sub": "x"}), "form", EXACT),
    Case("aud of others", with_claims(aud="elsewhere"), "claims"),
    Case("aud is a list", with_claims(aud=["perfapi"]), "form", "we issue one audience"),
    Case("aud among others", with_claims(aud=["x", "perfapi"]), "form", "we issue one audience"),
    Case("aud in capitals", with_claims(aud="PERFAPI"), "claims"),
    Case("iss of others", with_claims(iss="https://evil.example"), "claims"),
    Case("iss with a slash", with_claims(iss="perfapi/"), "claims"),
    Case("sub is a number", with_claims(sub=7), "claims"),
    *(
        Case(f"sub is {sub!r}", with_claims(sub=sub), "claims", "our subjects are sessions")
        for sub in (
            "admin",
            str(SESSION).upper(),
            SESSION.hex,
            f"({SESSION})",
            SESSION.urn,
            "' OR '1'='1",
        )
    ),
    Case("sub is no UUID", with_claims(sub="x" * 36), "form", "our subjects are sessions"),
    Case("org is no UUID", with_claims(org="acme"), "claims", "org is a claim of ours"),
    Case("jti is a number", with_claims(jti=7), "claims"),
    *(
        Case(f"jti is {jti[:20]!r}", with_claims(jti=jti), "claims", "our token ids are base64url")
        for jti in ("short", "x" * 65, "x" * 16 + "\n", "\ud800" * 16, "x" * 20 + "\x00")
    ),
    Case("claims are a list", lambda f: f.token(claims=b"[1]"), "form"),
    Case("claims are a text", lambda f: f.token(claims=b'"x"'), "form"),
    Case("claims are nothing", lambda f: f.token(claims=b" "), "form"),
    Case("claims are not UTF-8", lambda f: f.token(claims=b'{"sub":"\xff"}'), "form"),
    Case(
        "claims 2,500 deep",
        lambda f: f.token(claims=b'{"a":' + b"[" * 2500 + b"]" * 2500 + b"}"),
        "form",
    ),
    Case("sub twice", claims_text('{"iss"', '{"sub":"x","iss"'), "form", "it takes the last"),
    Case(
        "exp twice", claims_text('{"iss"', '{"exp":9999999999,"iss"'), "form", "it takes the last"
    ),
]

SHAPES = [
    Case("nothing", lambda f: "", "form"),
    Case("dots", lambda f: "..", "form"),
    Case("two segments", segments(0, 1), "form"),
    Case("four segments", segments(0, 1, 2, 2), "form"),
    Case("a dot behind", lambda f: f.token() + ".", "form"),
    Case("JWE with five segments", segments(0, 1, 2, 1, 2), "form"),
    Case("claims in front", segments(1, 0, 2), "size"),
    Case("signature in front", segments(2, 1, 0), "form"),
    Case("claims behind", segments(0, 2, 1), "signature"),
    Case("header instead of claims", segments(0, 0, 2), "signature"),
    Case("truncated", lambda f: f.token()[:-2], "signature"),
    Case("truncated by one", lambda f: f.token()[:-1], "form"),
    Case("Bearer in front", lambda f: "Bearer " + f.token(), "form"),
    Case(
        "another token's signature", lambda f: f.token(sign=lambda _: f.sign(b"other")), "signature"
    ),
    Case("DER signature", lambda f: f.token(sign=f.der), "signature"),
    Case("r and s are zero", lambda f: f.token(sign=lambda _: bytes(64)), "signature"),
    Case("r is zero", lambda f: f.token(sign=lambda c: bytes(32) + f.sign(c)[32:]), "signature"),
    Case("s is zero", lambda f: f.token(sign=lambda c: f.sign(c)[:32] + bytes(32)), "signature"),
    Case(
        "r is the order",
        lambda f: f.token(sign=lambda _: ORDER.to_bytes(32, "big") * 2),
        "signature",
    ),
    Case("signature one longer", lambda f: f.token(sign=lambda c: f.sign(c) + b"\0"), "signature"),
    Case("signature twice", lambda f: f.token(sign=lambda c: f.sign(c) * 2), "signature"),
    *(
        Case(f"segment {place} with {name}", respelled(place, change), "form")
        for place in range(3)
        for name, change in SPELLINGS.items()
    ),
    Case("unused bits in the signature", respelled(2, _unused_bits), "form"),
    Case("a lone surrogate", lambda f: f.token() + "\ud800", "form"),
    Case("digits of another script", lambda f: f.token() + "٣", "form"),
    Case("8 MB", lambda f: "A" * 8_000_000, "size"),
    Case("8 MB of dots", lambda f: "." * 8_000_000, "size"),
    Case("8 MB of claims", with_claims(pad="x" * 6_000_000), "size"),
    Case("9 KiB of claims", with_claims(pad="x" * 7_000), "size", SIZE),
    Case("header of 300 characters", with_header(kid="k" * 250), "size"),
]


CORPUS = [*GOOD, *ALGORITHMS, *HEADERS, *CLAIMS, *SHAPES]

"""The fence around tokens, and the keys behind it."""

import fcntl
import json
import secrets
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from perfapi.core.crypto import decode64, encode64
from perfapi.domains.auth import tokens
from perfapi.domains.auth.tokens import LIFETIME, Keys, KeysUnusable, TokenRefused, issue, read

from .token_corpus import CORPUS, Case
from .token_forge import ISSUED, NOW, ORGANIZATION, SESSION, Forge, second_opinion

SECOND = timedelta(seconds=1)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys.open(tmp_path / "keys", NOW)


@pytest.fixture
def forge(keys: Keys) -> Forge:
    return Forge(keys)


@pytest.fixture
def token(keys: Keys) -> str:
    return issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW)


def refusal(keys: Keys, token: object, now: object = NOW) -> str | None:
    try:
        read(keys, token, now)  # type: ignore[arg-type]
    except TokenRefused as refused:
        return refused.reason
    return None


class TestIssue:
    def test_header_and_claims_are_exactly_these(self, token: str, forge: Forge) -> None:
        header, claims = (json.loads(decode64(part)) for part in token.split(".")[:2])
        assert header == {"alg": "ES256", "kid": forge.kid, "typ": "at+jwt"}
        assert len(decode64(claims.pop("jti"))) == 16
        assert claims == {
            "iss": "perfapi",
            "aud": "perfapi",
            "sub": str(SESSION),
            "org": str(ORGANIZATION),
            "iat": ISSUED,
            "exp": ISSUED + 600,
        }

    def test_no_two_tokens_are_equal(self, keys: Keys, token: str) -> None:
        assert issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW) != token

    def test_a_second_library_reads_it(self, token: str, forge: Forge) -> None:
        assert second_opinion(token, forge)


class TestRead:
    def test_it_says_who_calls(self, keys: Keys, token: str) -> None:
        claims = read(keys, token, NOW)
        assert (claims.session, claims.organization) == (SESSION, ORGANIZATION)
        assert (claims.issued_at, claims.expires_at) == (NOW, NOW + LIFETIME)

    def test_it_ends_with_its_last_second(self, keys: Keys, token: str) -> None:
        assert refusal(keys, token, NOW + LIFETIME - SECOND) is None
        assert refusal(keys, token, NOW + LIFETIME) == "expired"

    def test_parts_of_a_second_do_not_prolong_it(self, keys: Keys) -> None:
        late = issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW + 0.9 * SECOND)
        assert refusal(keys, late, NOW + LIFETIME - 0.1 * SECOND) is None
        assert refusal(keys, late, NOW + LIFETIME) == "expired"

    def test_another_installation_refuses_it(self, token: str, tmp_path: Path) -> None:
        assert refusal(Keys.open(tmp_path / "other", NOW), token) == "key"

    @pytest.mark.parametrize("place", ["issuer", "audience"])
    def test_the_same_keys_for_another_service_refuse_it(
        self, token: str, tmp_path: Path, place: str
    ) -> None:
        other = Keys.open(tmp_path / "keys", NOW, **{place: "reports"})
        assert refusal(other, token) == "claims"


@pytest.fixture(scope="module")
def shared_keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys.open(tmp_path_factory.mktemp("shared"), NOW)


class TestAttacks:
    @pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
    def test_verdict(self, case: Case, shared_keys: Keys) -> None:
        forge = Forge(shared_keys)
        token = case.make(forge)
        accepted = case.refused is None
        assert refusal(shared_keys, token) == case.refused
        assert second_opinion(token, forge) == (not accepted if case.because else accepted)
        # Neither the good ones nor the bad ones fare better the second time.
        assert refusal(shared_keys, token) == case.refused

    @pytest.mark.parametrize("value", [None, 7, b"bytes", ["a.b.c"], object()])
    def test_what_is_no_text_is_refused(self, value: object, shared_keys: Keys) -> None:
        assert refusal(shared_keys, value) is not None

    def test_a_clock_without_zone_opens_nothing(self, keys: Keys, token: str) -> None:
        assert refusal(keys, token, NOW.replace(tzinfo=None)) is not None

    def test_exhausted_memory_is_a_refusal(
        self, keys: Keys, token: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def exhausted(text: str) -> bytes:
            raise MemoryError

        monkeypatch.setattr(tokens, "decode64", exhausted)
        assert refusal(keys, token) == "form"

    def test_a_refusal_shows_nothing_of_the_token(self, keys: Keys, forge: Forge) -> None:
        with pytest.raises(TokenRefused) as refused:
            read(keys, forge.token(claims=b'{"secret'), NOW)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__
        assert "secret" not in str(refused.value)


class TestMutations:
    """Whatever is changed in a good token, it is refused, also after the good one was seen."""

    @pytest.mark.parametrize("replacement", ["A", "_", ".", "=", "\x00", "ä"])
    def test_every_character(self, replacement: str, keys: Keys, token: str) -> None:
        read(keys, token, NOW)
        for place, character in enumerate(token):
            if character != replacement:
                changed = token[:place] + replacement + token[place + 1 :]
                assert refusal(keys, changed) is not None, place

    @given(data=st.data())
    @settings(max_examples=300)
    def test_any_byte(self, data: st.DataObject, shared_keys: Keys) -> None:
        token = issue(shared_keys, subject=SESSION, organization=ORGANIZATION, now=NOW).encode()
        place = data.draw(st.integers(0, len(token) - 1))
        other = data.draw(st.integers(0, 255).filter(lambda byte: byte != token[place]))
        changed = token[:place] + bytes([other]) + token[place + 1 :]
        assert refusal(shared_keys, changed.decode("latin-1")) is not None

    @given(start=st.integers(0, 600), length=st.integers(0, 600))
    def test_any_part_left_out(self, start: int, length: int, shared_keys: Keys) -> None:
        token = issue(shared_keys, subject=SESSION, organization=ORGANIZATION, now=NOW)
        shorter = token[: start % len(token)] + token[start % len(token) + length + 1 :]
        assert refusal(shared_keys, shorter) is not None

    @given(text=st.text(max_size=300) | st.lists(st.binary(max_size=80), min_size=3, max_size=3))
    def test_any_text(self, text: str | list[bytes], shared_keys: Keys) -> None:
        noise = text if isinstance(text, str) else ".".join(map(encode64, text))
        assert refusal(shared_keys, noise) is not None

    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=15),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    )

    @given(
        name=st.sampled_from(["iss", "aud", "sub", "org", "jti", "iat", "exp", "nbf"]),
        value=json_values,
    )
    def test_any_claim_signed_by_us(self, name: str, value: object, shared_keys: Keys) -> None:
        forge = Forge(shared_keys)
        assert refusal(shared_keys, forge.token(claims=forge.claims(**{name: value}))) is not None


class TestRemembered:
    def test_the_signature_is_checked_once_a_minute(self, keys: Keys, token: str) -> None:
        assert keys.recall(token, NOW) is None
        claims = read(keys, token, NOW)
        assert keys.recall(token, NOW + 59 * SECOND) is claims
        assert keys.recall(token, NOW + 60 * SECOND) is None
        assert read(keys, token, NOW + 60 * SECOND) == claims
        assert keys.recall(token, NOW + 119 * SECOND) == claims

    def test_but_never_beyond_its_end(self, keys: Keys, token: str) -> None:
        read(keys, token, NOW + LIFETIME - SECOND)
        assert keys.recall(token, NOW + LIFETIME - SECOND)
        assert keys.recall(token, NOW + LIFETIME) is None

    def test_nor_before_it_was_seen(self, keys: Keys, token: str) -> None:
        read(keys, token, NOW + SECOND)
        assert keys.recall(token, NOW) is None

    def test_a_refused_token_is_not_remembered(self, keys: Keys, forge: Forge) -> None:
        bad = forge.token(forge.header(typ="JWT"))
        refusal(keys, bad)
        assert keys.recall(bad, NOW) is None

    def test_the_least_used_is_forgotten_first(
        self, keys: Keys, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tokens, "_REMEMBERED", 2)
        first, second, third = (
            issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW) for _ in range(3)
        )
        for one in (first, second, first, third):
            read(keys, one, NOW)
        assert [bool(keys.recall(one, NOW)) for one in (first, second, third)] == [
            True,
            False,
            True,
        ]


class TestRotate:
    def test_the_new_key_signs_and_the_old_one_still_verifies(
        self, keys: Keys, token: str, forge: Forge
    ) -> None:
        kid = keys.rotate(NOW + SECOND)
        fresh = issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW + SECOND)
        assert Forge(keys).kid == kid != forge.kid
        assert keys.signing_since == NOW + SECOND
        assert refusal(keys, fresh, NOW + SECOND) is None
        assert refusal(keys, token, NOW + SECOND) is None

    def test_the_old_one_verifies_until_its_last_token_expired(
        self, keys: Keys, forge: Forge
    ) -> None:
        keys.rotate(NOW)
        for late, reason in ((629, None), (631, "key")):
            claims = forge.claims(iat=ISSUED + late - 1, exp=ISSUED + late + 9)
            token = forge.token(claims=claims)
            assert refusal(keys, token, NOW + late * SECOND) == reason

    def test_keys_that_verify_nothing_any_more_are_dropped(
        self, keys: Keys, forge: Forge, tmp_path: Path
    ) -> None:
        second = keys.rotate(NOW)
        assert forge.kid in (tmp_path / "keys" / "tokens.json").read_text()
        third = keys.rotate(NOW + timedelta(hours=1))
        stored = json.loads((tmp_path / "keys" / "tokens.json").read_text())["keys"]
        assert [key["kid"] for key in stored] == [second, third]

    def test_other_processes_follow_at_once(self, keys: Keys, token: str, tmp_path: Path) -> None:
        other = Keys.open(tmp_path / "keys", NOW)
        assert refusal(other, token) is None
        other.rotate(NOW)
        by_other = issue(other, subject=SESSION, organization=ORGANIZATION, now=NOW)
        assert refusal(keys, by_other) is None
        assert keys.signing_since == other.signing_since
        assert Forge(keys).kid == Forge(other).kid


class TestRevoke:
    def test_its_tokens_are_refused_although_remembered(
        self, keys: Keys, token: str, forge: Forge
    ) -> None:
        read(keys, token, NOW)
        keys.revoke(forge.kid, NOW)
        assert refusal(keys, token) == "key"
        assert refusal(keys, forge.token()) == "key"

    def test_another_key_signs_instead(self, keys: Keys, forge: Forge) -> None:
        keys.revoke(forge.kid, NOW)
        fresh = issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW)
        assert refusal(keys, fresh) is None

    def test_a_retired_key_goes_alone(self, keys: Keys, token: str, forge: Forge) -> None:
        current = keys.rotate(NOW)
        keys.revoke(forge.kid, NOW)
        assert Forge(keys).kid == current
        assert refusal(keys, token) == "key"

    def test_other_processes_follow_within_a_second(
        self, keys: Keys, token: str, forge: Forge, tmp_path: Path
    ) -> None:
        other = Keys.open(tmp_path / "keys", NOW)
        read(other, token, NOW)
        keys.revoke(forge.kid, NOW)
        assert refusal(other, token, NOW + SECOND) == "key"


class TestKeyFile:
    def test_nobody_else_may_read_it(self, keys: Keys, tmp_path: Path) -> None:
        keys.rotate(NOW)
        assert (tmp_path / "keys" / "tokens.json").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700

    def test_a_restart_keeps_the_keys(self, keys: Keys, token: str, tmp_path: Path) -> None:
        assert refusal(Keys.open(tmp_path / "keys", NOW), token) is None

    def test_who_starts_second_uses_the_key_of_the_first(self, tmp_path: Path) -> None:
        first = Keys.open(tmp_path / "first", NOW)
        (tmp_path / "keys").mkdir()
        with (
            ThreadPoolExecutor() as pool,
            open(tmp_path / "keys" / "tokens.json.lock", "w") as turn,
        ):
            fcntl.flock(turn, fcntl.LOCK_EX)
            second = pool.submit(Keys.open, tmp_path / "keys", NOW)
            time.sleep(0.2)  # it has found no file and waits for its turn
            assert not second.done()
            shutil.copy(tmp_path / "first" / "tokens.json", tmp_path / "keys")
            turn.close()
            assert Forge(second.result(10)).kid == Forge(first).kid

    def test_a_file_that_broke_while_running_changes_nothing(
        self, keys: Keys, token: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        for damage in ("{", None):
            path = tmp_path / "keys" / "tokens.json"
            path.write_text(damage) if damage else path.unlink()
            assert refusal(keys, token, NOW + SECOND) is None
            assert issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW)
            assert "stay in use" in caplog.text
            caplog.clear()


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def stored(kid: str, algorithm: str, material: str, **changes: object) -> dict[str, object]:
    key = {"kid": kid, "algorithm": algorithm, "material": material, "created_at": NOW.isoformat()}
    return key | changes


PAIR = pem(ec.generate_private_key(ec.SECP256R1()))
SECRET = encode64(secrets.token_bytes(32))
RETIRED = {"retired_at": NOW.isoformat()}


class TestUnusableKeys:
    @pytest.mark.parametrize(
        ("content", "why"),
        [
            ([stored("a", "HS256", encode64(b"x" * 31))], "shorter than 32 bytes"),
            ([stored("a", "HS256", "")], "shorter than 32 bytes"),
            ([stored("a", "HS256", SECRET + "=")], "cannot be read"),
            ([stored("a", "ES256", SECRET)], "cannot be read"),
            ([stored("a", "ES256", pem(ec.generate_private_key(ec.SECP384R1())))], "P-256"),
            ([stored("a", "ES256", pem(rsa.generate_private_key(65537, 2048)))], "P-256"),
            ([stored("a", "ES256", PAIR), stored("b", "HS256", SECRET, **RETIRED)], "never mixed"),
            ([stored("a", "ES256", PAIR), stored("b", "ES256", PAIR)], "Exactly one"),
            ([stored("a", "ES256", PAIR, **RETIRED)], "Exactly one"),
            ([stored("a", "ES256", PAIR), stored("a", "ES256", PAIR, **RETIRED)], "same kid"),
            ([stored("a", "none", PAIR)], "algorithm"),
            ([stored("a", "RS256", PAIR)], "algorithm"),
            ([stored("../a", "ES256", PAIR)], "kid"),
            ([stored("a", "ES256", PAIR, created_at="yesterday")], "created_at"),
            ([stored("a", "ES256", PAIR, use="enc")], "use"),
            ([], "Exactly one"),
        ],
    )
    def test_they_stop_the_start(self, content: list[object], why: str, tmp_path: Path) -> None:
        (tmp_path / "tokens.json").write_text(json.dumps({"keys": content}))
        with pytest.raises(KeysUnusable, match=why) as unusable:
            Keys.open(tmp_path, NOW)
        assert PAIR not in str(unusable.value)
        assert SECRET not in str(unusable.value)

    def test_an_unreadable_file_stops_the_start(self, tmp_path: Path) -> None:
        (tmp_path / "tokens.json").mkdir()
        with pytest.raises(KeysUnusable, match="cannot be read"):
            Keys.open(tmp_path, NOW)

    def test_keys_are_not_shown(self) -> None:
        assert PAIR not in repr(tokens._StoredKey.model_validate(stored("a", "ES256", PAIR)))


class TestSharedSecret:
    """An installation may sign with a secret instead of a pair."""

    def test_it_signs_and_verifies_its_own_algorithm_only(
        self, tmp_path: Path, forge: Forge
    ) -> None:
        (tmp_path / "tokens.json").write_text(
            json.dumps({"keys": [stored("shared", "HS256", SECRET)]})
        )
        keys = Keys.open(tmp_path, NOW)
        token = issue(keys, subject=SESSION, organization=ORGANIZATION, now=NOW)
        assert refusal(keys, token) is None
        assert refusal(keys, forge.token(forge.header(kid="shared"))) == "algorithm"
        assert refusal(keys, forge.token(forge.header(kid="shared", alg="HS256"))) == "signature"

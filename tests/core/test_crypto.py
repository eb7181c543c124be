import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfapi.core.crypto import (
    BadSignature,
    Signer,
    canonical_json,
    decode64,
    digest,
    encode64,
    is_same,
    new_salt,
    new_token,
    rewrite_secret,
    token_hash,
)

KEY = bytes(range(32))


class TestNewToken:
    def test_it_is_as_long_as_asked_and_safe_in_urls(self) -> None:
        token = new_token(24)
        assert len(decode64(token)) == 24

    def test_no_two_are_equal(self) -> None:
        assert len({new_token() for _ in range(100)}) == 100

    def test_one_that_can_be_guessed_is_refused(self) -> None:
        with pytest.raises(ValueError, match="15 bytes"):
            new_token(15)


class TestTokenHash:
    def test_it_is_sha256_of_the_text(self) -> None:
        expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        assert token_hash("abc").hex() == expected

    @given(st.text(alphabet=st.characters()))
    def test_every_text_has_one(self, text: str) -> None:
        assert len(token_hash(text)) == 32
        assert token_hash("\ud800" + text) != token_hash(text)


class TestIsSame:
    def test_equal_secrets_only(self) -> None:
        assert is_same(b"secret", b"secret")
        assert not is_same(b"secret", b"Secret")
        assert not is_same(b"secret", b"secret ")


class TestBase64:
    @given(st.binary(max_size=64))
    def test_it_comes_back(self, content: bytes) -> None:
        assert decode64(encode64(content)) == content

    @pytest.mark.parametrize(
        "text",
        [
            "YQ==",
            "YR",
            "Y",
            "YQ ",
            " YQ",
            "Y\nQ",
            "YQ\n",
            "a+b/",
            "ä",
            "YWJj.",
            "\x00",
            "YQ=",
            "YWJj=",
        ],
    )
    def test_every_other_spelling_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - binascii, codecs and we word it differently
            decode64(text)


class TestSigner:
    @given(st.binary(max_size=200))
    def test_it_comes_back(self, content: bytes) -> None:
        assert Signer(KEY).unsign(Signer(KEY).sign(content)) == content

    @given(st.binary(min_size=1, max_size=60), st.data())
    def test_a_changed_character_is_noticed(self, content: bytes, data: st.DataObject) -> None:
        text = Signer(KEY).sign(content)
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.characters().filter(lambda char: char != text[place]))
        with pytest.raises(BadSignature):
            Signer(KEY).unsign(text[:place] + other + text[place + 1 :])

    @pytest.mark.parametrize("text", ["", "AAAA", encode64(b"x" * 16), "!" * 30, "\ud800"])
    def test_what_was_never_signed_is_refused(self, text: str) -> None:
        with pytest.raises(BadSignature):
            Signer(KEY).unsign(text)

    def test_another_key_does_not_open_it(self) -> None:
        with pytest.raises(BadSignature):
            Signer(KEY[::-1]).unsign(Signer(KEY).sign(b"page 2"))

    def test_short_keys_are_refused(self) -> None:
        with pytest.raises(ValueError, match="not 31"):
            Signer(KEY[:31])


class TestKeptSigner:
    def test_the_first_start_makes_the_key_and_later_ones_use_it(self, tmp_path: Path) -> None:
        path = tmp_path / "home" / "keys" / "cursor.key"
        text = Signer.kept(path).sign(b"page 2")
        assert Signer.kept(path).unsign(text) == b"page 2"

    def test_nobody_else_may_read_it(self, tmp_path: Path) -> None:
        path = tmp_path / "keys" / "cursor.key"
        Signer.kept(path)
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700

    def test_processes_that_start_together_share_one_key(self, tmp_path: Path) -> None:
        path = tmp_path / "keys" / "cursor.key"
        script = (
            "import sys; from pathlib import Path; from perfapi.core.crypto import Signer;"
            "sys.stdin.readline(); print(Signer.kept(Path(sys.argv[1])).sign(b'x'))"
        )
        starts = [
            subprocess.Popen(
                [sys.executable, "-c", script, str(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(5)
        ]
        for process in starts:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        assert len({process.communicate(timeout=30)[0] for process in starts}) == 1
        assert not [process.returncode for process in starts if process.returncode]

    def test_a_key_that_was_cut_is_not_replaced_silently(self, tmp_path: Path) -> None:
        path = tmp_path / "cursor.key"
        path.write_bytes(b"short")
        with pytest.raises(ValueError, match="not 5"):
            Signer.kept(path)


class TestRewriteSecret:
    def test_each_change_sees_what_the_last_one_left(self, tmp_path: Path) -> None:
        path = tmp_path / "counter"
        seen: list[bytes | None] = []

        def count(old: bytes | None) -> bytes:
            seen.append(old)
            return (old or b"") + b"x"

        assert rewrite_secret(path, count) == b"x"
        assert rewrite_secret(path, count) == b"xx"
        assert seen == [None, b"x"]
        assert path.read_bytes() == b"xx"

    def test_a_failed_change_leaves_the_file_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "secret"
        path.write_bytes(b"old")

        def fail(old: bytes | None) -> bytes:
            raise RuntimeError

        with pytest.raises(RuntimeError):
            rewrite_secret(path, fail)
        assert path.read_bytes() == b"old"
        assert rewrite_secret(path, lambda old: b"new") == b"new"

    def test_the_draft_of_a_crash_does_not_survive(self, tmp_path: Path) -> None:
        (tmp_path / "secret.new").write_bytes(b"half of a longer secret")
        rewrite_secret(tmp_path / "secret", lambda old: b"whole")
        assert (tmp_path / "secret").read_bytes() == b"whole"
        assert not (tmp_path / "secret.new").exists()

    def test_what_did_not_change_is_not_written(self, tmp_path: Path) -> None:
        path = tmp_path / "secret"
        path.write_bytes(b"same")
        before = path.stat().st_ino
        rewrite_secret(path, lambda old: old or b"")
        assert path.stat().st_ino == before

    def test_a_link_in_the_place_of_the_draft_is_not_followed(self, tmp_path: Path) -> None:
        target = tmp_path / "elsewhere"
        (tmp_path / "secret.new").symlink_to(target)
        with pytest.raises(OSError, match="symbolic"):
            rewrite_secret(tmp_path / "secret", lambda old: b"secret")
        assert not target.exists()


class TestDigest:
    def test_it_is_hmac_sha256(self) -> None:
        """RFC 4231, test case 1 (its key is 20 bytes of 0x0b)."""
        expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        assert digest(b"\x0b" * 20, b"Hi There").hex() == expected

    def test_the_salt_decides(self) -> None:
        assert digest(new_salt(), b"x") != digest(new_salt(), b"x")

    def test_a_salt_that_can_be_guessed_is_refused(self) -> None:
        with pytest.raises(ValueError, match="15 bytes"):
            digest(b"s" * 15, b"x")


class Color(StrEnum):
    RED = "red"


class TestCanonicalJson:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (None, "null"),
            (True, "true"),
            (2**70, "1180591620717411303424"),
            ({"b": 1, "a": [1, {"d": None, "c": "x"}]}, '{"a":[1,{"c":"x","d":null}],"b":1}'),
            ("Zoë \n \U0001f642 /", '"Zoë \\n \U0001f642 /"'),
            ({"color": Color.RED}, '{"color":"red"}'),
            ([], "[]"),
            ({}, "{}"),
        ],
    )
    def test_there_is_one_spelling(self, value: object, expected: str) -> None:
        assert canonical_json(value).decode() == expected

    @pytest.mark.parametrize(
        "value", [1.0, float("nan"), {"a": [0.5]}, {1: "a"}, b"x", {1, 2}, (1,)]
    )
    def test_what_others_would_spell_differently_is_refused(self, value: object) -> None:
        with pytest.raises(TypeError):
            canonical_json(value)

    def test_the_order_of_members_does_not_matter(self) -> None:
        there, back = {"x": 1, "y": [2]}, {"y": [2], "x": 1}
        assert canonical_json(there) == canonical_json(back)

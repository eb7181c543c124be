"""Letters as they are written, kept in a folder, and taken by a real SMTP server."""

import email
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default as as_written
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from perfapi.adapters.mail import (
    Action,
    Folder,
    Letter,
    Mailer,
    NotTaken,
    Nowhere,
    Smtp,
    open_mailer,
    write,
)
from perfapi.core.clock import utcnow
from perfapi.core.ids import uuid7
from perfapi.embedded.processes import free_port
from tests.conftest import test_settings

SENDER = "perfapi <perfapi@acme.example>"
LINK = "https://perfapi.example/invitation#secret"


def a_letter(**more: Any) -> Letter:
    fields: dict[str, Any] = {
        "to": "ada@example.com",
        "name": "Ada Lovelace",
        "language": "de",
        "subject": "Ihr Zugang für Acme",
        "greeting": "Guten Tag Ada <b>Lovelace</b>,",
        "paragraphs": ("Willkommen & hallo.", "Eine Woche gültig."),
        "action": Action("Passwort festlegen", LINK),
    }
    return Letter(**fields | more)


def body_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class TestWrite:
    def test_says_the_same_in_plain_text_and_in_html(self) -> None:
        message = write(a_letter(), SENDER, uuid7())

        plain, html = body_of(message, "plain"), body_of(message, "html")
        assert plain.index("Willkommen") < plain.index(LINK) < plain.index("Eine Woche")
        assert html.index("Willkommen") < html.index(LINK) < html.index("Eine Woche")
        assert "&lt;b&gt;Lovelace" in html, "names are text"
        assert 'lang="de"' in html
        assert "http" not in html.replace(LINK, ""), "nothing is loaded from elsewhere"
        assert "<img" not in html

    def test_has_an_id_that_follows_from_the_event(self) -> None:
        event_id = uuid7()
        first, second = (write(a_letter(), SENDER, event_id) for _ in range(2))
        assert first["Message-ID"] == second["Message-ID"] == f"<{event_id}@acme.example>"
        assert first["Auto-Submitted"] == "auto-generated"

    def test_spells_foreign_domains_as_dns_does(self) -> None:
        message = write(a_letter(to="ada@straße.example.com"), SENDER, uuid7())
        assert message["To"].addresses[0].domain == "xn--strae-oqa.example.com"

    def test_no_name_adds_a_header(self) -> None:
        with pytest.raises(ValueError, match=r"CR|line"):
            write(a_letter(name="Ada\r\nBcc: eve@example.com"), SENDER, uuid7())
        with pytest.raises(ValueError, match=r"CR|line"):
            write(a_letter(subject="Hi\r\nBcc: eve@example.com"), SENDER, uuid7())


class TestToken:
    def test_is_the_same_for_an_event_and_another_for_every_other(self) -> None:
        mailer = Mailer(Nowhere(), SENDER, "https://perfapi.example", b"k" * 32)
        other = Mailer(Nowhere(), SENDER, "https://perfapi.example", b"l" * 32)
        event_id = UUID(int=1)
        assert mailer.token_for(event_id) == mailer.token_for(event_id)
        assert len(mailer.token_for(event_id)) == 43
        tokens = {mailer.token_for(event_id), mailer.token_for(UUID(int=2))}
        assert len({*tokens, other.token_for(event_id)}) == 3

    def test_needs_a_key_that_is_kept(self, tmp_path: Path) -> None:
        settings = test_settings(tmp_path)
        assert open_mailer(settings).key == open_mailer(settings).key
        assert stat.S_IMODE((tmp_path / "secrets" / "letters.key").stat().st_mode) == 0o600


class TestFolder:
    async def test_keeps_letters_that_nobody_else_reads(self, tmp_path: Path) -> None:
        mailer = open_mailer(test_settings(tmp_path))
        event_id = uuid7()
        for _ in range(2):
            await mailer.send(a_letter(), event_id)

        folder = tmp_path / "mail"
        (kept,) = folder.iterdir()
        assert kept.name == f"{event_id}.eml", "another attempt replaces it"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        message = email.message_from_bytes(kept.read_bytes(), policy=as_written)
        assert message["Subject"] == "Ihr Zugang für Acme"
        assert LINK in body_of(message, "plain")

    async def test_leaves_no_half_letter(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError("no space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="no space"):
            await Folder(tmp_path / "mail").carry(write(a_letter(), SENDER, uuid7()))
        assert list((tmp_path / "mail").iterdir()) == []


class Sink:
    """What an SMTP server does: takes letters, and refuses as many as it is told to."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.refusals = 0
        self.password: str | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.refusals:
            self.refusals -= 1
            return "451 Come back later"
        self.taken.append(envelope)
        return "250 Taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, how: str, data: Any) -> Any:
        self.password = data.password.decode()
        return AuthResult(success=self.password == "p@ss word")


@pytest.fixture
def sink() -> Sink:
    return Sink()


@contextmanager
def listening(sink: Sink, **options: Any) -> Iterator[Controller]:
    controller = Controller(sink, hostname="127.0.0.1", port=free_port("127.0.0.1"), **options)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


class TestSmtp:
    async def test_hands_a_letter_over(self, sink: Sink) -> None:
        event_id = uuid7()
        with listening(sink) as server:
            mailer = smtp_mailer(f"smtp://127.0.0.1:{server.port}?starttls=off")
            await mailer.send(a_letter(), event_id)

        (taken,) = sink.taken
        assert (taken.mail_from, taken.rcpt_tos) == ("perfapi@acme.example", ["ada@example.com"])
        assert isinstance(taken.content, bytes)
        message = email.message_from_bytes(taken.content, policy=as_written)
        assert message["Message-ID"] == f"<{event_id}@acme.example>"
        assert LINK in body_of(message, "html")

    async def test_a_refusal_is_an_error_and_the_next_attempt_brings_the_same(
        self, sink: Sink
    ) -> None:
        sink.refusals = 1
        event_id = uuid7()
        with listening(sink) as server:
            mailer = smtp_mailer(f"smtp://127.0.0.1:{server.port}?starttls=off")
            with pytest.raises(NotTaken, match=r"^SMTPDataError$"):
                await mailer.send(a_letter(), event_id)
            await mailer.send(a_letter(), event_id)

        (taken,) = sink.taken
        assert isinstance(taken.content, bytes)
        assert f"<{event_id}@acme.example>".encode() in taken.content

    async def test_nobody_there_is_an_error(self) -> None:
        with pytest.raises(NotTaken, match=r"^SMTPConnectError$"):
            await smtp_mailer(f"smtp://127.0.0.1:{free_port('127.0.0.1')}").send(
                a_letter(), uuid7()
            )

    async def test_insists_on_encryption(self, sink: Sink) -> None:
        with listening(sink) as server, pytest.raises(NotTaken):
            await smtp_mailer(f"smtp://127.0.0.1:{server.port}").send(a_letter(), uuid7())
        assert sink.taken == []

    async def test_signs_in_once_it_is_encrypted(
        self, sink: Sink, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        options = {"tls_context": context, "require_starttls": True}
        with listening(sink, authenticator=sink.authenticate, **options) as server:
            url = f"smtp://perfapi:p%40ss%20word@localhost:{server.port}"
            await smtp_mailer(url).send(a_letter(), uuid7())
        assert sink.password == "p@ss word"
        assert len(sink.taken) == 1

    async def test_trusts_no_server_that_it_does_not_know(
        self, sink: Sink, certificate: Path
    ) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        unknown = pytest.raises((NotTaken, ssl.SSLError))
        with listening(sink, ssl_context=context) as server, unknown:
            await smtp_mailer(f"smtps://localhost:{server.port}").send(a_letter(), uuid7())
        assert sink.taken == []

    def test_is_chosen_by_the_settings_and_shows_no_password(self, tmp_path: Path) -> None:
        settings = test_settings(
            tmp_path, smtp_url="smtps://u:hidden@mail.example.com", mail_from=SENDER
        )
        mailer = open_mailer(settings)
        assert isinstance(mailer.carrier, Smtp)
        assert "hidden" not in repr(mailer) + repr(settings)


def smtp_mailer(url: str) -> Mailer:
    return Mailer(Smtp(url), SENDER, "https://perfapi.example", b"k" * 32)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of `localhost`, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(utcnow() - timedelta(days=1))
        .not_valid_after(utcnow() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path

"""Letters: written in plain text and HTML, and carried by SMTP or into a folder.

Whoever sends is a delivery: it tries again until a carrier has taken the letter. The letter of an
event is the same at every attempt, its Message-ID and its one-time token included, so that one
that arrives twice says nothing new.
"""

import asyncio
import hmac
import os
import secrets
import ssl
import tempfile
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as LINES_OF_SMTP
from email.utils import format_datetime, parseaddr
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from email_validator import validate_email
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.crypto import SECRET_BYTES, encode64, rewrite_secret
from perfapi.core.deliveries import Failure
from perfapi.core.settings import Settings

PATIENCE: Final = 15.0
"""Seconds for each step of SMTP; a delivery may take a minute in all."""


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing that a letter asks for."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    name: str
    language: str
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    """What it is about; the last one stands below the action, if there is one."""
    action: Action | None = None


class Carrier(Protocol):
    """Takes a message, or raises."""

    async def carry(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True)
class Folder:
    """One file per letter, which nobody else can read; another attempt replaces it."""

    path: Path

    async def carry(self, message: EmailMessage) -> None:
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        with tempfile.NamedTemporaryFile(dir=self.path, prefix=".", delete=False) as draft:
            try:
                draft.write(message.as_bytes(policy=LINES_OF_SMTP))
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).replace(self.path / f"{name}.eml")
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise


class NotTaken(Failure):
    """The mail server refused, or did not answer: only the kind of failure is told."""


@dataclass(frozen=True)
class Smtp:
    """`smtps://` is encrypted from the start, `smtp://` by STARTTLS unless that is off."""

    url: str = field(repr=False)

    async def carry(self, message: EmailMessage) -> None:
        parts = urlsplit(self.url)
        is_tls = parts.scheme == "smtps"
        try:
            await aiosmtplib.send(
                message,
                hostname=parts.hostname,
                port=parts.port,
                username=unquote(parts.username) if parts.username else None,
                password=unquote(parts.password) if parts.password else None,
                use_tls=is_tls,
                start_tls=not is_tls and not parts.query,
                tls_context=self._tls,
                local_hostname=message["From"].addresses[0].domain,
                timeout=PATIENCE,
            )
        except aiosmtplib.SMTPException as error:
            # What it says names addresses, and the log knows none.
            raise NotTaken(type(error).__name__) from None

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()


@dataclass(frozen=True)
class Nowhere:
    """The null twin: keeps what it was given."""

    carried: list[EmailMessage] = field(default_factory=list)

    async def carry(self, message: EmailMessage) -> None:
        self.carried.append(message)


@dataclass(frozen=True)
class Mailer:
    """What handlers of events are given to write letters with."""

    carrier: Carrier
    sender: str
    origin: str
    """The address that links begin with."""
    key: bytes = field(repr=False)

    def link(self, path: str) -> str:
        return self.origin + path

    def token_for(self, event_id: UUID) -> str:
        """The one-time token of an event's letter: the same at every attempt, known to nobody
        else. Its hash is what may be stored."""
        return encode64(hmac.digest(self.key, event_id.bytes, "sha256"))

    async def send(self, letter: Letter, event_id: UUID) -> None:
        await self.carrier.carry(write(letter, self.sender, event_id))


def write(letter: Letter, sender: str, event_id: UUID) -> EmailMessage:
    name, address = parseaddr(sender)
    come_from = Address(name, addr_spec=address)
    message = EmailMessage()
    message["From"] = come_from
    message["To"] = _address(letter.name, letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(utcnow())
    message["Message-ID"] = f"<{event_id}@{come_from.domain}>"
    # No robot answers, and no absence notice comes back (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_plain(letter))
    message.add_alternative(_html(letter), subtype="html")
    message["Content-Language"] = letter.language
    return message


def _address(name: str, address: str) -> Address:
    """With the domain as DNS spells it, so that only a name before the @ asks for SMTPUTF8."""
    found = validate_email(address, check_deliverability=False)
    return Address(name, username=found.local_part, domain=found.ascii_domain)


def _plain(letter: Letter) -> str:
    blocks = [letter.greeting, *letter.paragraphs]
    if letter.action:
        blocks.insert(-1, f"{letter.action.label}:\n{letter.action.url}")
    return "\n\n".join(blocks) + "\n"


def _html(letter: Letter) -> str:
    """No pictures, no styles from elsewhere, nothing that tells who reads it."""
    blocks = [f"<p>{escape(text)}</p>" for text in (letter.greeting, *letter.paragraphs)]
    if letter.action:
        url = escape(letter.action.url)
        blocks.insert(
            -1,
            f'<p style="margin:28px 0"><a href="{url}" style="{_BUTTON}">'
            f"{escape(letter.action.label)}</a></p>"
            f'<p style="font-size:13px;color:#555;word-break:break-all">{url}</p>',
        )
    return (
        f'<!doctype html><html lang="{escape(letter.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(letter.subject)}</title></head>"
        f'<body style="{_BODY}">{"".join(blocks)}</body></html>'
    )


_BODY: Final = (
    "margin:0 auto;max-width:540px;padding:24px;"
    "font:16px/1.5 system-ui,Segoe UI,Helvetica,Arial,sans-serif;color:#222"
)
_BUTTON: Final = (
    "background:#4a43c9;color:#fff;padding:12px 20px;border-radius:8px;"
    "text-decoration:none;font-weight:600"
)


_NOBODY: Final = "perfapi <perfapi@localhost>"
"""Letters in a folder have been sent by nobody yet."""


def open_mailer(settings: Settings) -> Mailer:
    """As the operator set it; nothing is asked of the SMTP server before there is a letter."""
    carrier = Smtp(settings.smtp_url) if settings.smtp_url else Folder(settings.home / "mail")
    key = rewrite_secret(
        settings.secrets / "letters.key", lambda old: old or secrets.token_bytes(SECRET_BYTES)
    )
    return Mailer(carrier, settings.mail_from or _NOBODY, settings.origin, key)


def mailer_of(session: AsyncSession) -> Mailer:
    """The mailer of the process that a handler runs in."""
    found: Mailer = session.info["mailer"]
    return found

import asyncio
from datetime import timedelta
from time import monotonic
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.adapters.mail import Mailer
from perfapi.core.clock import utcnow
from perfapi.core.crypto import token_hash
from perfapi.core.db import Sessions, in_organization
from perfapi.core.ratelimit import Policy
from perfapi.core.throttle import GuessThrottle
from perfapi.domains.auth import letters
from perfapi.domains.auth import queries as accounts
from perfapi.domains.auth.errors import TooManyAttempts
from perfapi.domains.auth.events import PasswordChanged, PasswordResetRequested
from perfapi.domains.auth.gate import Caller, Gate
from perfapi.domains.auth.queries import AccountLetter
from perfapi.domains.auth.service import hash_password
from perfapi.domains.auth.telling import tell_of_account
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.people import queries as people

from . import queries
from .errors import PasswordResetInvalid

LIFETIME: Final = timedelta(hours=1)
ANSWER_AFTER = 0.25
"""Seconds that an answer takes, so that its time does not tell whether there is an account."""

LETTERS = Policy("password-reset-letters", limit=5, window=3600, is_strict=True)
COMPLETIONS = Policy("password-resets", limit=20, window=600, is_strict=True)


async def request_password_reset(
    sessions: Sessions, gate: Gate, caller: Caller, *, email: str
) -> None:
    """Whether anything follows from it is for the owner of the address alone to know."""
    began = monotonic()
    email = email.lower()
    if gate.limiter:
        throttle = GuessThrottle(gate.limiter, "password-reset")
        if not (taken := await throttle.attempt(email, caller.address)).allowed:
            raise TooManyAttempts(headers={"Retry-After": str(taken.retry_after)})
    # Whoever asks, from wherever: a mailbox is not filled. What it got is good for an hour.
    if not gate.limiter or (await gate.limiter.take(email, LETTERS)).allowed:
        await _ask(sessions, email)
    await asyncio.sleep(ANSWER_AFTER - (monotonic() - began))


async def _ask(sessions: Sessions, email: str) -> None:
    async with sessions.begin() as session:
        account = await accounts.find_account(session, email)
    if account is None or account.password_hash is None or not account.memberships:
        return
    membership = account.memberships[0]
    async with in_organization(sessions, UUID(membership["organization_id"])) as session:
        asked = PasswordResetRequested(person_id=UUID(membership["person_id"]))
        await tell_of_account(session, asked, by=None)


async def complete_password_reset(
    sessions: Sessions, gate: Gate, caller: Caller, *, token: str, password: str
) -> None:
    """Sets the password and ends every session: whoever was in, is out."""
    if gate.limiter:
        taken = await gate.limiter.take(caller.address, COMPLETIONS)
        if not taken.allowed:
            raise TooManyAttempts(headers={"Retry-After": str(taken.retry_after)})
    hashed = token_hash(token)
    async with sessions.begin() as session:
        found = await queries.find_password_reset(session, hashed)
    if found is None:
        raise PasswordResetInvalid()
    about = (found.email, found.person_name)
    password_hash = await hash_password(gate, password, about=about, pointer="/password")
    async with in_organization(sessions, found.organization_id) as session:
        if not await queries.reset_password(session, hashed, password_hash):
            raise PasswordResetInvalid()
        changed = PasswordChanged(person_id=found.person_id)
        await tell_of_account(session, changed, by=found.person_id)


async def send_password_reset(
    session: AsyncSession, mailer: Mailer, person_id: UUID, event_id: UUID
) -> None:
    written = await accounts.account_letter(session, person_id)
    if written is None:
        return
    token = mailer.token_for(event_id)
    address = await queries.keep_password_reset(
        session, person_id, event_id, token_hash(token), utcnow() + LIFETIME
    )
    if address is None:
        return
    organization = await organizations.get_organization(session)
    letter = letters.password_reset(
        organization.language,
        to=address,
        addressee=await _addressee(session, person_id, written),
        url=mailer.link(f"/password-reset#{token}"),
    )
    await mailer.send(letter, event_id)


async def send_password_change(
    session: AsyncSession, mailer: Mailer, person_id: UUID, event_id: UUID
) -> None:
    """So that nobody's password is changed behind their back."""
    written = await accounts.account_letter(session, person_id)
    if written is None:
        return
    organization = await organizations.get_organization(session)
    letter = letters.password_changed(
        organization.language,
        to=written.address,
        addressee=await _addressee(session, person_id, written),
        origin=mailer.origin,
    )
    await mailer.send(letter, event_id)


async def _addressee(
    session: AsyncSession, person_id: UUID, written: AccountLetter
) -> letters.Addressee | None:
    """Nobody by name, where each organization may know them by another one."""
    if written.is_member_elsewhere:
        return None
    person = await people.get_person(session, person_id)
    return letters.Addressee(person.name, person.given_name)

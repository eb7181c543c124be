"""Opening, refreshing and ending sessions; passwords and invitations."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.adapters.mail import Mailer
from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.crypto import new_token, token_hash
from perfapi.core.db import Sessions, in_organization, know
from perfapi.core.doors import SCOPES
from perfapi.core.errors import TooManyRequests, Unauthenticated, Unavailable, invalid
from perfapi.core.events import publish
from perfapi.core.ratelimit import Limiter, Policy
from perfapi.core.settings import Settings
from perfapi.core.throttle import GuessThrottle
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.people import queries as people
from perfapi.domains.people.models import Person

from . import letters, policy, queries, tokens
from .errors import (
    CredentialsWrong,
    EmailMissing,
    InvitationInvalid,
    OrganizationChoice,
    PasswordWeak,
    SessionEnded,
    TooManyAttempts,
)
from .events import (
    InvitationAccepted,
    PasswordChanged,
    PersonInvited,
    RefreshTokenReused,
    SessionRevoked,
    SignedIn,
)
from .gate import Caller, Gate, Opened
from .models import Invitation, SignIn
from .passwords import Hasher, HasherBusy, Weakness, weakness
from .refreshing import Refreshing, family_hash
from .telling import tell_of_account
from .tokens import Keys, TokenRefused

SESSION_LIFETIME = timedelta(days=30)
INVITATION_LIFETIME = timedelta(days=7)

# A browser whose answer was cut off, or whose second tab was a moment faster, still holds the
# token before the current one; after this time only somebody who copied it would send it.
GRACE = timedelta(seconds=30)

REQUESTS = Policy("requests", limit=1_200, window=60)
INVITATIONS = Policy("invitations", limit=20, window=600, is_strict=True)
LETTERS = Policy("invitation-letters", limit=5, window=3600, is_strict=True)
"""To one address, whoever asks for them: nobody's mailbox is flooded in the operator's name."""

_ENTER_SESSION = text("SELECT * FROM enter_session(:session_id)")
_JOIN_ACCOUNT = text("SELECT join_account(:email, :person_id, :hash)")
_HOLD_PASSWORD = text("SELECT hold_password(:account_id, :verified)")
_SET_PASSWORD = text("SELECT set_password(:account_id, :old, :new, :kept)")


def set_up(state: Any, settings: Settings) -> None:
    state.gate = Gate(
        keys=Keys.open(settings.secrets, utcnow()),
        refreshing=Refreshing.kept(settings.secrets / "refresh.key"),
        hasher=Hasher(threads=settings.password_threads),
        limiter=Limiter(settings.redis_url)
        if settings.rate_limits and settings.redis_url
        else None,
        origin=settings.origin,
        is_https=settings.is_https,
    )


async def tear_down(state: Any) -> None:
    gate: Gate = state.gate
    gate.hasher.close()
    if gate.limiter is not None:
        await gate.limiter.aclose()


async def recognise(request: Request) -> tokens.Claims:
    """What the token of a request says, before the database is asked whether it still holds."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    gate: Gate = request.app.state.gate
    try:
        claims = tokens.read(gate.keys, token.strip(), utcnow())
    except TokenRefused as refused:
        raise Unauthenticated() from refused
    await _hold_back(gate, request, claims)
    return claims


async def authenticate(request: Request, session: AsyncSession) -> Actor:
    """The caller of a request: token, session and organization in one round trip."""
    claims = await recognise(request)
    entered = await session.execute(_ENTER_SESSION, {"session_id": claims.session})
    row = entered.one_or_none()
    if row is None or row.organization_id != claims.organization:
        raise Unauthenticated()
    know(session, organization=row.organization_id, today=row.today, you=row.person_id)
    return Actor(row.organization_id, row.person_id, claims.session, frozenset(SCOPES))


async def _hold_back(gate: Gate, request: Request, claims: tokens.Claims) -> None:
    """One bucket per session, before the database is asked anything."""
    if gate.limiter is None:
        return
    taken = await gate.limiter.take(f"{claims.organization}:{claims.session}", REQUESTS)
    request.state.answer_headers = taken.headers()
    if not taken.allowed:
        raise TooManyRequests(headers={"Retry-After": str(taken.retry_after)})


async def sign_in(
    sessions: Sessions,
    gate: Gate,
    caller: Caller,
    *,
    email: str,
    password: str,
    organization: str | None,
) -> Opened:
    """Opens a session. The password is checked between two transactions, not within one."""
    email = email.lower()
    async with sessions.begin() as session:
        account = await queries.find_account(session, email)
    verdict = await _guess(
        gate, caller, email, account.password_hash if account else None, password
    )
    if account is None or account.password_hash is None or not verdict:
        raise CredentialsWrong()
    membership = _choose(account.memberships, organization)
    person_id = UUID(membership["person_id"])
    async with in_organization(
        sessions, UUID(membership["organization_id"]), you=person_id
    ) as session:
        hashed = account.password_hash
        return await _open(session, gate, caller, account.account_id, person_id, hashed)


async def _guess(gate: Gate, caller: Caller, email: str, stored: str | None, password: str) -> bool:
    """Whether the password is right, for whoever has not been wrong too often."""
    throttle = GuessThrottle(gate.limiter) if gate.limiter else None
    if throttle and not (taken := await throttle.attempt(email, caller.address)).allowed:
        raise TooManyAttempts(headers={"Retry-After": str(taken.retry_after)})
    try:
        verdict = await gate.hasher.verify(stored, password)
    except HasherBusy as busy:
        raise Unavailable("Too many people sign in at this moment.") from busy
    if throttle and verdict.ok:
        await throttle.succeeded(email, caller.address)
    return verdict.ok


def _choose(memberships: list[dict[str, Any]], organization: str | None) -> dict[str, Any]:
    chosen = [one for one in memberships if organization in {None, one["slug"]}]
    if not chosen:
        raise CredentialsWrong()
    if len(chosen) > 1:
        choice = [{"name": one["name"], "slug": one["slug"]} for one in chosen]
        raise OrganizationChoice(organizations=choice)
    return chosen[0]


async def _open(
    session: AsyncSession, gate: Gate, caller: Caller, account: UUID, person_id: UUID, hashed: str
) -> Opened:
    """`hashed` is what the password was found to match: it may have changed since."""
    if not await session.scalar(_HOLD_PASSWORD, {"account_id": account, "verified": hashed}):
        raise CredentialsWrong()
    refresh_token = gate.refreshing.first()
    signed_in = SignIn(
        account_id=account,
        person_id=person_id,
        family_hash=family_hash(refresh_token),
        refresh_hash=token_hash(refresh_token),
        expires_at=utcnow() + SESSION_LIFETIME,
        user_agent=caller.user_agent,
    )
    session.add(signed_in)
    await session.flush()
    told = SignedIn(person_id=person_id, session_id=signed_in.id)
    publish(session, told, by=person_id)
    return await _opened(session, gate, signed_in, refresh_token)


async def _opened(
    session: AsyncSession, gate: Gate, signed_in: SignIn, refresh_token: str
) -> Opened:
    organization = await organizations.get_organization(session)
    person = await people.get_person(session, signed_in.person_id)
    access_token = tokens.issue(
        gate.keys, subject=signed_in.id, organization=organization.id, now=utcnow()
    )
    return Opened(
        access_token=access_token,
        refresh_token=refresh_token,
        session_id=signed_in.id,
        organization_id=organization.id,
        organization_name=organization.name,
        organization_slug=organization.slug,
        person_id=person.id,
        person_name=person.name,
    )


async def refresh(sessions: Sessions, gate: Gate, refresh_token: str) -> Opened:
    """Replaces the refresh token. A replaced one that comes back ends the session."""
    async with sessions.begin() as session:
        found = await queries.find_refresh(session, family_hash(refresh_token))
    if found is None:
        raise SessionEnded()
    organization_id, session_id = found
    async with in_organization(sessions, organization_id) as session:
        signed_in = await queries.lock_sign_in(session, session_id)
        opened = await _refreshed(session, gate, signed_in, refresh_token)
    if opened is None:
        raise SessionEnded()
    return opened


async def _refreshed(
    session: AsyncSession, gate: Gate, signed_in: SignIn, refresh_token: str
) -> Opened | None:
    now = utcnow()
    if signed_in.ended_at is not None or signed_in.expires_at <= now:
        return None
    person = await people.get_person(session, signed_in.person_id)
    if person.has_left:
        return None
    following = gate.refreshing.next(refresh_token)
    hashed = token_hash(refresh_token)
    if hashed == signed_in.refresh_hash:
        signed_in.previous_hash, signed_in.refreshed_at = hashed, now
        signed_in.refresh_hash = token_hash(following)
    elif hashed != signed_in.previous_hash or now - signed_in.refreshed_at > GRACE:
        signed_in.ended_at = now
        reused = RefreshTokenReused(person_id=signed_in.person_id, session_id=signed_in.id)
        publish(session, reused, by=None)
        return None
    return await _opened(session, gate, signed_in, following)


async def revoke_session(session: AsyncSession, actor: Actor, session_id: UUID) -> None:
    signed_in = await queries.get_own_sign_in(session, session_id)
    if signed_in.ended_at is None:
        signed_in.ended_at = utcnow()
        ended = SessionRevoked(person_id=actor.person_id, session_id=session_id)
        publish(session, ended, by=actor.person_id)


async def change_password(
    session: AsyncSession, gate: Gate, actor: Actor, caller: Caller, *, current: str, new: str
) -> None:
    """Ends the account's other sessions too: whoever knew the old password is out."""
    own = await queries.own_password(session, actor.session_id)
    if not await _guess(gate, caller, own.email, own.password_hash, current):
        raise invalid("/current_password", "password_wrong", "That is not your password.")
    person = await people.get_person(session, actor.person_id)
    hashed = await hash_password(gate, new, about=(own.email, person.name), pointer="/new_password")
    given = {"old": own.password_hash, "new": hashed, "kept": actor.session_id}
    given |= {"account_id": own.account_id}
    if not (await session.execute(_SET_PASSWORD, given)).scalar_one():
        raise invalid("/current_password", "password_wrong", "It was changed a moment ago.")
    changed = PasswordChanged(person_id=actor.person_id)
    await tell_of_account(session, changed, by=actor.person_id)


async def hash_password(gate: Gate, password: str, *, about: tuple[str, ...], pointer: str) -> str:
    """What to store of a new password; `pointer` is where it stood in the request."""
    if weak := weakness(password, about=about):
        raise PasswordWeak(errors=invalid(pointer, weak.value, _WEAK[weak]).errors)
    try:
        return await gate.hasher.hash(password)
    except HasherBusy as busy:
        raise Unavailable("Too many people sign in at this moment.") from busy


_WEAK = {
    weak: "Take a few words that only you would put together; not your name, no repetition."
    for weak in Weakness
}


async def invite_person(
    session: AsyncSession, actor: Actor, person_id: UUID
) -> tuple[Invitation, Person, str]:
    """An invitation with its token, which is not stored. Earlier ones end."""
    token = new_token()
    invitation, person = await _invite(session, actor, person_id, token)
    return invitation, person, token


async def mail_invitation(
    session: AsyncSession, gate: Gate, actor: Actor, person_id: UUID
) -> tuple[Invitation, Person]:
    """An invitation whose link a letter brings; whoever asks for it never sees it."""
    invitation, person = await _invite(session, actor, person_id, None)
    if gate.limiter and not (taken := await gate.limiter.take(invitation.email, LETTERS)).allowed:
        raise TooManyRequests(headers={"Retry-After": str(taken.retry_after)})
    return invitation, person


async def _invite(
    session: AsyncSession, actor: Actor, person_id: UUID, token: str | None
) -> tuple[Invitation, Person]:
    await access.ensure(session, policy.INVITE)
    person = await queries.get_person_to_invite(session, person_id)
    if person.email is None:
        raise EmailMissing()
    for earlier in await queries.open_invitations_of(session, person_id):
        earlier.expires_at = earlier.created_at
    invitation = Invitation(
        person_id=person_id,
        invited_by_id=actor.person_id,
        email=person.email,
        token_hash=token_hash(token) if token else None,
        expires_at=utcnow() + INVITATION_LIFETIME,
    )
    session.add(invitation)
    await session.flush()
    invited = PersonInvited(person_id=person_id, invitation_id=invitation.id, by_mail=token is None)
    publish(session, invited, by=actor.person_id)
    return invitation, person


async def send_invitation(
    session: AsyncSession, mailer: Mailer, invitation_id: UUID, event_id: UUID
) -> None:
    """Unless it has ended before the letter was written."""
    found = await queries.find_invitation_to_mail(session, invitation_id)
    if found is None or not await queries.may_still_be_accepted(session, found[0]):
        return
    invitation, person, inviter = found
    token = mailer.token_for(event_id)
    invitation.token_hash = token_hash(token)
    organization = await organizations.get_organization(session)
    letter = letters.invitation(
        organization.language,
        to=invitation.email,
        name=person.name,
        given_name=person.given_name,
        inviter=inviter,
        organization=organization.name,
        url=mailer.link(f"/invitation#{token}"),
    )
    await mailer.send(letter, event_id)


async def accept_invitation(
    sessions: Sessions, gate: Gate, caller: Caller, *, token: str, password: str
) -> Opened:
    """Sets the password and signs in. Who has a password already gives that one: an invitation,
    which others have seen, opens nobody's account."""
    if gate.limiter and not (taken := await gate.limiter.take(caller.address, INVITATIONS)).allowed:
        raise TooManyAttempts(headers={"Retry-After": str(taken.retry_after)})
    async with sessions.begin() as session:
        found = await queries.find_invitation(session, token_hash(token))
    if found is None:
        raise InvitationInvalid()
    organization_id, invitation_id = found
    async with in_organization(sessions, organization_id) as session:
        invitation = await queries.get_invitation(session, invitation_id)
        person = await people.get_person(session, invitation.person_id)
        if invitation.accepted_at is not None or person.has_left:
            raise InvitationInvalid()
        if person.email is None or person.email != invitation.email:
            raise InvitationInvalid()
        if not await queries.may_still_be_accepted(session, invitation):
            raise InvitationInvalid()
        account = await queries.find_account(session, person.email.lower())
        if account is None or account.password_hash is None:
            about = (person.email, person.name)
            hashed = await hash_password(gate, password, about=about, pointer="/password")
        elif await _guess(gate, caller, person.email, account.password_hash, password):
            hashed = account.password_hash
        else:
            told = "There is an account with this address: give its password."
            raise invalid("/password", "password_wrong", told)
        account_id = await join_account(session, person, hashed)
        invitation.accepted_at = utcnow()
        accepted = InvitationAccepted(person_id=person.id, invitation_id=invitation.id)
        publish(session, accepted, by=person.id)
        return await _open(session, gate, caller, account_id, person.id, hashed)


async def join_account(session: AsyncSession, person: Person, password_hash: str) -> UUID:
    """Ties the account of the person's address to them; makes it if there is none."""
    assert person.email is not None
    given = {"email": person.email.lower(), "person_id": person.id, "hash": password_hash}
    account_id: UUID | None = (await session.execute(_JOIN_ACCOUNT, given)).scalar_one()
    if account_id is None:
        raise InvitationInvalid("The person has another account already.")
    return account_id

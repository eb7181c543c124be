from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class SignedIn(Event):
    topic: ClassVar[str] = "auth.signed_in"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
    session_id: UUID


class SessionRevoked(Event):
    topic: ClassVar[str] = "auth.session_revoked"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
    session_id: UUID


class RefreshTokenReused(Event):
    """Somebody presented a refresh token that had been replaced: the session was ended."""

    topic: ClassVar[str] = "auth.refresh_token_reused"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
    session_id: UUID


class PasswordChanged(Event):
    topic: ClassVar[str] = "auth.password_changed"
    subject: ClassVar[str] = "person_id"

    person_id: UUID


class PasswordResetRequested(Event):
    """Somebody, who need not be the person, asked for a link to a new password."""

    topic: ClassVar[str] = "auth.password_reset_requested"
    subject: ClassVar[str] = "person_id"

    person_id: UUID


class PersonInvited(Event):
    topic: ClassVar[str] = "auth.person_invited"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
    invitation_id: UUID
    by_mail: bool = False
    """Whether a letter is to bring the link; else whoever invited hands it over."""


class InvitationAccepted(Event):
    topic: ClassVar[str] = "auth.invitation_accepted"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
    invitation_id: UUID

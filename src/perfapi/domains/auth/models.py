from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from perfapi.core.db import Base, Tenanted
from perfapi.core.ids import uuid7
from perfapi.core.keys import references


class Account(Base):
    """Before any organization is known: no row-level security, no grant, definer functions only."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Membership(Base):
    """The person that an account is in an organization; reached like accounts."""

    __tablename__ = "memberships"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "person_id"], ["people.organization_id", "people.id"]
        ),
        UniqueConstraint("organization_id", "person_id"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    person_id: Mapped[UUID]


class SignIn(Tenanted, Base):
    """A session: opened by signing in, ended by signing out, by a new password or by time.

    All its refresh tokens begin with the same secret, by which the session is found. Two of them
    are good: the current one, and for a moment the one before it. Any other was replaced long ago
    and copied by somebody.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        Index("uq_sessions_family_hash", "family_hash", unique=True),
        # A new password ends those that are open.
        Index("ix_sessions_open", "account_id", postgresql_where=text("ended_at IS NULL")),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    person_id: Mapped[UUID] = references("people")
    family_hash: Mapped[bytes] = mapped_column(LargeBinary)
    refresh_hash: Mapped[bytes] = mapped_column(LargeBinary)
    previous_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    refreshed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Invitation(Tenanted, Base):
    """Lets a person set the password of their account, once."""

    __tablename__ = "invitations"
    __table_args__ = (Index("uq_invitations_token_hash", "token_hash", unique=True),)

    person_id: Mapped[UUID] = references("people")
    invited_by_id: Mapped[UUID] = references("people", index=False)
    email: Mapped[str]
    """The address that was invited: the invitation ends when the person gets another one."""
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Null until the letter is written, for those that go by mail."""
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PasswordReset(Base):
    """The newest link to a new password of an account; reached like accounts.

    `event_id` is the request that it answers. The hash is gone once the link was used.
    """

    __tablename__ = "password_resets"
    __table_args__ = (Index("uq_password_resets_token_hash", "token_hash", unique=True),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    event_id: Mapped[UUID]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]

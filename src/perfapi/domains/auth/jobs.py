"""Letters that follow from what happened to an account."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.adapters.mail import mailer_of
from perfapi.core.events import on

from . import service
from .events import PasswordChanged, PasswordResetRequested, PersonInvited
from .password_resets.service import send_password_change, send_password_reset

A_DAY = timedelta(days=1)
"""For letters: a mail server that is down over night loses nobody's."""


@on(PersonInvited, patience=A_DAY)
async def mail_invitation(session: AsyncSession, event: PersonInvited, event_id: UUID) -> None:
    if event.by_mail:
        await service.send_invitation(session, mailer_of(session), event.invitation_id, event_id)


@on(PasswordResetRequested, patience=A_DAY)
async def mail_password_reset(
    session: AsyncSession, event: PasswordResetRequested, event_id: UUID
) -> None:
    await send_password_reset(session, mailer_of(session), event.person_id, event_id)


@on(PasswordChanged, patience=A_DAY)
async def mail_password_change(
    session: AsyncSession, event: PasswordChanged, event_id: UUID
) -> None:
    await send_password_change(session, mailer_of(session), event.person_id, event_id)

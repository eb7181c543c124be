from typing import Annotated
from uuid import UUID

from fastapi import Cookie, Query, Request, Response

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body

from . import policy, queries, schemas, service
from .errors import (
    CredentialsWrong,
    EmailMissing,
    InvitationInvalid,
    OrganizationChoice,
    PasswordWeak,
    SessionEnded,
    TooManyAttempts,
)
from .gate import Opened, caller_of

router = Router(tags=["auth"])

Reader = Annotated[Actor, requires("auth:read")]
Writer = Annotated[Actor, requires("auth:write")]

COOKIE = "perfapi_refresh"
COOKIE_PATH = "/v1/auth"


@router.post(
    "/auth/sessions",
    repeatable=False,
    status_code=201,
    responses=problems(CredentialsWrong, OrganizationChoice, TooManyAttempts),
)
async def create_session(
    request: Request, body: Body[schemas.SessionCreate]
) -> Json[schemas.OpenedSession]:
    """Sign in with e-mail address and password.

    The access token is in the answer, the refresh token in a cookie that scripts of the page
    cannot read. Who belongs to several organizations sends the `slug` of one.
    """
    state = request.app.state
    opened = await service.sign_in(
        state.sessions,
        state.gate,
        caller_of(request),
        email=body.email,
        password=body.password,
        organization=body.organization,
    )
    return _answer(request, opened).created(f"/v1/auth/sessions/{opened.session_id}")


@router.post("/auth/refresh", repeatable=False, responses=problems(SessionEnded))
async def refresh_session(
    request: Request,
    perfapi_refresh: Annotated[str | None, Cookie(max_length=200)] = None,
) -> Json[schemas.OpenedSession]:
    """Get a new access token with the refresh token of the cookie, which is replaced.

    A refresh token works once. If one that was replaced comes back later, somebody copied it, and
    the session ends.
    """
    if not perfapi_refresh:
        raise SessionEnded()
    state = request.app.state
    return _answer(request, await service.refresh(state.sessions, state.gate, perfapi_refresh))


@router.get("/auth/sessions")
async def list_sessions(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.SessionFilter, Query()]
) -> Json[schemas.SessionPage]:
    """Your own sessions that are open, the newest first."""
    return await queries.list_sessions(session, actor, filters)


@router.delete("/auth/sessions/current", status_code=204)
async def sign_out(session: TenantSession, actor: Writer, response: Response) -> None:
    """End the session of this access token. It counts from the next request on."""
    await service.revoke_session(session, actor, actor.session_id)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict")


@router.delete("/auth/sessions/{session_id}", status_code=204, responses=problems(NotFound))
async def revoke_session(session: TenantSession, actor: Writer, session_id: UUID) -> None:
    """End one of your sessions, for example on a device that you lost."""
    await service.revoke_session(session, actor, session_id)


@router.post(
    "/auth/password",
    repeatable=False,
    status_code=204,
    responses=problems(PasswordWeak, TooManyAttempts),
)
async def change_password(
    request: Request,
    session: TenantSession,
    actor: Writer,
    body: Body[schemas.PasswordChange],
) -> None:
    """Change your password. Your other sessions end, those in other organizations too."""
    await service.change_password(
        session,
        request.app.state.gate,
        actor,
        caller_of(request),
        current=body.current_password,
        new=body.new_password,
    )


@router.post(
    "/auth/invitations",
    repeatable=False,
    status_code=201,
    responses=problems(NotFound, policy.OnlyHr, policy.OnlyAdministrators, EmailMissing),
)
async def invite_person(
    request: Request,
    session: TenantSession,
    actor: Writer,
    body: Body[schemas.InvitationCreate],
) -> Json[schemas.Invitation]:
    """Invite a person to set a password. The link is in the answer, once, and works for a week."""
    invitation, person, token = await service.invite_person(session, actor, body.person_id)
    return queries.invitation_document(
        id=invitation.id,
        person={"id": person.id, "name": person.name},
        token=token,
        url=f"{request.app.state.gate.origin}/invitation#{token}",
        expires_at=invitation.expires_at,
    ).created(f"/v1/auth/invitations/{invitation.id}")


@router.post(
    "/auth/invitations/mail",
    status_code=202,
    responses=problems(NotFound, policy.OnlyHr, policy.OnlyAdministrators, EmailMissing),
)
async def mail_invitation(
    request: Request,
    session: TenantSession,
    actor: Writer,
    body: Body[schemas.InvitationCreate],
) -> Json[schemas.MailedInvitation]:
    """Invite a person by mail. The letter brings the link, which nobody else gets to see.

    It works for a week. Earlier invitations of the person end. At most five letters an hour go to
    one address.
    """
    gate = request.app.state.gate
    invitation, person = await service.mail_invitation(session, gate, actor, body.person_id)
    return queries.mailed_invitation(
        id=invitation.id,
        person={"id": person.id, "name": person.name},
        email=invitation.email,
        expires_at=invitation.expires_at,
        goes_by="smtp" if request.app.state.settings.smtp_url else "folder",
    ).accepted(f"/v1/auth/invitations/{invitation.id}")


@router.post(
    "/auth/invitations/accept",
    repeatable=False,
    status_code=201,
    responses=problems(InvitationInvalid, PasswordWeak, TooManyAttempts),
)
async def accept_invitation(
    request: Request, body: Body[schemas.InvitationAcceptance]
) -> Json[schemas.OpenedSession]:
    """Set a password with an invitation, and sign in.

    Who has an account with this address already (in another organization) gives its password.
    """
    state = request.app.state
    opened = await service.accept_invitation(
        state.sessions,
        state.gate,
        caller_of(request),
        token=body.token,
        password=body.password,
    )
    return _answer(request, opened).created(f"/v1/auth/sessions/{opened.session_id}")


@router.get("/me")
async def get_me(session: TenantSession, actor: Reader) -> Json[schemas.Me]:
    """Who you are, your roles, and what is open to you in this organization."""
    return await queries.read_me(session, actor)


def _answer(request: Request, opened: Opened) -> Json[schemas.OpenedSession]:
    answer = queries.opened(**opened.members())
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        COOKIE,
        opened.refresh_token,
        max_age=int(service.SESSION_LIFETIME.total_seconds()),
        path=COOKIE_PATH,
        secure=request.app.state.gate.is_https,
        httponly=True,
        samesite="strict",
    )
    return answer

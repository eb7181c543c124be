from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    exists,
    func,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.binds import YOU
from perfapi.core.db import one_or_404, own_rows
from perfapi.core.documents import children, documents, json_object
from perfapi.core.errors import NotFound
from perfapi.core.listings import Listing, page
from perfapi.domains.organizations.models import Organization
from perfapi.domains.people.models import Chain, Person, Role, RoleAssignment, Status
from perfapi.domains.people.queries import department_ref, visible_person_ids
from perfapi.domains.people.schemas import PersonRef

from . import policy, schemas
from .models import Invitation, SignIn

CURRENT: ColumnElement[UUID] = bindparam("current", type_=Uuid())

_SESSIONS = Listing(
    schemas.SessionPage,
    documents(schemas.Session, SignIn, is_current=SignIn.id == CURRENT).where(
        policy.SESSIONS, SignIn.ended_at.is_(None), SignIn.expires_at > func.now()
    ),
    schemas.SessionFilter,
)


class FoundAccount(NamedTuple):
    account_id: UUID
    password_hash: str | None
    memberships: list[dict[str, Any]]
    """Of organizations that the person has not left: organization_id, slug, name, person_id."""


_FIND_ACCOUNT = text("SELECT * FROM find_account(:email)")
_FIND_REFRESH = text("SELECT * FROM find_refresh(:hash)")
_FIND_INVITATION = text("SELECT * FROM find_invitation(:hash)")
_ACCOUNT_LETTER = text("SELECT * FROM account_letter(:person_id)")
_PASSWORD_OF = text("SELECT * FROM password_of(:session_id)")


async def find_account(session: AsyncSession, email: str) -> FoundAccount | None:
    row = (await session.execute(_FIND_ACCOUNT, {"email": email})).one_or_none()
    return None if row is None else FoundAccount(*row)


async def find_refresh(session: AsyncSession, hashed: bytes) -> tuple[UUID, UUID] | None:
    """Organization and session of a family of refresh tokens."""
    row = (await session.execute(_FIND_REFRESH, {"hash": hashed})).one_or_none()
    return None if row is None else (row.organization_id, row.session_id)


async def find_invitation(session: AsyncSession, hashed: bytes) -> tuple[UUID, UUID] | None:
    row = (await session.execute(_FIND_INVITATION, {"hash": hashed})).one_or_none()
    return None if row is None else (row.organization_id, row.invitation_id)


class AccountLetter(NamedTuple):
    address: str
    is_member_elsewhere: bool


async def account_letter(session: AsyncSession, person_id: UUID) -> AccountLetter | None:
    """None if another organization of the account writes it: all of them are told, one writes."""
    row = (await session.execute(_ACCOUNT_LETTER, {"person_id": person_id})).one_or_none()
    return None if row is None else AccountLetter(*row)


class OwnPassword(NamedTuple):
    account_id: UUID
    email: str
    password_hash: str | None


async def own_password(session: AsyncSession, session_id: UUID) -> OwnPassword:
    return OwnPassword(*(await session.execute(_PASSWORD_OF, {"session_id": session_id})).one())


async def lock_sign_in(session: AsyncSession, session_id: UUID) -> SignIn:
    return await one_or_404(
        session, select(SignIn).where(SignIn.id == session_id).with_for_update()
    )


async def get_own_sign_in(session: AsyncSession, session_id: UUID) -> SignIn:
    return await access.load(session, policy.SESSIONS, session_id, entity=SignIn)


async def get_person_to_invite(session: AsyncSession, person_id: UUID) -> Person:
    """Whom YOU see, and may hand an invitation to."""
    found = select(Person, policy.MAY_INVITE.condition).where(Person.id == person_id)
    row = (await session.execute(found)).one_or_none()
    if row is None or not await visible_person_ids(session, {person_id}):
        raise NotFound()
    person, allowed = row
    if not allowed:
        raise policy.MAY_INVITE.problem()
    invited: Person = person
    return invited


async def open_invitations_of(session: AsyncSession, person_id: UUID) -> list[Invitation]:
    found = select(Invitation).where(
        Invitation.person_id == person_id,
        Invitation.accepted_at.is_(None),
        Invitation.expires_at > func.now(),
    )
    return list(await session.scalars(found))


async def find_invitation_to_mail(
    session: AsyncSession, invitation_id: UUID
) -> tuple[Invitation, Person, str] | None:
    """The invitation, who is invited, and the inviter's name; None if it has ended meanwhile."""
    inviter = aliased(Person)
    found = (
        select(Invitation, Person, inviter.name)
        .join(Person, Person.id == Invitation.person_id)
        .join(inviter, inviter.id == Invitation.invited_by_id)
        .where(
            Invitation.id == invitation_id,
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > func.now(),
            Person.email == Invitation.email,
            Person.status != Status.LEFT,
        )
        .with_for_update(of=Invitation)
    )
    row = (await session.execute(found)).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


async def may_still_be_accepted(session: AsyncSession, invitation: Invitation) -> bool:
    """Not if the person got a role since, unless an administrator handed it out."""
    held, admin = aliased(RoleAssignment), aliased(RoleAssignment)
    holds = exists(select(1).where(held.person_id == invitation.person_id))
    by_admin = exists(
        select(1).where(admin.person_id == invitation.invited_by_id, admin.role == Role.ADMIN)
    )
    return bool((await session.execute(own_rows(select(~holds | by_admin)))).scalar_one())


async def get_invitation(session: AsyncSession, invitation_id: UUID) -> Invitation:
    """Locked: an invitation is accepted once."""
    found = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    return await one_or_404(session, found)


async def list_sessions(
    session: AsyncSession, actor: Actor, filters: schemas.SessionFilter
) -> Json[schemas.SessionPage]:
    return await page(session, _SESSIONS, filters, current=actor.session_id)


@cache
def _me() -> Select[Any]:
    """Built at its first use, when every domain has registered its acts."""
    members: dict[str, ColumnElement[Any] | InstrumentedAttribute[Any]] = {
        "person": json_object(PersonRef, Person),
        "organization": json_object(schemas.OrganizationRef, Organization),
        "language": Organization.language,
        "time_zone": Organization.time_zone,
        "roles": _roles(),
        "scopes": bindparam("scopes", type_=JSON()),
        "permissions": access.permissions(**access.EVERYWHERE),
        "manages_people": exists(select(1).where(Chain.manager_id == YOU)),
    }
    document = json_object(schemas.Me, None, **members)
    return own_rows(
        select(cast(document, Text))
        .join_from(Person, Organization, Organization.id == Person.organization_id)
        .where(Person.id == YOU)
    )


def _roles() -> ColumnElement[Any]:
    return children(
        schemas.HeldRole,
        RoleAssignment,
        RoleAssignment.person_id == YOU,
        department=department_ref(RoleAssignment.department_id),
    )


async def read_me(session: AsyncSession, actor: Actor) -> Json[schemas.Me]:
    scopes = sorted(actor.scopes)
    document = (await session.execute(_me(), {"scopes": scopes})).scalar_one()
    return Json(document)


def opened(**members: Any) -> Json[schemas.OpenedSession]:
    return Json(to_json(members))


def mailed_invitation(**members: Any) -> Json[schemas.MailedInvitation]:
    return Json(to_json(members))


def invitation_document(**members: Any) -> Json[schemas.Invitation]:
    return Json(to_json(members))


async def people_with_address(session: AsyncSession) -> list[Person]:
    """Everybody who could sign in."""
    found = select(Person).where(Person.email.is_not(None), Person.status != Status.LEFT)
    return list(await session.scalars(found.order_by(Person.id)))

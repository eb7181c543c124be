from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, EmailStr, Field

from perfapi.core.schema import Input, Output, Page, PageQuery
from perfapi.domains.people.schemas import PersonRef, Ref

_AS_DOTS = {"format": "password"}
Password = Annotated[str, Field(min_length=10, max_length=1000, json_schema_extra=_AS_DOTS)]
Token = Annotated[str, Field(min_length=20, max_length=200)]
Slug = Annotated[str, Field(min_length=2, max_length=63, pattern=r"^[a-z0-9][a-z0-9-]+$")]


class OrganizationRef(Output):
    id: UUID
    name: str
    slug: str


class SessionCreate(Input):
    email: Annotated[EmailStr, Field(max_length=254)]
    password: Annotated[str, Field(max_length=1000, json_schema_extra=_AS_DOTS)]
    organization: Annotated[
        Slug | None, Field(description="The slug; only needed if you belong to several.")
    ] = None


class OpenedSession(Output):
    """What a client needs to call the API. The refresh token comes as a cookie, not here."""

    access_token: Annotated[str, Field(description="Send it as `Authorization: Bearer ...`.")]
    token_type: Literal["Bearer"]
    expires_in: Annotated[int, Field(description="Seconds until the access token expires.")]
    session_id: UUID
    organization: OrganizationRef
    person: Ref


class Session(Output):
    """One of your sessions: a browser or a script that is signed in."""

    id: UUID
    created_at: AwareDatetime
    refreshed_at: Annotated[AwareDatetime, Field(description="When it last got a new token.")]
    expires_at: AwareDatetime
    user_agent: str | None
    is_current: bool


class SessionPage(Page[Session]):
    pass


class SessionFilter(PageQuery):
    pass


class PasswordChange(Input):
    current_password: Annotated[str, Field(max_length=1000)]
    new_password: Password


class InvitationCreate(Input):
    person_id: UUID


class Invitation(Output):
    """Hand `url` to the person: it is shown once and works once."""

    id: UUID
    person: Ref
    token: str
    url: str
    expires_at: AwareDatetime


class MailedInvitation(Output):
    """The link is on its way to the person, and known to nobody else."""

    id: UUID
    person: Ref
    email: str
    expires_at: AwareDatetime
    goes_by: Annotated[
        Literal["smtp", "folder"],
        Field(description="`folder`: no SMTP server is set, so it waits on the server's disk."),
    ]


class InvitationAcceptance(Input):
    token: Token
    password: Password


class HeldRole(Output):
    role: Literal["admin", "hr"]
    department: Annotated[Ref | None, Field(description="HR of this department; null: of all.")]


class Me(Output):
    """Who you are and what is open to you in this organization."""

    person: PersonRef
    organization: OrganizationRef
    language: Annotated[str, Field(description="The organization's default language.")]
    time_zone: str
    roles: list[HeldRole]
    scopes: Annotated[list[str], Field(description="What this credential was made for.")]
    permissions: Annotated[
        list[str], Field(description="Acts on the organization as a whole that are open to you.")
    ]
    manages_people: Annotated[bool, Field(description="Whether somebody reports to you.")]

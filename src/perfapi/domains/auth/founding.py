"""`perfapi organization add`: an organization, and somebody in it who can let the others in."""

import re
import unicodedata
from typing import Annotated

from pydantic import Field, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import create_engine, create_sessions, enter, facts
from perfapi.core.errors import Problem
from perfapi.core.ids import uuid7
from perfapi.core.schema import Input, Line
from perfapi.core.settings import Settings
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.organizations.schemas import Language, TimeZone
from perfapi.domains.organizations.service import found_organization
from perfapi.domains.people.schemas import Email, FamilyName, GivenName
from perfapi.domains.people.service import add_first_administrator

from . import service

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Founding(Input):
    """What the operator says of a new organization."""

    name: Line
    short_name: Slug
    admin_email: Email
    given_name: GivenName
    family_name: FamilyName
    time_zone: TimeZone
    language: Language


class FoundingFailed(Exception):
    """One line for whoever started the command."""


def read(given: dict[str, str]) -> Founding:
    """The short name follows from the name, the administrator's from the parts of theirs."""
    first, _, last = " ".join(given["admin_name"].split()).partition(" ")
    values = {
        "name": given["name"],
        "short_name": given["short_name"] or short_name_of(given["name"]),
        "admin_email": given["admin_email"],
        "given_name": first,
        "family_name": last,
        "time_zone": given["time_zone"],
        "language": given["language"],
    }
    try:
        return Founding.model_validate(values, strict=False)
    except ValidationError as error:
        first_problem = error.errors()[0]
        option = _OPTIONS[str(first_problem["loc"][0])]
        raise FoundingFailed(f"{option}: {first_problem['msg']}") from error


def short_name_of(name: str) -> str:
    """`Halden Optics` is halden-optics; what ASCII lacks is taken apart or dropped."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


async def add_organization(settings: Settings, founding: Founding) -> str:
    """All of it or nothing; answers the link that lets the administrator in."""
    assert settings.database_app_url is not None
    engine = create_engine(settings.database_app_url)
    try:
        async with create_sessions(engine).begin() as session:
            token = await found(session, founding)
    except Problem as problem:
        raise FoundingFailed(problem.detail or problem.title) from problem
    finally:
        await engine.dispose()
    return f"{settings.origin}/invitation#{token}"


async def found(session: AsyncSession, founding: Founding) -> str:
    """Answers the token of the invitation for its administrator."""
    if await organizations.find_organization(session, founding.short_name):
        raise FoundingFailed("--short-name: another organization has it")
    organization = await found_organization(
        session,
        name=founding.name,
        slug=founding.short_name,
        time_zone=founding.time_zone,
        language=founding.language,
    )
    administrator = await add_first_administrator(
        session,
        given_name=founding.given_name,
        family_name=founding.family_name,
        email=founding.admin_email,
        hired_on=facts(session)["today"],
    )
    await enter(session, organization, you=administrator.id)
    actor = Actor(organization, administrator.id, uuid7(), frozenset())
    _, _, token = await service.invite_person(session, actor, administrator.id)
    return token


_OPTIONS = {
    "name": "NAME",
    "short_name": "--short-name",
    "admin_email": "--admin-email",
    "given_name": "--admin-name",
    "family_name": "--admin-name",
    "time_zone": "--time-zone",
    "language": "--language",
}

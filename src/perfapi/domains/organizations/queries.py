from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Text, bindparam, cast, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import permissions
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.db import facts
from perfapi.core.documents import json_object
from perfapi.core.errors import Invalid, InvalidPart

from . import policy, schemas
from .models import Organization

_DOCUMENT = select(
    cast(
        json_object(
            schemas.OrganizationDocument,
            Organization,
            permissions=permissions(edit=policy.MAY_EDIT),
        ),
        Text,
    ),
    Organization.version,
).where(Organization.id == ORGANIZATION)


async def read_organization(session: AsyncSession) -> Json[schemas.OrganizationDocument]:
    document, version = (await session.execute(_DOCUMENT)).one()
    return Json(document, version=version)


async def get_organization_to_edit(session: AsyncSession) -> Organization:
    statement = select(Organization, policy.MAY_EDIT.condition).where(
        Organization.id == ORGANIZATION
    )
    organization, allowed = (await session.execute(statement)).one()
    if not allowed:
        raise policy.MAY_EDIT.problem()
    found: Organization = organization
    return found


_FIND = text("SELECT find_organization(:slug)")


async def find_organization(session: AsyncSession, slug: str | None) -> UUID | None:
    """For commands of the operator: the one of that short name; without, the only one there is."""
    found: UUID | None = (await session.execute(_FIND, {"slug": slug})).scalar_one()
    return found


_HAS_ANY = text("SELECT has_organizations()")


async def has_organizations(session: AsyncSession) -> bool:
    """Whether anybody has founded one here; a demo that was not completed does not count."""
    return bool((await session.execute(_HAS_ANY)).scalar_one())


async def get_organization(session: AsyncSession) -> Organization:
    found = select(Organization).where(Organization.id == ORGANIZATION)
    return (await session.scalars(found, facts(session))).one()


async def read_section(session: AsyncSession, name: str) -> dict[str, Any]:
    """What the organization set in the section that a domain declares; empty by default."""
    found = select(Organization.settings).where(Organization.id == ORGANIZATION)
    settings: dict[str, Any] = (await session.scalars(found)).one()
    section: dict[str, Any] = settings.get(name, {})
    return section


_AT = bindparam("at", type_=DateTime(timezone=True))
_DAY_OF = select(cast(func.timezone(Organization.time_zone, _AT), Date)).where(
    Organization.id == ORGANIZATION
)


async def day_of(session: AsyncSession, at: datetime) -> date:
    """The calendar day of an instant, by the organization's clocks."""
    day: date = (await session.execute(_DAY_OF, {"at": at})).scalar_one()
    return day


_DAY = bindparam("day", type_=Date())
_END_OF_DAY = select(
    func.timezone(Organization.time_zone, cast(_DAY, DateTime(timezone=False)))
).where(Organization.id == ORGANIZATION)
_NOW = select(func.statement_timestamp())


async def instant_of(session: AsyncSession, as_of: date | None) -> datetime | None:
    """The instant itself (of a `datetime`), or the end of a day by the organization's clocks.

    None is now, and so is today. Nothing is known of what is to come.
    """
    if as_of is None:
        return None
    if isinstance(as_of, datetime):
        if as_of > (await session.execute(_NOW)).scalar_one():
            raise _not_yet()
        return as_of
    today: date = facts(session)["today"]
    if as_of > today:
        raise _not_yet()
    if as_of == today:
        return None
    next_day = as_of + timedelta(days=1)
    midnight: datetime = (await session.execute(_END_OF_DAY, {"day": next_day})).scalar_one()
    return midnight - timedelta(microseconds=1)


def _not_yet() -> Invalid:
    detail = "Nothing is known yet of what is to come."
    return Invalid(errors=[InvalidPart(parameter="as_of", code="in_the_future", detail=detail)])

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import enter
from perfapi.core.events import publish
from perfapi.core.ids import uuid7

from . import queries
from .events import OrganizationChanged
from .schemas import OrganizationUpdate

_FOUND = text("SELECT found_organization(:id, :name, :slug, :time_zone, :language)")


async def found_organization(
    session: AsyncSession, *, name: str, slug: str, time_zone: str = "UTC", language: str = "en"
) -> UUID:
    """Opens an organization and enters it. For the operator: no request can do this."""
    organization_id = uuid7()
    given = {"name": name, "slug": slug, "time_zone": time_zone, "language": language}
    await session.execute(_FOUND, {"id": organization_id, **given})
    await enter(session, organization_id)
    return organization_id


async def update_organization(
    session: AsyncSession, actor: Actor, body: OrganizationUpdate, version: int | None
) -> None:
    organization = await queries.get_organization_to_edit(session)
    organization.expect(version)
    changes = body.model_dump()
    for field, value in changes.items():
        setattr(organization, field, value)
    _tell(session, actor, organization.id, list(changes))


async def update_section(
    session: AsyncSession, actor: Actor, name: str, changes: dict[str, Any]
) -> None:
    """Sets some settings of one section; the values are JSON already."""
    organization = await queries.get_organization_to_edit(session)
    section = organization.settings.get(name, {}) | changes
    organization.settings = organization.settings | {name: section}
    _tell(session, actor, organization.id, [f"settings.{name}.{field}" for field in changes])


def _tell(session: AsyncSession, actor: Actor, organization_id: UUID, fields: list[str]) -> None:
    if fields:
        changed = OrganizationChanged(id=organization_id, fields=fields)
        publish(session, changed, by=actor.person_id)

from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import permissions
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.documents import json_object
from perfapi.domains.goals import measures, policy
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.organizations.models import Organization

from . import schemas

# The section is stored with the organization, whose version counts its changes.
_SETTINGS = select(
    cast(
        json_object(
            schemas.GoalSettings,
            Organization,
            **{name: measures.setting(name) for name in measures.DEFAULTS},
            permissions=permissions(edit=policy.MAY_CONFIGURE),
        ),
        Text,
    ),
    Organization.version,
).where(Organization.id == ORGANIZATION)


async def read_goal_settings(session: AsyncSession) -> Json[schemas.GoalSettings]:
    await session.flush()
    document, version = (await session.execute(_SETTINGS)).one()
    return Json(document, version=version)


async def get_goal_settings(session: AsyncSession) -> dict[str, Any]:
    return measures.DEFAULTS | await organizations.read_section(session, measures.SECTION)

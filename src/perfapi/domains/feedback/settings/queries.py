import json
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import permissions
from perfapi.core.answers import Json
from perfapi.core.binds import ORGANIZATION
from perfapi.core.documents import json_object
from perfapi.domains.feedback import customs, policy
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.organizations.models import Organization

from . import schemas


def _setting(name: str) -> ColumnElement[Any]:
    default = cast(literal_column(f"'{json.dumps(customs.DEFAULTS[name])}'"), JSONB)
    return func.coalesce(Organization.settings[(customs.SECTION, name)], default, type_=JSONB)


# The section is stored with the organization, whose version counts its changes.
_SETTINGS = select(
    cast(
        json_object(
            schemas.FeedbackSettings,
            Organization,
            **{name: _setting(name) for name in customs.DEFAULTS},
            permissions=permissions(edit=policy.MAY_CONFIGURE),
        ),
        Text,
    ),
    Organization.version,
).where(Organization.id == ORGANIZATION)


async def read_feedback_settings(session: AsyncSession) -> Json[schemas.FeedbackSettings]:
    await session.flush()
    document, version = (await session.execute(_SETTINGS)).one()
    return Json(document, version=version)


async def get_feedback_settings(session: AsyncSession) -> dict[str, Any]:
    return customs.DEFAULTS | await organizations.read_section(session, customs.SECTION)

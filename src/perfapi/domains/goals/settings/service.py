from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.errors import invalid
from perfapi.domains.goals import measures, policy
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.organizations import service as organizations_service

from . import queries
from .schemas import GoalSettingsUpdate


async def update_goal_settings(
    session: AsyncSession, actor: Actor, body: GoalSettingsUpdate, version: int | None
) -> None:
    await access.ensure(session, policy.MAY_CONFIGURE)
    organization = await organizations.get_organization_to_edit(session)
    organization.expect(version)
    changes = body.model_dump(mode="json")
    settings = await queries.get_goal_settings(session) | changes
    if Decimal(settings["at_risk_from"]) > Decimal(settings["on_track_from"]):
        pointer = "/at_risk_from" if "at_risk_from" in changes else "/on_track_from"
        raise invalid(pointer, "thresholds_crossed", "At risk begins below on track.")
    if changes:
        await organizations_service.update_section(session, actor, measures.SECTION, changes)

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.errors import invalid
from perfapi.domains.feedback import policy
from perfapi.domains.feedback.customs import CHOICES, SECTION
from perfapi.domains.organizations import queries as organizations
from perfapi.domains.organizations import service as organizations_service

from .schemas import FeedbackSettingsUpdate


async def update_feedback_settings(
    session: AsyncSession, actor: Actor, body: FeedbackSettingsUpdate, version: int | None
) -> None:
    """What was given before keeps its audience."""
    await access.ensure(session, policy.MAY_CONFIGURE)
    organization = await organizations.get_organization_to_edit(session)
    organization.expect(version)
    changes = body.model_dump(mode="json")
    for kind, choices in CHOICES.items():
        field = f"{kind.value}_visibilities"
        for place, choice in enumerate(changes.get(field, [])):
            if choice not in choices:
                detail = f"{kind.value.capitalize()} cannot be given so."
                raise invalid(f"/{field}/{place}", "not_a_choice", detail)
        if field in changes:
            changes[field] = [one.value for one in choices if one.value in changes[field]]
    if "coach_off" in changes:
        changes["coach_off"] = sorted(set(changes["coach_off"]))
    if changes:
        await organizations_service.update_section(session, actor, SECTION, changes)

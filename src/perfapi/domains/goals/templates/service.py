from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.errors import invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals.models import KeyResultKind

from . import policy, queries
from .events import GoalTemplateAdded, GoalTemplateChanged, GoalTemplateRemoved
from .models import GoalTemplate
from .schemas import GoalTemplateCreate, GoalTemplateUpdate, TemplateKeyResultInput


async def add_goal_template(session: AsyncSession, actor: Actor, body: GoalTemplateCreate) -> UUID:
    await access.ensure(session, policy.MANAGE_TEMPLATES)
    ensure_sense(body.key_results)
    fields = _stored(body)
    template = GoalTemplate(id=uuid7(), created_by_id=actor.person_id, **fields)
    session.add(template)
    publish(session, GoalTemplateAdded(goal_template_id=template.id), by=actor.person_id)
    return template.id


async def update_goal_template(
    session: AsyncSession,
    actor: Actor,
    template_id: UUID,
    body: GoalTemplateUpdate,
    version: int | None,
) -> None:
    template = await queries.get_goal_template(session, template_id, policy.MANAGE_TEMPLATES)
    template.expect(version)
    changes = _stored(body)
    if "key_results" in changes:
        ensure_sense(body.key_results)  # type: ignore[arg-type]
    for field, value in changes.items():
        setattr(template, field, value)
    if changes:
        changed = GoalTemplateChanged(goal_template_id=template.id, fields=sorted(changes))
        publish(session, changed, by=actor.person_id)


async def remove_goal_template(
    session: AsyncSession, actor: Actor, template_id: UUID, version: int | None
) -> None:
    """Goals that began with it stay as they are."""
    template = await queries.get_goal_template(session, template_id, policy.MANAGE_TEMPLATES)
    template.expect(version)
    await session.delete(template)
    publish(session, GoalTemplateRemoved(goal_template_id=template.id), by=actor.person_id)


def _stored(body: GoalTemplateCreate | GoalTemplateUpdate) -> dict[str, object]:
    """Key results as JSON, their decimals as text; everything else as it is."""
    as_json = body.model_dump(mode="json", include={"key_results"})
    return body.model_dump(exclude={"key_results"}) | as_json


def ensure_sense(
    key_results: Sequence[TemplateKeyResultInput], *, at: str = "/key_results"
) -> None:
    for place, key_result in enumerate(key_results):
        if key_result.target == key_result.start:
            detail = "The target must differ from the start."
            raise invalid(f"{at}/{place}/target", "target_is_start", detail)
        if key_result.kind is KeyResultKind.PERCENT and key_result.unit is not None:
            raise invalid(f"{at}/{place}/unit", "percent_has_no_unit", "Percent has no other unit.")

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.goals.key_results import kinds

from . import policy, queries
from .events import GoalTemplateAdded, GoalTemplateChanged, GoalTemplateRemoved
from .models import GoalTemplate
from .schemas import GoalTemplateCreate, GoalTemplateUpdate, TemplateKeyResultInput


async def add_goal_template(session: AsyncSession, actor: Actor, body: GoalTemplateCreate) -> UUID:
    await access.ensure(session, policy.MANAGE_TEMPLATES)
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
    fields = body.model_dump(exclude={"key_results"})
    if isinstance(body.key_results, list):
        fields["key_results"] = [
            _stored_key_result(one, at=f"/key_results/{place}")
            for place, one in enumerate(body.key_results)
        ]
    return fields


def _stored_key_result(body: TemplateKeyResultInput, *, at: str) -> dict[str, object]:
    """By the rules of every key result; as it would be sent, so that it sets one as it stands."""
    kinds.columns(body.kind, body.model_dump(), pointer=at)
    as_json = body.model_dump(mode="json")
    if kinds.is_range(body.kind) and as_json["start"] is None:
        as_json["start"] = "0"
    return as_json | {"milestones": as_json["milestones"] or []}

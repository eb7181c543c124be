from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.clock import utcnow
from perfapi.core.events import publish
from perfapi.core.ids import uuid7

from . import policy, queries
from .events import CompanyValueAdded, CompanyValueChanged
from .models import CompanyValue
from .schemas import CompanyValueCreate, CompanyValueUpdate


async def add_company_value(session: AsyncSession, actor: Actor, body: CompanyValueCreate) -> UUID:
    await access.ensure(session, policy.MANAGE_VALUES)
    value = CompanyValue(id=uuid7(), **body.model_dump())
    session.add(value)
    publish(session, CompanyValueAdded(company_value_id=value.id), by=actor.person_id)
    return value.id


async def update_company_value(
    session: AsyncSession,
    actor: Actor,
    value_id: UUID,
    body: CompanyValueUpdate,
    version: int | None,
) -> None:
    value = await queries.get_company_value(session, value_id, policy.MANAGE_VALUES)
    value.expect(version)
    changes = body.model_dump()
    if "archived" in changes:
        is_archived = changes.pop("archived")
        if is_archived != (value.archived_at is not None):
            changes["archived_at"] = utcnow() if is_archived else None
    for field, new in changes.items():
        setattr(value, field, new)
    if changes:
        changed = CompanyValueChanged(company_value_id=value.id, fields=sorted(changes))
        publish(session, changed, by=actor.person_id)

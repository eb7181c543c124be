from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.access import Act, load, permissions
from perfapi.core.answers import Json
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page

from . import policy, schemas
from .library import find_templates
from .models import GoalTemplate

_TEMPLATE = documents(
    schemas.GoalTemplate,
    GoalTemplate,
    permissions=permissions(edit=policy.MANAGE_TEMPLATES, remove=policy.MANAGE_TEMPLATES),
).where(policy.VISIBLE)

_TEMPLATES = Listing(
    schemas.GoalTemplatePage,
    _TEMPLATE,
    schemas.GoalTemplateFilter,
    sorts={"title": (GoalTemplate.title, GoalTemplate.id)},
    q=lambda text: func.strpos(func.lower(GoalTemplate.title), func.lower(text)) > 0,
)


def read_library(filters: schemas.LibraryFilter) -> Json[schemas.GoalTemplateLibrary]:
    return Json(to_json({"items": find_templates(filters)}))


async def list_goal_templates(
    session: AsyncSession, filters: schemas.GoalTemplateFilter
) -> Json[schemas.GoalTemplatePage]:
    return await page(session, _TEMPLATES, filters)


async def read_goal_template(
    session: AsyncSession, template_id: UUID
) -> Json[schemas.GoalTemplate]:
    return await one(session, _TEMPLATE, template_id)


async def goal_template_after_change(
    session: AsyncSession, template_id: UUID
) -> Json[schemas.GoalTemplate]:
    return await outcome(session, _TEMPLATE, template_id)


async def get_goal_template(session: AsyncSession, template_id: UUID, *acts: Act) -> GoalTemplate:
    return await load(session, policy.VISIBLE, template_id, *acts, entity=GoalTemplate)

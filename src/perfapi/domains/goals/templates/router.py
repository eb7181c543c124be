from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import CursorInvalid, NotFound, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.goals.errors import OnlyHr

from . import queries, schemas, service

router = Router(prefix="/goal-templates", tags=["goals"])

Reader = Annotated[Actor, requires("goals:read")]
Writer = Annotated[Actor, requires("goals:write")]


@router.get("", responses=problems(CursorInvalid))
async def list_goal_templates(
    session: TenantSession,
    actor: Reader,
    filters: Annotated[schemas.GoalTemplateFilter, Query()],
) -> Json[schemas.GoalTemplatePage]:
    """The organization's own templates, by title. What comes along with perfapi is the library."""
    return await queries.list_goal_templates(session, filters)


@router.get("/library")
async def get_goal_template_library(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.LibraryFilter, Query()]
) -> Json[schemas.GoalTemplateLibrary]:
    """Goals with key results for ten functions, in the language that you name.

    The figures are examples: put your own in their place.
    """
    return queries.read_library(filters)


@router.post("", status_code=201, responses=problems(OnlyHr))
async def add_goal_template(
    session: TenantSession, actor: Writer, body: Body[schemas.GoalTemplateCreate]
) -> Json[schemas.GoalTemplate]:
    """Keep a goal as a template. For HR of the whole organization and administrators."""
    template_id = await service.add_goal_template(session, actor, body)
    answer = await queries.goal_template_after_change(session, template_id)
    return answer.created(f"/v1/goal-templates/{template_id}")


@router.get("/{goal_template_id}", responses=problems(NotFound))
async def get_goal_template(
    session: TenantSession, actor: Reader, goal_template_id: UUID
) -> Json[schemas.GoalTemplate]:
    """One template of the organization."""
    return await queries.read_goal_template(session, goal_template_id)


@router.patch("/{goal_template_id}", responses=problems(NotFound, OnlyHr, *CHANGE_PROBLEMS))
async def update_goal_template(
    session: TenantSession,
    actor: Writer,
    goal_template_id: UUID,
    body: Body[schemas.GoalTemplateUpdate],
    version: ExpectedVersion,
) -> Json[schemas.GoalTemplate]:
    """Change a template. Goals that began with it stay as they are."""
    await service.update_goal_template(session, actor, goal_template_id, body, version)
    return await queries.goal_template_after_change(session, goal_template_id)


@router.delete(
    "/{goal_template_id}", status_code=204, responses=problems(NotFound, OnlyHr, *CHANGE_PROBLEMS)
)
async def remove_goal_template(
    session: TenantSession, actor: Writer, goal_template_id: UUID, version: ExpectedVersion
) -> None:
    """Remove a template. Goals that began with it stay as they are."""
    await service.remove_goal_template(session, actor, goal_template_id, version)

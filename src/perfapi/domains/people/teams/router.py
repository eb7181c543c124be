from typing import Annotated
from uuid import UUID

from fastapi import Query

from perfapi.core.actor import Actor
from perfapi.core.answers import Json
from perfapi.core.db import TenantSession
from perfapi.core.doors import requires
from perfapi.core.errors import NotFound, StillReferenced, problems
from perfapi.core.routing import Router
from perfapi.core.schema import Body
from perfapi.core.versions import CHANGE_PROBLEMS, ExpectedVersion
from perfapi.domains.people.errors import HasLeft, NameTaken, OnlyHr
from perfapi.domains.people.schemas import PersonRefPage

from . import queries, schemas, service

router = Router(prefix="/teams", tags=["people"])

Reader = Annotated[Actor, requires("people:read")]
Writer = Annotated[Actor, requires("people:write")]


@router.get("")
async def list_teams(
    session: TenantSession, actor: Reader, filters: Annotated[schemas.TeamFilter, Query()]
) -> Json[schemas.TeamPage]:
    """All teams by name."""
    return await queries.list_teams(session, filters)


@router.post("", status_code=201, responses=problems(OnlyHr, NameTaken))
async def add_team(
    session: TenantSession, actor: Writer, body: Body[schemas.TeamCreate]
) -> Json[schemas.Team]:
    """Add a team. For HR of all departments and administrators."""
    team = await service.add_team(session, actor, body)
    answer = await queries.team_after_change(session, team.id)
    return answer.created(f"/v1/teams/{team.id}")


@router.get("/{team_id}", responses=problems(NotFound))
async def get_team(session: TenantSession, actor: Reader, team_id: UUID) -> Json[schemas.Team]:
    """One team."""
    return await queries.read_team(session, team_id)


@router.patch("/{team_id}", responses=problems(NotFound, OnlyHr, NameTaken, *CHANGE_PROBLEMS))
async def update_team(
    session: TenantSession,
    actor: Writer,
    team_id: UUID,
    body: Body[schemas.TeamUpdate],
    version: ExpectedVersion,
) -> Json[schemas.Team]:
    """Rename a team or give it another lead. For its lead, HR of all and administrators."""
    await service.update_team(session, actor, team_id, body, version)
    return await queries.team_after_change(session, team_id)


@router.delete(
    "/{team_id}",
    status_code=204,
    responses=problems(NotFound, OnlyHr, StillReferenced, *CHANGE_PROBLEMS),
)
async def remove_team(
    session: TenantSession, actor: Writer, team_id: UUID, version: ExpectedVersion
) -> None:
    """Remove a team with its memberships. For HR of all departments and administrators."""
    await service.remove_team(session, actor, team_id, version)


@router.get("/{team_id}/members", responses=problems(NotFound))
async def list_team_members(
    session: TenantSession,
    actor: Reader,
    team_id: UUID,
    filters: Annotated[schemas.TeamMemberFilter, Query()],
) -> Json[PersonRefPage]:
    """Who belongs to a team, by name."""
    return await queries.list_members(session, team_id, filters)


@router.put(
    "/{team_id}/members/{person_id}",
    status_code=204,
    responses=problems(NotFound, OnlyHr, HasLeft),
)
async def add_team_member(
    session: TenantSession, actor: Writer, team_id: UUID, person_id: UUID
) -> None:
    """Add somebody to a team; whoever belongs to it already stays. For its lead and HR of all."""
    await service.add_team_member(session, actor, team_id, person_id)


@router.delete(
    "/{team_id}/members/{person_id}", status_code=204, responses=problems(NotFound, OnlyHr)
)
async def remove_team_member(
    session: TenantSession, actor: Writer, team_id: UUID, person_id: UUID
) -> None:
    """Take somebody out of a team. For its lead, HR of all departments and administrators."""
    await service.remove_team_member(session, actor, team_id, person_id)

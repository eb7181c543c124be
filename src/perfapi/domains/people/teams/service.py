from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core import access
from perfapi.core.actor import Actor
from perfapi.core.errors import NotFound, invalid
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.people import policy
from perfapi.domains.people.errors import HasLeft
from perfapi.domains.people.events import (
    TeamAdded,
    TeamChanged,
    TeamJoined,
    TeamParted,
    TeamRemoved,
)
from perfapi.domains.people.models import Team, TeamMember
from perfapi.domains.people.queries import find_person, load_person

from . import queries
from .schemas import TeamCreate, TeamUpdate


async def add_team(session: AsyncSession, actor: Actor, body: TeamCreate) -> Team:
    await access.ensure(session, policy.MANAGE_WHOLE)
    await _ensure_lead(session, body.lead_id)
    team = Team(id=uuid7(), name=body.name, lead_id=body.lead_id)
    session.add(team)
    await session.flush()
    publish(session, TeamAdded(team_id=team.id), by=actor.person_id)
    return team


async def update_team(
    session: AsyncSession, actor: Actor, team_id: UUID, body: TeamUpdate, version: int | None
) -> None:
    team = await queries.load_team(session, team_id, policy.MAY_EDIT_TEAM)
    team.expect(version)
    changes = {
        field: value for field, value in body.model_dump().items() if getattr(team, field) != value
    }
    if "lead_id" in changes:
        await _ensure_lead(session, changes["lead_id"])
    for field, value in changes.items():
        setattr(team, field, value)
    if changes:
        changed = TeamChanged(team_id=team.id, fields=sorted(changes))
        publish(session, changed, by=actor.person_id)


async def remove_team(
    session: AsyncSession, actor: Actor, team_id: UUID, version: int | None
) -> None:
    team = await queries.load_team(session, team_id, policy.MAY_REMOVE_TEAM)
    team.expect(version)
    await session.delete(team)
    await session.flush()
    publish(session, TeamRemoved(team_id=team_id), by=actor.person_id)


async def add_team_member(
    session: AsyncSession, actor: Actor, team_id: UUID, person_id: UUID
) -> None:
    team = await queries.load_team(session, team_id, policy.MAY_EDIT_TEAM)
    person = await load_person(session, person_id, policy.MAY_DRAW_INTO_TEAM)
    if person.has_left:
        raise HasLeft()
    if await queries.find_member(session, team.id, person.id) is None:
        session.add(TeamMember(team_id=team.id, person_id=person.id))
        await session.flush()
        joined = TeamJoined(team_id=team.id, person_id=person.id)
        publish(session, joined, by=actor.person_id)


async def remove_team_member(
    session: AsyncSession, actor: Actor, team_id: UUID, person_id: UUID
) -> None:
    team = await queries.load_team(session, team_id, policy.MAY_EDIT_TEAM)
    member = await queries.find_member(session, team.id, person_id)
    if member is None:
        raise NotFound()
    await session.delete(member)
    await session.flush()
    parted = TeamParted(team_id=team.id, person_id=person_id)
    publish(session, parted, by=actor.person_id)


async def _ensure_lead(session: AsyncSession, lead_id: UUID | None) -> None:
    if lead_id is None:
        return
    lead = await find_person(session, lead_id)
    if lead is None:
        raise invalid("/lead_id", "not_found", "There is no such person.")
    if lead.has_left:
        raise invalid("/lead_id", "has_left", "They have left.")

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from perfapi.core import access
from perfapi.core.access import there_is
from perfapi.core.answers import Json
from perfapi.core.documents import documents, one, outcome
from perfapi.core.listings import Listing, page
from perfapi.domains.people import policy
from perfapi.domains.people.models import Person, Team, TeamMember
from perfapi.domains.people.queries import holds_every_word, person_ref
from perfapi.domains.people.schemas import PersonRef, PersonRefPage

from . import schemas

_TEAM = bindparam("team", type_=Uuid())


def _member_count() -> ColumnElement[Any]:
    member = aliased(TeamMember)
    return (
        select(func.count())
        .where(member.organization_id == Team.organization_id, member.team_id == Team.id)
        .correlate(Team)
        .scalar_subquery()
    )


_TEAMS = documents(
    schemas.Team,
    Team,
    lead=person_ref(Team.lead_id),
    member_count=_member_count(),
    permissions=access.permissions(edit=policy.MAY_EDIT_TEAM, remove=policy.MAY_REMOVE_TEAM),
).where(policy.TEAMS)

_LIST = Listing(
    schemas.TeamPage,
    _TEAMS,
    schemas.TeamFilter,
    sorts={"": (Team.name, Team.id)},
    q=lambda q: holds_every_word(q, Team.name),
)


def _is_member() -> ColumnElement[bool]:
    member = aliased(TeamMember)
    return there_is(
        [member],
        member.organization_id == Person.organization_id,
        member.team_id == _TEAM,
        member.person_id == Person.id,
    )


_MEMBERS = Listing(
    PersonRefPage,
    documents(PersonRef, Person).where(policy.VISIBLE, _is_member()),
    schemas.TeamMemberFilter,
    sorts={"": (Person.name, Person.id)},
)


async def list_teams(session: AsyncSession, filters: schemas.TeamFilter) -> Json[schemas.TeamPage]:
    return await page(session, _LIST, filters)


async def read_team(session: AsyncSession, team_id: UUID) -> Json[schemas.Team]:
    return await one(session, _TEAMS, team_id)


async def team_after_change(session: AsyncSession, team_id: UUID) -> Json[schemas.Team]:
    return await outcome(session, _TEAMS, team_id)


async def load_team(session: AsyncSession, team_id: UUID, *acts: access.Act) -> Team:
    return await access.load(session, policy.TEAMS, team_id, *acts, entity=Team, lock=True)


async def list_members(
    session: AsyncSession, team_id: UUID, filters: schemas.TeamMemberFilter
) -> Json[PersonRefPage]:
    await access.load(session, policy.TEAMS, team_id, entity=Team)
    return await page(session, _MEMBERS, filters, team=team_id)


async def find_member(session: AsyncSession, team_id: UUID, person_id: UUID) -> TeamMember | None:
    found = select(TeamMember).where(
        TeamMember.team_id == team_id, TeamMember.person_id == person_id
    )
    return (await session.scalars(found)).one_or_none()

"""Whose numbers one may ask for. What a number counts is another matter: only goals that whoever
asks may see, whatever the group (see `queries.py`)."""

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, everywhere, there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.people.models import Chain, Team, TeamMember
from perfapi.domains.people.relations import (
    Ids,
    you_are_admin,
    you_are_hr_of,
    you_are_hr_of_all,
    you_are_hr_of_department,
    you_are_hr_of_some,
    you_manage,
    you_work_in_or_above,
)

from .errors import InsightsNotYours, OnlyAdministrators
from .models import GroupKind

_chain = aliased(Chain)
_YOU_ARE_A_MANAGER = there_is(
    [_chain], _chain.organization_id == ORGANIZATION, _chain.manager_id == YOU
)
_team = aliased(Team)
_YOU_LEAD_A_TEAM = there_is([_team], _team.organization_id == ORGANIZATION, _team.lead_id == YOU)


def _you_lead_team(team_id: Ids) -> ColumnElement[bool]:
    team = aliased(Team)
    return there_is(
        [team], team.organization_id == ORGANIZATION, team.id == team_id, team.lead_id == YOU
    )


def _you_manage_a_member(team_id: Ids) -> ColumnElement[bool]:
    member = aliased(TeamMember)
    return there_is(
        [member],
        member.organization_id == ORGANIZATION,
        member.team_id == team_id,
        you_manage(member.person_id),
    )


def may_read(kind: GroupKind, group_id: Ids) -> ColumnElement[bool]:
    if kind is GroupKind.DEPARTMENT:
        return or_(
            you_are_admin(),
            you_are_hr_of_department(group_id),
            and_(_YOU_ARE_A_MANAGER, you_work_in_or_above(group_id)),
        )
    if kind is GroupKind.TEAM:
        return or_(
            you_are_admin(),
            you_are_hr_of_all(),
            _you_lead_team(group_id),
            _you_manage_a_member(group_id),
        )
    if kind is GroupKind.MANAGER:
        return or_(you_are_admin(), group_id == YOU, you_manage(group_id), you_are_hr_of(group_id))
    return true()


SEE_INSIGHTS = everywhere(
    "see_insights",
    Act(
        InsightsNotYours,
        or_(you_are_admin(), you_are_hr_of_some(), _YOU_ARE_A_MANAGER, _YOU_LEAD_A_TEAM),
    ),
)
"""Who is shown the way there: whoever has more to look at than the company."""
RECOMPUTE = Act(OnlyAdministrators, you_are_admin())

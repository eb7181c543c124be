"""Whose numbers one may ask for. What a number counts is another matter: only goals that whoever
asks may see, whatever the group (see `queries.py`)."""

from sqlalchemy import and_, or_, true
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, everywhere, there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.people.models import Chain, Team, TeamMember
from perfapi.domains.people.relations import (
    you_are_admin,
    you_are_hr_of,
    you_are_hr_of_all,
    you_are_hr_of_department,
    you_are_hr_of_some,
    you_belong_to_department,
    you_manage,
)

from .errors import InsightsNotYours, OnlyAdministrators
from .measures import GROUP_ID
from .models import GroupKind

_chain, _team, _member = aliased(Chain), aliased(Team), aliased(TeamMember)

_YOU_ARE_A_MANAGER = there_is(
    [_chain], _chain.organization_id == ORGANIZATION, _chain.manager_id == YOU
)
_YOU_LEAD_IT = there_is(
    [_team],
    _team.organization_id == ORGANIZATION,
    _team.id == GROUP_ID,
    _team.lead_id == YOU,
)
_YOU_MANAGE_A_MEMBER = there_is(
    [_member],
    _member.organization_id == ORGANIZATION,
    _member.team_id == GROUP_ID,
    you_manage(_member.person_id),
)

MAY_READ: dict[GroupKind, Act] = {
    GroupKind.COMPANY: Act(InsightsNotYours, true()),
    GroupKind.DEPARTMENT: Act(
        InsightsNotYours,
        or_(
            you_are_admin(),
            you_are_hr_of_department(GROUP_ID),
            and_(_YOU_ARE_A_MANAGER, you_belong_to_department(GROUP_ID)),
        ),
    ),
    GroupKind.TEAM: Act(
        InsightsNotYours,
        or_(you_are_admin(), you_are_hr_of_all(), _YOU_LEAD_IT, _YOU_MANAGE_A_MEMBER),
    ),
    GroupKind.MANAGER: Act(
        InsightsNotYours,
        or_(you_are_admin(), GROUP_ID == YOU, you_manage(GROUP_ID), you_are_hr_of(GROUP_ID)),
    ),
}

SEE_INSIGHTS = everywhere(
    "see_insights",
    Act(InsightsNotYours, or_(you_are_admin(), you_are_hr_of_some(), _YOU_ARE_A_MANAGER)),
)
"""Who is shown the way there: whoever has more to look at than the company."""
RECOMPUTE = Act(OnlyAdministrators, you_are_admin())

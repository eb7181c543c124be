"""Who may see, set and change goals.

A goal is seen by whom its visibility names, never by rank: HR and administrators configure how
goals work and answer for them with the owner, but no rule lets them read what they would not see
as colleagues. A private goal is its owner's alone. What was never activated is a draft: its
visibility counts from then on only.
"""

from typing import Any

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, case, exists, not_, or_, select
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules, everywhere
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.people.models import Chain, DepartmentLine, Person, Team, TeamMember
from perfapi.domains.people.relations import (
    you_are_admin,
    you_are_hr_of,
    you_are_hr_of_all,
    you_are_hr_of_department,
    you_belong_to_department,
    you_belong_to_team,
    you_manage,
    you_share_a_department_with,
    you_share_a_team_with,
)

from .errors import (
    GoalEnded,
    GoalHasAlignedGoals,
    GoalHasHistory,
    GoalNotActive,
    GoalNotDraft,
    GoalNotYours,
    GoalNotYoursToSet,
    OnlyAdministrators,
    OnlyHr,
)
from .models import CheckIn, Goal, GoalState, KeyResult, Level, Visibility


def _leads_team(person_id: Any, team_id: Any) -> ColumnElement[bool]:
    team = aliased(Team)
    return exists(
        select(1).where(
            team.organization_id == ORGANIZATION, team.id == team_id, team.lead_id == person_id
        )
    )


def _belongs_to_team(person_id: Any, team_id: Any) -> ColumnElement[bool]:
    member = aliased(TeamMember)
    return exists(
        select(1).where(
            member.organization_id == ORGANIZATION,
            member.team_id == team_id,
            member.person_id == person_id,
        )
    )


def _you_lead_a_team_of(person_id: Any) -> ColumnElement[bool]:
    team, member = aliased(Team), aliased(TeamMember)
    return exists(
        select(1).where(
            team.organization_id == ORGANIZATION,
            team.lead_id == YOU,
            member.organization_id == ORGANIZATION,
            member.team_id == team.id,
            member.person_id == person_id,
        )
    )


def _works_in(person_id: Any, department_id: Any) -> ColumnElement[bool]:
    """In the department or in one below it."""
    person, line = aliased(Person), aliased(DepartmentLine)
    return exists(
        select(1).where(
            person.organization_id == ORGANIZATION,
            person.id == person_id,
            line.organization_id == ORGANIZATION,
            line.ancestor_id == department_id,
            line.descendant_id == person.department_id,
        )
    )


def _you_manage_people_in(department_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Somebody reports to you, and you work in this department or in one above it."""
    you, line, chain = aliased(Person), aliased(DepartmentLine), aliased(Chain)
    return and_(
        exists(
            select(1).where(
                you.organization_id == ORGANIZATION,
                you.id == YOU,
                line.organization_id == ORGANIZATION,
                line.ancestor_id == you.department_id,
                line.descendant_id == department_id,
            )
        ),
        exists(select(1).where(chain.organization_id == ORGANIZATION, chain.manager_id == YOU)),
    )


def rules_of(goal: Any) -> dict[str, ColumnElement[bool]]:
    """The rules of a goal or of an alias of it: a parent, a child, an ancestor."""
    is_published = goal.activated_at.is_not(None)
    its_department = or_(
        and_(goal.level == Level.DEPARTMENT, you_belong_to_department(goal.department_id)),
        and_(goal.level != Level.DEPARTMENT, you_share_a_department_with(goal.owner_id)),
    )
    its_team = or_(
        and_(
            goal.level == Level.TEAM,
            or_(you_belong_to_team(goal.team_id), _leads_team(YOU, goal.team_id)),
        ),
        and_(
            goal.level != Level.TEAM,
            or_(you_share_a_team_with(goal.owner_id), _you_lead_a_team_of(goal.owner_id)),
        ),
    )
    return {
        "it_is_public": and_(is_published, goal.visibility == Visibility.PUBLIC),
        "you_own_it": goal.owner_id == YOU,
        "you_drafted_it": and_(
            not_(is_published),
            goal.created_by_id == YOU,
            goal.visibility != Visibility.PRIVATE,
        ),
        "you_manage_its_owner": and_(
            goal.visibility != Visibility.PRIVATE, you_manage(goal.owner_id)
        ),
        "it_is_for_your_department": and_(
            is_published, goal.visibility == Visibility.DEPARTMENT, its_department
        ),
        "it_is_for_your_team": and_(is_published, goal.visibility == Visibility.TEAM, its_team),
    }


def may_see(goal: Any) -> ColumnElement[bool]:
    return or_(*rules_of(goal).values())


VISIBLE = Rules("goals", Goal, **rules_of(Goal))

# Setting a goal: about the goal that is to be, hence about binds. Who sets a goal as a manager or a
# colleague makes themself its owner, or somebody who reports to them or belongs to the same unit.
FOR_OWNER = bindparam("for_owner", type_=Uuid())
FOR_DEPARTMENT = bindparam("for_department", type_=Uuid())
FOR_TEAM = bindparam("for_team", type_=Uuid())

SET_COMPANY_GOALS = everywhere(
    "set_company_goals", Act(GoalNotYoursToSet, or_(you_are_admin(), you_are_hr_of_all()))
)
_OWNER_IS_YOU_OR_REPORTS_TO_YOU = or_(FOR_OWNER == YOU, you_manage(FOR_OWNER))

MAY_SET: dict[Level, Act] = {
    Level.COMPANY: SET_COMPANY_GOALS,
    Level.DEPARTMENT: Act(
        GoalNotYoursToSet,
        or_(
            you_are_admin(),
            you_are_hr_of_department(FOR_DEPARTMENT),
            and_(
                _you_manage_people_in(FOR_DEPARTMENT),
                or_(_OWNER_IS_YOU_OR_REPORTS_TO_YOU, _works_in(FOR_OWNER, FOR_DEPARTMENT)),
            ),
        ),
    ),
    Level.TEAM: Act(
        GoalNotYoursToSet,
        or_(
            you_are_admin(),
            you_are_hr_of_all(),
            and_(
                or_(you_belong_to_team(FOR_TEAM), _leads_team(YOU, FOR_TEAM)),
                or_(
                    _OWNER_IS_YOU_OR_REPORTS_TO_YOU,
                    _belongs_to_team(FOR_OWNER, FOR_TEAM),
                    _leads_team(FOR_OWNER, FOR_TEAM),
                ),
            ),
        ),
    ),
    Level.PERSON: Act(
        GoalNotYoursToSet,
        or_(_OWNER_IS_YOU_OR_REPORTS_TO_YOU, you_are_admin(), you_are_hr_of(FOR_OWNER)),
    ),
}

_YOU_ARE_ITS_HR = case(
    (Goal.level == Level.DEPARTMENT, you_are_hr_of_department(Goal.department_id)),
    (Goal.level == Level.PERSON, you_are_hr_of(Goal.owner_id)),
    else_=you_are_hr_of_all(),
)
_ANSWER_FOR_IT = Act(
    GoalNotYours,
    or_(Goal.owner_id == YOU, you_manage(Goal.owner_id), you_are_admin(), _YOU_ARE_ITS_HR),
)

_IS_DRAFT = Act(GoalNotDraft, Goal.state == GoalState.DRAFT)
_IS_ACTIVE = Act(GoalNotActive, Goal.state == GoalState.ACTIVE)
_HAS_NOT_ENDED = Act(GoalEnded, Goal.state.in_([GoalState.DRAFT, GoalState.ACTIVE]))

_key_result, _check_in, _child = aliased(KeyResult), aliased(CheckIn), aliased(Goal)
_WAS_NEVER_CHECKED = Act(
    GoalHasHistory,
    not_(
        exists(
            select(1).where(
                _key_result.organization_id == ORGANIZATION,
                _key_result.goal_id == Goal.id,
                _check_in.organization_id == ORGANIZATION,
                _check_in.key_result_id == _key_result.id,
            )
        )
    ),
)
_NOTHING_IS_ALIGNED = Act(
    GoalHasAlignedGoals,
    not_(
        exists(select(1).where(_child.organization_id == ORGANIZATION, _child.parent_id == Goal.id))
    ),
)

MAY_EDIT = (_ANSWER_FOR_IT, _HAS_NOT_ENDED)
MAY_ADD_KEY_RESULT = (_ANSWER_FOR_IT, _HAS_NOT_ENDED)
MAY_CHECK_IN = (_ANSWER_FOR_IT, _IS_ACTIVE)
MAY_ACTIVATE = (_ANSWER_FOR_IT, _IS_DRAFT)
MAY_CLOSE = (_ANSWER_FOR_IT, _IS_ACTIVE)
MAY_CANCEL = (_ANSWER_FOR_IT, _HAS_NOT_ENDED)
MAY_DELETE = (_ANSWER_FOR_IT, _IS_DRAFT, _WAS_NEVER_CHECKED, _NOTHING_IS_ALIGNED)
MAY_ALIGN_TO = (_HAS_NOT_ENDED,)

MANAGE_CYCLES = everywhere(
    "manage_goal_cycles", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all()))
)
MAY_CONFIGURE = Act(OnlyAdministrators, you_are_admin())

"""Who may see, set and change goals.

A goal is seen by whom its visibility names, never by rank: HR and administrators configure how
goals work and answer for them with the owner, but no rule lets them read what they would not see
as colleagues. A private goal is its owner's alone, and of those whom they made co-owners or
contributors. What was never activated is a draft: its visibility counts from then on only.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules, everywhere, there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.domains.people.models import Chain, DepartmentLine, Person, Team, TeamMember
from perfapi.domains.people.relations import (
    you_are_admin,
    you_are_hr_of,
    you_are_hr_of_all,
    you_are_hr_of_department,
    you_belong_to_department,
    you_belong_to_team,
    you_lead_a_team_of,
    you_manage,
    you_share_a_department_with,
    you_share_a_team_with,
    you_work_in_or_above,
)

from .errors import (
    AgreementNotYours,
    GoalAlreadyProposed,
    GoalCarriedOver,
    GoalEnded,
    GoalHasAlignedGoals,
    GoalHasHistory,
    GoalIsPrivate,
    GoalNotActive,
    GoalNotArchived,
    GoalNotDraft,
    GoalNotEnded,
    GoalNotProposed,
    GoalNotStarted,
    GoalNotYours,
    GoalNotYoursToNegotiate,
    GoalNotYoursToSet,
    NobodyToAgree,
    OnlyAdministrators,
    OnlyHr,
)
from .models import (
    Agreement,
    CheckIn,
    Goal,
    GoalMember,
    GoalState,
    KeyResult,
    Level,
    MemberRole,
    Side,
    Visibility,
)

# Made once: see `people/relations.py`.
_team, _member = aliased(Team), aliased(TeamMember)
_person, _line = aliased(Person), aliased(DepartmentLine)
_chain, _part = aliased(Chain), aliased(GoalMember)


def _leads_team(person_id: Any, team_id: Any) -> ColumnElement[bool]:
    return exists(
        select(1).where(
            _team.organization_id == ORGANIZATION, _team.id == team_id, _team.lead_id == person_id
        )
    )


def _belongs_to_team(person_id: Any, team_id: Any) -> ColumnElement[bool]:
    return exists(
        select(1).where(
            _member.organization_id == ORGANIZATION,
            _member.team_id == team_id,
            _member.person_id == person_id,
        )
    )


def _works_in(person_id: Any, department_id: Any) -> ColumnElement[bool]:
    """In the department or in one below it."""
    return exists(
        select(1).where(
            _person.organization_id == ORGANIZATION,
            _person.id == person_id,
            _line.organization_id == ORGANIZATION,
            _line.ancestor_id == department_id,
            _line.descendant_id == _person.department_id,
        )
    )


def _you_manage_people_in(department_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Somebody reports to you, and you work in this department or in one above it."""
    return and_(
        you_work_in_or_above(department_id),
        exists(select(1).where(_chain.organization_id == ORGANIZATION, _chain.manager_id == YOU)),
    )


def _you_are_its(role: MemberRole, goal: Any) -> ColumnElement[bool]:
    return there_is(
        [_part],
        _part.organization_id == ORGANIZATION,
        _part.goal_id == goal.id,
        _part.person_id == YOU,
        _part.role == role,
    )


def you_own(goal: Any) -> ColumnElement[bool]:
    """As the one who answers for it, or as a co-owner."""
    return or_(goal.owner_id == YOU, _you_are_its(MemberRole.OWNER, goal))


def you_take_part_in(goal: Any) -> ColumnElement[bool]:
    return or_(you_own(goal), _you_are_its(MemberRole.CONTRIBUTOR, goal))


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
            or_(you_share_a_team_with(goal.owner_id), you_lead_a_team_of(goal.owner_id)),
        ),
    )
    return {
        "it_is_public": and_(is_published, goal.visibility == Visibility.PUBLIC),
        "you_own_it": you_own(goal),
        "you_contribute_to_it": _you_are_its(MemberRole.CONTRIBUTOR, goal),
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


def you_answer_for(goal: Any) -> ColumnElement[bool]:
    its_hr = case(
        (goal.level == Level.DEPARTMENT, you_are_hr_of_department(goal.department_id)),
        (goal.level == Level.PERSON, you_are_hr_of(goal.owner_id)),
        else_=you_are_hr_of_all(),
    )
    return or_(you_own(goal), you_manage(goal.owner_id), you_are_admin(), its_hr)


_ANSWER_FOR_IT = Act(GoalNotYours, you_answer_for(Goal))
WORK_ON_IT = Act(
    GoalNotYours, or_(you_answer_for(Goal), _you_are_its(MemberRole.CONTRIBUTOR, Goal))
)

_IS_DRAFT = Act(GoalNotDraft, Goal.state == GoalState.DRAFT)
_IS_ACTIVE = Act(GoalNotActive, Goal.state == GoalState.ACTIVE)
HAS_NOT_ENDED = Act(GoalEnded, Goal.state.in_([GoalState.DRAFT, GoalState.ACTIVE]))
_HAS_ENDED = Act(GoalNotEnded, Goal.state.in_([GoalState.CLOSED, GoalState.CANCELLED]))
_IS_ARCHIVED = Act(GoalNotArchived, Goal.state == GoalState.ARCHIVED)

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

MAY_EDIT = (_ANSWER_FOR_IT, HAS_NOT_ENDED)
MAY_ADD_KEY_RESULT = (_ANSWER_FOR_IT, HAS_NOT_ENDED)
MAY_CHECK_IN = (WORK_ON_IT, _IS_ACTIVE)
MAY_ACTIVATE = (_ANSWER_FOR_IT, _IS_DRAFT)
MAY_CLOSE = (_ANSWER_FOR_IT, _IS_ACTIVE)
MAY_CANCEL = (_ANSWER_FOR_IT, HAS_NOT_ENDED)
MAY_DELETE = (_ANSWER_FOR_IT, _IS_DRAFT, _WAS_NEVER_CHECKED, _NOTHING_IS_ALIGNED)
MAY_ALIGN_TO = (HAS_NOT_ENDED,)
MAY_LEAVE = Act(
    GoalNotYours,
    or_(_you_are_its(MemberRole.OWNER, Goal), _you_are_its(MemberRole.CONTRIBUTOR, Goal)),
)
"""Whoever has a goal together with its owner may step back at any time."""

MAY_REOPEN = MAY_ARCHIVE = (_ANSWER_FOR_IT, _HAS_ENDED)
MAY_RESTORE = (_ANSWER_FOR_IT, _IS_ARCHIVED)

_next = aliased(Goal)
MAY_CARRY_OVER = (
    _ANSWER_FOR_IT,
    Act(
        GoalNotStarted,
        Goal.state.in_([GoalState.ACTIVE, GoalState.CLOSED, GoalState.CANCELLED]),
    ),
    Act(
        GoalCarriedOver,
        not_(
            there_is(
                [_next], _next.organization_id == ORGANIZATION, _next.carried_from_id == Goal.id
            )
        ),
    ),
)

# The owner proposes and a manager agrees, or the other way round. A co-owner is on neither side, as
# HR and administrators are: nobody speaks for the owner but the owner.
_SOMEBODY_MANAGES_THE_OWNER = there_is(
    [_chain], _chain.organization_id == ORGANIZATION, _chain.report_id == Goal.owner_id
)
YOUR_SIDE = case(
    (Goal.owner_id == YOU, literal(Side.OWNER, Goal.awaits.type)),
    (you_manage(Goal.owner_id), literal(Side.MANAGER, Goal.awaits.type)),
)
"""Of a negotiation; null for whoever is on neither."""
_NEGOTIATE = Act(GoalNotYoursToNegotiate, YOUR_SIDE.is_not(None))
MAY_PROPOSE = (
    _NEGOTIATE,
    HAS_NOT_ENDED,
    Act(GoalIsPrivate, Goal.visibility != Visibility.PRIVATE),
    Act(NobodyToAgree, _SOMEBODY_MANAGES_THE_OWNER),
    Act(GoalAlreadyProposed, Goal.agreement == Agreement.NONE),
)


def waits_for_you(*, directly: bool = False) -> ColumnElement[bool]:
    """`directly`: of those who manage the owner, the next one only."""
    your_side = or_(
        and_(Goal.awaits == Side.OWNER, Goal.owner_id == YOU),
        and_(Goal.awaits == Side.MANAGER, you_manage(Goal.owner_id, directly=directly)),
    )
    return and_(your_side, Goal.proposed_by_id != YOU)


MAY_AGREE = MAY_REQUEST_CHANGES = (
    _NEGOTIATE,
    HAS_NOT_ENDED,
    Act(GoalNotProposed, Goal.agreement == Agreement.PROPOSED),
    Act(AgreementNotYours, waits_for_you()),
)

MANAGE_CYCLES = everywhere(
    "manage_goal_cycles", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all()))
)
MAY_CONFIGURE = Act(OnlyAdministrators, you_are_admin())

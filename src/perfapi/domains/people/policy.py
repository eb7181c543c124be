"""Who may see and change people. The directory is open; what concerns the employment is not."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules, everywhere, there_is
from perfapi.core.binds import ORGANIZATION, TODAY, YOU

from .errors import (
    HasLeft,
    HasNotLeft,
    LineEnded,
    OnlyAdministrators,
    OnlyHr,
    OnlyHrOfReports,
)
from .models import Chain, Department, Person, ReportingLine, RoleAssignment, Status, Team
from .relations import (
    Ids,
    you_are_admin,
    you_are_hr_of,
    you_are_hr_of_all,
    you_are_hr_of_department,
    you_are_hr_of_some,
    you_manage,
    you_managed_last,
)

_WHOLE = or_(you_are_admin(), you_are_hr_of_all())


def _you_look_after(person_id: Ids) -> ColumnElement[bool]:
    return or_(you_are_admin(), you_are_hr_of(person_id))


def _holds_a_role(person_id: Ids) -> ColumnElement[bool]:
    held = aliased(RoleAssignment)
    return there_is([held], held.organization_id == ORGANIZATION, held.person_id == person_id)


def _you_look_after_all_below(person_id: Ids) -> ColumnElement[bool]:
    below = aliased(Chain)
    return ~there_is(
        [below],
        below.organization_id == ORGANIZATION,
        below.manager_id == person_id,
        ~you_are_hr_of(below.report_id),
    )


def _you_may_move_all_below(person_id: Ids) -> ColumnElement[bool]:
    """Moving somebody moves everybody below them, and shows their employment to those above."""
    return or_(_WHOLE, _you_look_after_all_below(person_id))


def _you_were_above(person: Any) -> ColumnElement[bool]:
    return and_(person.status == Status.LEFT, you_managed_last(person.id))


def rules_of(person: Any) -> dict[str, ColumnElement[bool]]:
    """The rules of a person or of an alias of them: a manager, a report."""
    return {
        "they_work_here": person.status != Status.LEFT,
        "it_is_you": person.id == YOU,
        "you_manage_them": you_manage(person.id),
        "they_reported_to_you_when_they_left": _you_were_above(person),
        "you_are_their_hr_partner": you_are_hr_of(person.id),
        "you_are_an_administrator": you_are_admin(),
    }


def may_see(person: Any) -> ColumnElement[bool]:
    return or_(*rules_of(person).values())


_YOU_LOOK_AFTER_THEM = _you_look_after(Person.id)
_YOU_WERE_ABOVE_THEM = _you_were_above(Person)

VISIBLE = Rules("people", Person, **rules_of(Person))

# Dates, contract and custom attributes.
EMPLOYMENT_IS_FOR_YOU = or_(
    Person.id == YOU, you_manage(Person.id), _YOU_WERE_ABOVE_THEM, _YOU_LOOK_AFTER_THEM
)
# A leaving that is planned is not known to the person, nor perhaps to their manager.
PLANS_ARE_FOR_YOU = _YOU_LOOK_AFTER_THEM

MAY_EDIT = Act(OnlyHr, _YOU_LOOK_AFTER_THEM)
# The address is what somebody signs in with: whoever could change it could become them.
MAY_CHANGE_EMAIL = Act(OnlyAdministrators, or_(you_are_admin(), ~_holds_a_role(Person.id)))
MAY_MOVE_REPORTS = Act(OnlyHrOfReports, _you_may_move_all_below(Person.id))
STILL_HERE = Act(HasLeft, Person.status != Status.LEFT)
GONE_OR_GOING = Act(HasNotLeft, Person.left_on.is_not(None))
MAY_CHANGE_MANAGER = (MAY_EDIT, MAY_MOVE_REPORTS, STILL_HERE)
# Leaving takes roles away, which only administrators do.
MAY_END_ROLES = Act(OnlyAdministrators, or_(you_are_admin(), ~_holds_a_role(Person.id)))
MAY_RECORD_LEAVING = (MAY_EDIT, MAY_END_ROLES, STILL_HERE)
MAY_RECORD_RETURN = (MAY_EDIT, GONE_OR_GOING)
# Invitations are sent by the floor above; the page shows the act where it shows the person.
MAY_INVITE = and_(_WHOLE, STILL_HERE.condition, Person.email.is_not(None))

MANAGE_PEOPLE = everywhere("manage_people", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_some())))
IMPORT_PEOPLE = everywhere("import_people", Act(OnlyHr, _WHOLE))
MANAGE_ROLES = everywhere("manage_roles", Act(OnlyAdministrators, you_are_admin()))
MANAGE_WHOLE = Act(OnlyHr, _WHOLE)


def _you_see(person_id: Ids) -> ColumnElement[bool]:
    return there_is(
        [Person],
        Person.organization_id == ORGANIZATION,
        Person.id == person_id,
        or_(*VISIBLE.rules.values()),
    )


_BOTH_ARE_FOR_YOU = and_(_you_see(ReportingLine.person_id), _you_see(ReportingLine.manager_id))

LINE_PLANS_ARE_FOR_YOU = _you_look_after(ReportingLine.person_id)

LINES = Rules(
    "reporting-lines",
    ReportingLine,
    it_holds_or_held_between_people_you_see=and_(
        ReportingLine.valid_from <= TODAY, _BOTH_ARE_FOR_YOU
    ),
    you_look_after_the_person=LINE_PLANS_ARE_FOR_YOU,
)
MAY_END_LINE = (
    Act(OnlyHr, LINE_PLANS_ARE_FOR_YOU),
    Act(LineEnded, or_(ReportingLine.valid_to.is_(None), ReportingLine.valid_to > TODAY)),
    Act(OnlyHrOfReports, _you_may_move_all_below(ReportingLine.person_id)),
)

DEPARTMENTS = Rules("departments", Department, everybody_sees_departments=true())
MAY_EDIT_DEPARTMENT = Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_department(Department.id)))

TEAMS = Rules("teams", Team, everybody_sees_teams=true())
MAY_EDIT_TEAM = Act(OnlyHr, or_(_WHOLE, Team.lead_id == YOU))
# Sharing a team opens goals that are for the team: nobody is drawn into one from above.
MAY_DRAW_INTO_TEAM = Act(OnlyHr, or_(_WHOLE, Person.id == YOU, you_manage(Person.id)))
MAY_REMOVE_TEAM = MANAGE_WHOLE

ROLES = Rules("role-assignments", RoleAssignment, everybody_knows_who_administers=true())
MAY_WITHDRAW_ROLE = Act(OnlyAdministrators, you_are_admin())

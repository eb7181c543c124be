"""How YOU stand to a person, as SQL: the words that every domain's policy is made of.

Only today's lines and roles count, so that a change of manager or role bites with the next
request. Leavers hold no role: their sessions do not open.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased

from perfapi.core.access import there_is
from perfapi.core.binds import ORGANIZATION, YOU

from .models import (
    Chain,
    DepartmentLine,
    LineKind,
    Person,
    ReportingLine,
    Role,
    RoleAssignment,
    Team,
    TeamMember,
)

Ids = ColumnElement[UUID] | Any

# An alias is made of all columns of its table, and these rules are asked of many things: so they
# are made once. None of them is ever handed to a rule that reads from it.
_held, _line = aliased(RoleAssignment), aliased(DepartmentLine)
_you, _them = aliased(Person), aliased(Person)
_chain, _team = aliased(Chain), aliased(Team)
_reporting_line, _later = aliased(ReportingLine), aliased(ReportingLine)
_member, _yours, _theirs = aliased(TeamMember), aliased(TeamMember), aliased(TeamMember)


def you_are_admin() -> ColumnElement[bool]:
    return _you_hold(Role.ADMIN)


def you_are_hr_of_some() -> ColumnElement[bool]:
    """HR of all departments or of any."""
    return _you_hold(Role.HR)


def you_are_hr_of_all() -> ColumnElement[bool]:
    return there_is(
        [_held],
        _held.organization_id == ORGANIZATION,
        _held.person_id == YOU,
        _held.role == Role.HR,
        _held.department_id.is_(None),
    )


def you_are_hr_of_department(department_id: Ids) -> ColumnElement[bool]:
    """HR of all departments, or of one that lies above (or is) this department."""
    above_it = there_is(
        [_line],
        _line.organization_id == ORGANIZATION,
        _line.ancestor_id == _held.department_id,
        _line.descendant_id == department_id,
    )
    return there_is(
        [_held],
        _held.organization_id == ORGANIZATION,
        _held.person_id == YOU,
        _held.role == Role.HR,
        or_(_held.department_id.is_(None), above_it),
    )


def you_are_hr_of(person_id: Ids) -> ColumnElement[bool]:
    """HR of all departments, or of one that lies above (or is) the person's."""
    above_theirs = there_is(
        [_them, _line],
        _them.organization_id == ORGANIZATION,
        _them.id == person_id,
        _line.organization_id == ORGANIZATION,
        _line.ancestor_id == _held.department_id,
        _line.descendant_id == _them.department_id,
    )
    return there_is(
        [_held],
        _held.organization_id == ORGANIZATION,
        _held.person_id == YOU,
        _held.role == Role.HR,
        or_(_held.department_id.is_(None), above_theirs),
    )


def you_manage(person_id: Ids, *, directly: bool = False) -> ColumnElement[bool]:
    """You are above the person in their chain, at any distance."""
    return there_is(
        [_chain],
        _chain.organization_id == ORGANIZATION,
        _chain.manager_id == YOU,
        _chain.report_id == person_id,
        *((_chain.depth == 1,) if directly else ()),
    )


def you_managed_last(person_id: Ids) -> ColumnElement[bool]:
    """The last primary line of somebody who has none any more led to you, or to below you."""
    another_came = there_is(
        [_later],
        _later.organization_id == ORGANIZATION,
        _later.person_id == _reporting_line.person_id,
        _later.kind == LineKind.PRIMARY,
        _later.valid_from > _reporting_line.valid_from,
    )
    return there_is(
        [_reporting_line],
        _reporting_line.organization_id == ORGANIZATION,
        _reporting_line.person_id == person_id,
        _reporting_line.kind == LineKind.PRIMARY,
        _reporting_line.valid_to.is_not(None),
        or_(_reporting_line.manager_id == YOU, you_manage(_reporting_line.manager_id)),
        ~another_came,
    )


def you_report_to(person_id: Ids) -> ColumnElement[bool]:
    """The person is above you, at any distance."""
    return there_is(
        [_chain],
        _chain.organization_id == ORGANIZATION,
        _chain.manager_id == person_id,
        _chain.report_id == YOU,
    )


def you_belong_to_team(team_id: Ids) -> ColumnElement[bool]:
    return there_is(
        [_member],
        _member.organization_id == ORGANIZATION,
        _member.team_id == team_id,
        _member.person_id == YOU,
    )


def you_belong_to_department(department_id: Ids) -> ColumnElement[bool]:
    """You work in it or in a department below it."""
    return there_is(
        [_you, _line],
        _you.organization_id == ORGANIZATION,
        _you.id == YOU,
        _line.organization_id == ORGANIZATION,
        _line.ancestor_id == department_id,
        _line.descendant_id == _you.department_id,
    )


def you_work_in_or_above(department_id: Ids) -> ColumnElement[bool]:
    """You work in the department or in one above it."""
    return there_is(
        [_you, _line],
        _you.organization_id == ORGANIZATION,
        _you.id == YOU,
        _line.organization_id == ORGANIZATION,
        _line.ancestor_id == _you.department_id,
        _line.descendant_id == department_id,
    )


def you_lead_a_team_of(person_id: Ids) -> ColumnElement[bool]:
    return there_is(
        [_team, _member],
        _team.organization_id == ORGANIZATION,
        _team.lead_id == YOU,
        _member.organization_id == ORGANIZATION,
        _member.team_id == _team.id,
        _member.person_id == person_id,
    )


def you_share_a_team_with(person_id: Ids) -> ColumnElement[bool]:
    return there_is(
        [_yours, _theirs],
        _yours.organization_id == ORGANIZATION,
        _yours.person_id == YOU,
        _theirs.organization_id == ORGANIZATION,
        _theirs.person_id == person_id,
        _yours.team_id == _theirs.team_id,
    )


def you_share_a_department_with(person_id: Ids) -> ColumnElement[bool]:
    return there_is(
        [_them],
        _them.organization_id == ORGANIZATION,
        _them.id == person_id,
        you_belong_to_department(_them.department_id),
    )


def _you_hold(role: Role) -> ColumnElement[bool]:
    return there_is(
        [_held],
        _held.organization_id == ORGANIZATION,
        _held.person_id == YOU,
        _held.role == role,
    )

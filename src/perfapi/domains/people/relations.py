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
    TeamMember,
)

Ids = ColumnElement[UUID] | Any


def you_are_admin() -> ColumnElement[bool]:
    return _you_hold(Role.ADMIN)


def you_are_hr_of_some() -> ColumnElement[bool]:
    """HR of all departments or of any."""
    return _you_hold(Role.HR)


def you_are_hr_of_all() -> ColumnElement[bool]:
    held = aliased(RoleAssignment)
    return there_is(
        [held],
        held.organization_id == ORGANIZATION,
        held.person_id == YOU,
        held.role == Role.HR,
        held.department_id.is_(None),
    )


def you_are_hr_of_department(department_id: Ids) -> ColumnElement[bool]:
    """HR of all departments, or of one that lies above (or is) this department."""
    held, line = aliased(RoleAssignment), aliased(DepartmentLine)
    above_it = there_is(
        [line],
        line.organization_id == ORGANIZATION,
        line.ancestor_id == held.department_id,
        line.descendant_id == department_id,
    )
    return there_is(
        [held],
        held.organization_id == ORGANIZATION,
        held.person_id == YOU,
        held.role == Role.HR,
        or_(held.department_id.is_(None), above_it),
    )


def you_are_hr_of(person_id: Ids) -> ColumnElement[bool]:
    """HR of all departments, or of one that lies above (or is) the person's."""
    held, line, them = aliased(RoleAssignment), aliased(DepartmentLine), aliased(Person)
    above_theirs = there_is(
        [them, line],
        them.organization_id == ORGANIZATION,
        them.id == person_id,
        line.organization_id == ORGANIZATION,
        line.ancestor_id == held.department_id,
        line.descendant_id == them.department_id,
    )
    return there_is(
        [held],
        held.organization_id == ORGANIZATION,
        held.person_id == YOU,
        held.role == Role.HR,
        or_(held.department_id.is_(None), above_theirs),
    )


def you_manage(person_id: Ids, *, directly: bool = False) -> ColumnElement[bool]:
    """You are above the person in their chain, at any distance."""
    chain = aliased(Chain)
    return there_is(
        [chain],
        chain.organization_id == ORGANIZATION,
        chain.manager_id == YOU,
        chain.report_id == person_id,
        *((chain.depth == 1,) if directly else ()),
    )


def you_managed_last(person_id: Ids) -> ColumnElement[bool]:
    """The last primary line of somebody who has none any more led to you, or to below you."""
    line, later = aliased(ReportingLine), aliased(ReportingLine)
    another_came = there_is(
        [later],
        later.organization_id == ORGANIZATION,
        later.person_id == line.person_id,
        later.kind == LineKind.PRIMARY,
        later.valid_from > line.valid_from,
    )
    return there_is(
        [line],
        line.organization_id == ORGANIZATION,
        line.person_id == person_id,
        line.kind == LineKind.PRIMARY,
        line.valid_to.is_not(None),
        or_(line.manager_id == YOU, you_manage(line.manager_id)),
        ~another_came,
    )


def you_report_to(person_id: Ids) -> ColumnElement[bool]:
    """The person is above you, at any distance."""
    chain = aliased(Chain)
    return there_is(
        [chain],
        chain.organization_id == ORGANIZATION,
        chain.manager_id == person_id,
        chain.report_id == YOU,
    )


def you_belong_to_team(team_id: Ids) -> ColumnElement[bool]:
    member = aliased(TeamMember)
    return there_is(
        [member],
        member.organization_id == ORGANIZATION,
        member.team_id == team_id,
        member.person_id == YOU,
    )


def you_belong_to_department(department_id: Ids) -> ColumnElement[bool]:
    """You work in it or in a department below it."""
    you, line = aliased(Person), aliased(DepartmentLine)
    return there_is(
        [you, line],
        you.organization_id == ORGANIZATION,
        you.id == YOU,
        line.organization_id == ORGANIZATION,
        line.ancestor_id == department_id,
        line.descendant_id == you.department_id,
    )


def you_work_in_or_above(department_id: Ids) -> ColumnElement[bool]:
    """You work in the department or in one above it."""
    you, line = aliased(Person), aliased(DepartmentLine)
    return there_is(
        [you, line],
        you.organization_id == ORGANIZATION,
        you.id == YOU,
        line.organization_id == ORGANIZATION,
        line.ancestor_id == you.department_id,
        line.descendant_id == department_id,
    )


def you_share_a_team_with(person_id: Ids) -> ColumnElement[bool]:
    yours, theirs = aliased(TeamMember), aliased(TeamMember)
    return there_is(
        [yours, theirs],
        yours.organization_id == ORGANIZATION,
        yours.person_id == YOU,
        theirs.organization_id == ORGANIZATION,
        theirs.person_id == person_id,
        yours.team_id == theirs.team_id,
    )


def you_share_a_department_with(person_id: Ids) -> ColumnElement[bool]:
    them = aliased(Person)
    return there_is(
        [them],
        them.organization_id == ORGANIZATION,
        them.id == person_id,
        you_belong_to_department(them.department_id),
    )


def _you_hold(role: Role) -> ColumnElement[bool]:
    held = aliased(RoleAssignment)
    return there_is(
        [held],
        held.organization_id == ORGANIZATION,
        held.person_id == YOU,
        held.role == role,
    )

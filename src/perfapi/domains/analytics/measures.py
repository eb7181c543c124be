"""The definitions of the numbers, as SQL: facts of goals, the groups they belong to, and sums.

All of it is asked of a moment, as in `goals/measures.py`: the same words read the facts of today,
rebuild them from the tables, and look back.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Numeric,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    not_,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from perfapi.core.access import there_is
from perfapi.core.binds import ORGANIZATION
from perfapi.core.db import SCALE
from perfapi.core.history import as_of
from perfapi.domains.goals import measures
from perfapi.domains.goals.models import GoalState, Level
from perfapi.domains.goals.moments import NOW, Moment
from perfapi.domains.people.models import Chain, Department, DepartmentLine, Person, TeamMember

from .models import GoalFact, GroupKind
from .schemas import Counted

GROUP_ID = bindparam("group_id", type_=Uuid())

COLUMNS = [column.name for column in GoalFact.__table__.columns]
SUMS = (
    *("goals", "owners", "active", "closed", "cancelled", "archived"),
    *("on_track", "at_risk", "off_track", "no_number", "measured", "progress", "expected"),
    *("waiting", "in_rhythm", "stale", "could_serve", "serving"),
)


def facts_of_goals(at: Moment) -> Select[Any]:
    """What the tables say: the facts as they have to be."""
    goal, progress, key_result = at.goal, at.progress, at.key_result
    owner = aliased(Person, name="owner") if at.is_now else as_of(Person, name="owner")
    is_measured = exists(
        select(1)
        .where(
            at.of(goal, key_result, key_result.goal_id == goal.id),
            key_result.archived_at.is_(None),
        )
        .correlate(goal)
    )
    department = case(
        (goal.level == Level.DEPARTMENT, goal.department_id),
        (goal.level == Level.COMPANY, null()),
        else_=owner.department_id,
    )
    given: dict[str, Any] = {
        "goal_id": goal.id,
        "department_id": department,
        "has_key_results": is_measured,
        "serves_another": goal.parent_id.is_not(None),
        "progress": progress.progress,
        "checked_in_at": progress.checked_in_at,
    }
    columns = [
        (given[name] if name in given else getattr(goal, name)).label(name) for name in COLUMNS
    ]
    return (
        select(*columns)
        .select_from(goal)
        .join(progress, at.of(goal, progress, progress.goal_id == goal.id))
        .outerjoin(owner, at.of(goal, owner, owner.id == goal.owner_id))  # not known then, perhaps
        .where(goal.organization_id == ORGANIZATION)
    )


def _same_organization(fact: Any, *others: Any) -> list[ColumnElement[bool]]:
    return [other.organization_id == fact.organization_id for other in others]


def _of_company(fact: Any) -> Select[Any]:
    return select(fact.organization_id.label("group_id"), fact.goal_id)


def _of_departments(fact: Any) -> Select[Any]:
    line = aliased(DepartmentLine)
    lies_in = and_(*_same_organization(fact, line), line.descendant_id == fact.department_id)
    return select(line.ancestor_id.label("group_id"), fact.goal_id).join(line, lies_in)


def _of_teams(fact: Any) -> Select[Any]:
    """What a team set itself, and what its members set themselves."""
    member = aliased(TeamMember)
    is_theirs = and_(
        *_same_organization(fact, member),
        member.person_id == fact.owner_id,
        fact.level == Level.PERSON,
    )
    of_team = select(fact.team_id.label("group_id"), fact.goal_id).where(fact.team_id.is_not(None))
    of_members = select(member.team_id.label("group_id"), fact.goal_id).join(member, is_theirs)
    both = of_team.union(of_members).subquery()
    return select(both.c.group_id, both.c.goal_id)


def _of_managers(fact: Any) -> Select[Any]:
    """Of everybody below, and their own."""
    chain, below = aliased(Chain), aliased(Chain)
    reports = and_(*_same_organization(fact, chain), chain.report_id == fact.owner_id)
    manages = there_is([below], *_same_organization(fact, below), below.manager_id == fact.owner_id)
    of_reports = select(chain.manager_id.label("group_id"), fact.goal_id).join(chain, reports)
    own = select(fact.owner_id.label("group_id"), fact.goal_id).where(manages)
    both = of_reports.union_all(own).subquery()
    return select(both.c.group_id, both.c.goal_id)


BELONGING: dict[GroupKind, Callable[[Any], Select[Any]]] = {
    GroupKind.COMPANY: _of_company,
    GroupKind.DEPARTMENT: _of_departments,
    GroupKind.TEAM: _of_teams,
    GroupKind.MANAGER: _of_managers,
}
"""Pairs of group and goal."""


def belongs(kind: GroupKind, fact: Any) -> ColumnElement[bool]:
    """The same of one group, asked goal by goal, each time by index."""
    line, member, chain = aliased(DepartmentLine), aliased(TeamMember), aliased(Chain)
    if kind is GroupKind.DEPARTMENT:
        return there_is(
            [line],
            *_same_organization(fact, line),
            line.ancestor_id == GROUP_ID,
            line.descendant_id == fact.department_id,
        )
    if kind is GroupKind.TEAM:
        is_member = there_is(
            [member],
            *_same_organization(fact, member),
            member.team_id == GROUP_ID,
            member.person_id == fact.owner_id,
        )
        return or_(fact.team_id == GROUP_ID, and_(fact.level == Level.PERSON, is_member))
    if kind is GroupKind.MANAGER:
        reports = there_is(
            [chain],
            *_same_organization(fact, chain),
            chain.manager_id == GROUP_ID,
            chain.report_id == fact.owner_id,
        )
        return or_(fact.owner_id == GROUP_ID, reports)
    return true()


def _department_below(
    fact: Any, stands: Callable[[Any], ColumnElement[bool]]
) -> ColumnElement[Any]:
    line, department = aliased(DepartmentLine), aliased(Department)
    return (
        select(line.ancestor_id)
        .join(department, department.id == line.ancestor_id)
        .where(
            *_same_organization(fact, line, department),
            line.descendant_id == fact.department_id,
            stands(department),
        )
        .correlate(fact)
        .scalar_subquery()
    )


def part_of(kind: GroupKind, fact: Any) -> ColumnElement[Any]:
    """Where in the group the goal belongs: one level below, or null if it is the group's own."""
    if kind is GroupKind.COMPANY:
        return _department_below(fact, lambda top: top.parent_id.is_(None))
    if kind is GroupKind.DEPARTMENT:
        return _department_below(fact, lambda child: child.parent_id == GROUP_ID)
    if kind is GroupKind.MANAGER:
        return _manager_below(fact)
    return cast(null(), Uuid())


def _manager_below(fact: Any) -> ColumnElement[Any]:
    """People who manage nobody are not told apart: they are the manager's own people."""
    direct, further, any_report = aliased(Chain), aliased(Chain), aliased(Chain)
    leads_to_owner = or_(
        direct.report_id == fact.owner_id,
        there_is(
            [further],
            *_same_organization(fact, further),
            further.manager_id == direct.report_id,
            further.report_id == fact.owner_id,
        ),
    )
    return (
        select(direct.report_id)
        .where(
            *_same_organization(fact, direct),
            direct.manager_id == GROUP_ID,
            direct.depth == 1,
            leads_to_owner,
            there_is(
                [any_report],
                *_same_organization(fact, any_report),
                any_report.manager_id == direct.report_id,
            ),
        )
        .correlate(fact)
        .scalar_subquery()
    )


def counting(fact: Any, at: Moment = NOW) -> dict[Counted, ColumnElement[bool]]:
    """Which goals each count counts."""
    status = measures.status(fact, fact.progress, at)
    is_active = fact.state == GoalState.ACTIVE
    waits = measures.waits_for_check_ins(fact, fact.has_key_results)
    quiet = measures.quiet_days(fact, fact.checked_in_at, at)
    could_serve = and_(
        fact.level != Level.COMPANY, fact.state.in_([GoalState.ACTIVE, GoalState.CLOSED])
    )
    return {
        "goals": true(),
        "active": is_active,
        "closed": fact.state == GoalState.CLOSED,
        "cancelled": fact.state == GoalState.CANCELLED,
        "archived": fact.state == GoalState.ARCHIVED,
        "on_track": status == "on_track",
        "at_risk": status == "at_risk",
        "off_track": status == "off_track",
        "no_number": and_(is_active, status.is_(None)),
        "measured": and_(is_active, fact.progress.is_not(None)),
        "waiting": waits,
        "in_rhythm": and_(waits, quiet <= fact.check_in_every_days),
        "out_of_rhythm": and_(waits, quiet > fact.check_in_every_days),
        "stale": measures.is_stale(fact, fact.checked_in_at, fact.has_key_results, at),
        "could_serve": could_serve,
        "serving": and_(could_serve, fact.serves_another),
        "serving_none": and_(could_serve, not_(fact.serves_another)),
    }


def sums(fact: Any, at: Moment = NOW) -> list[ColumnElement[Any]]:
    """In the order of SUMS, each by its name."""
    counted = counting(fact, at)

    def average(value: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(func.avg(value).filter(counted["measured"]), Numeric(30, SCALE))

    found: dict[str, ColumnElement[Any]] = {
        "owners": func.count(fact.owner_id.distinct()),
        "progress": average(fact.progress),
        "expected": average(measures.expected(fact, at)),
    } | {name: func.count().filter(condition) for name, condition in counted.items()}
    return [found[name].label(name) for name in SUMS]

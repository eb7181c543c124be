from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, cast, column, func, literal, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.visitors import replacement_traverse

from perfapi.core.access import there_is
from perfapi.core.binds import ORGANIZATION
from perfapi.domains.goals import policy
from perfapi.domains.goals.models import Goal, GoalProgress, Level
from perfapi.domains.people.models import Chain, DepartmentLine, Person, Status, TeamMember
from perfapi.domains.people.queries import among

from .schemas import BulkPeople


def _about_each(element: Any, **_: Any) -> Any:
    is_owner = isinstance(element, BindParameter) and element.key == policy.FOR_OWNER.key
    return Person.id if is_owner else None


# The very rule that guards a single goal, asked of every person at once.
_MAY_SET: ColumnElement[bool] = replacement_traverse(
    policy.MAY_SET[Level.PERSON].condition, {}, _about_each
)


class Candidate(NamedTuple):
    id: UUID
    name: str
    has_left: bool
    may_set: bool


async def find_people(session: AsyncSession, wanted: BulkPeople) -> list[Candidate]:
    """Whom the filter names, each with whether YOU may set goals for them, by name."""
    # Who has left is told of if named; a unit is who works in it.
    named = wanted.person_ids
    whom = among(Person.id, named) if named is not None else Person.status != Status.LEFT
    found = (
        select(Person.id, Person.name, Person.status == Status.LEFT, _MAY_SET)
        .where(whom, *_filters(wanted))
        .order_by(Person.name, Person.id)
    )
    return [Candidate(*row) for row in await session.execute(found)]


def _filters(wanted: BulkPeople) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [true()]
    if wanted.department_id is not None:
        line = aliased(DepartmentLine)
        conditions.append(
            there_is(
                [line],
                line.organization_id == ORGANIZATION,
                line.ancestor_id == wanted.department_id,
                line.descendant_id == Person.department_id,
            )
        )
    if wanted.team_id is not None:
        member = aliased(TeamMember)
        conditions.append(
            there_is(
                [member],
                member.organization_id == ORGANIZATION,
                member.team_id == wanted.team_id,
                member.person_id == Person.id,
            )
        )
    if wanted.manager_id is not None:
        chain = aliased(Chain)
        conditions.append(
            there_is(
                [chain],
                chain.organization_id == ORGANIZATION,
                chain.manager_id == wanted.manager_id,
                chain.report_id == Person.id,
            )
        )
    return conditions


async def are_set(session: AsyncSession, goal_ids: list[UUID]) -> bool:
    """Whether the work of an operation is there already, from before a crash."""
    found = select(Goal.id).where(among(Goal.id, goal_ids)).limit(1)
    return (await session.scalars(found)).one_or_none() is not None


def progress_like(
    organization: UUID, model_id: UUID, goal_ids: list[UUID]
) -> tuple[list[str], Select[Any]]:
    """Rows of progress for goals that stand exactly where another one stands, by column."""
    others = func.unnest(cast(literal(goal_ids), ARRAY(Uuid()))).table_valued(column("id", Uuid()))
    others = others.render_derived(name="others")
    columns = {
        name: others.c.id if name == "goal_id" else its
        for name, its in GoalProgress.__table__.columns.items()
    }
    model = (
        select(*columns.values())
        .select_from(GoalProgress)
        .join(others, true())
        .where(GoalProgress.organization_id == organization, GoalProgress.goal_id == model_id)
    )
    return list(columns), model

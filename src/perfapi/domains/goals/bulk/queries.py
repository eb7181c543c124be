from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    String,
    Uuid,
    and_,
    any_,
    cast,
    column,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.visitors import replacement_traverse

from perfapi.core.access import there_is
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.operations import VISIBLE as OPERATIONS_IN_SIGHT
from perfapi.core.operations import Operation
from perfapi.domains.goals import policy
from perfapi.domains.goals.comments.models import GoalComment
from perfapi.domains.goals.models import (
    CheckIn,
    Goal,
    GoalMember,
    GoalProgress,
    Initiative,
    KeyResult,
    Level,
)
from perfapi.domains.people.models import Chain, DepartmentLine, Person, Status, TeamMember
from perfapi.domains.people.queries import among

from .ids import derived, of_its_moment
from .schemas import BulkGoal, BulkPeople


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
    named, also = wanted.person_ids, wanted.also_person_ids or ()
    parts = (wanted.department_id, wanted.team_id, wanted.manager_id, named)
    # Who has left is told of if named; a unit is who works in it.
    whom = among(Person.id, named) if named is not None else Person.status != Status.LEFT
    if all(part is None for part in parts):
        whom = false()
    found = (
        select(Person.id, Person.name, Person.status == Status.LEFT, _MAY_SET)
        .where(
            or_(and_(whom, *_filters(wanted)), among(Person.id, also)),
            not_(among(Person.id, wanted.except_person_ids or ())),
        )
        .order_by(Person.name, Person.id)
    )
    return [Candidate(*row) for row in await session.execute(found)]


async def find_who_has(
    session: AsyncSession,
    goals: Sequence[BulkGoal],
    people: Sequence[Candidate],
    *,
    besides: UUID,
) -> set[tuple[UUID, int]]:
    """Which of these people have which of these goals already, by its place; as far as YOU see.

    What an operation has set itself does not count: it may have been started again.
    """
    title = func.lower(Goal.title)
    wanted = cast(literal([goal.title.lower() for goal in goals]), ARRAY(String()))
    found = (
        select(Goal.owner_id, title, Goal.cycle_id, Goal.id)
        .where(
            among(Goal.owner_id, [person.id for person in people]),
            title == any_(wanted),
            Goal.level == Level.PERSON,
            policy.HAS_NOT_ENDED.condition,
            policy.VISIBLE,
        )
        .order_by(Goal.id)
    )
    have = set()
    for owner_id, named, cycle_id, goal_id in await session.execute(found):
        places = range(len(goals))
        if goal_id in {derived(besides, place, owner_id) for place in places}:
            continue
        have |= {
            (owner_id, place)
            for place in places
            if (goals[place].title.lower(), goals[place].cycle_id) == (named, cycle_id)
        }
    return have


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


async def find_operation(session: AsyncSession, operation_id: UUID) -> Operation | None:
    """If YOU asked for it."""
    found = select(Operation).where(Operation.id == operation_id, OPERATIONS_IN_SIGHT)
    return (await session.scalars(found)).one_or_none()


_MAY_TAKE_BACK = and_(policy.VISIBLE, *(act.condition for act in policy.MAY_CANCEL))

_result, _check_in, _aligned = aliased(KeyResult), aliased(CheckIn), aliased(Goal)


def _none_of(entity: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return not_(there_is([entity], entity.organization_id == ORGANIZATION, *conditions))


# Whatever changes a goal or a key result counts its version up, an activation and a proposal too.
_IS_UNTOUCHED = and_(
    Goal.version == 1,
    _none_of(_result, _result.goal_id == Goal.id, _result.version > 1),
    not_(
        there_is(
            [_result, _check_in],
            _result.organization_id == ORGANIZATION,
            _result.goal_id == Goal.id,
            _check_in.organization_id == ORGANIZATION,
            _check_in.key_result_id == _result.id,
        )
    ),
    _none_of(_aligned, _aligned.parent_id == Goal.id),
    *(_none_of(each, each.goal_id == Goal.id) for each in (GoalComment, Initiative, GoalMember)),
)


async def lock_goals_of(session: AsyncSession, run: UUID) -> list[tuple[Goal, bool]]:
    """Goals that YOU set, that could be of that operation and have not ended; and whether YOU may
    cancel them and nobody touched them."""
    found = (
        select(Goal.id)
        .where(
            Goal.id.between(*of_its_moment(run)),
            Goal.created_by_id == YOU,
            policy.HAS_NOT_ENDED.condition,
        )
        .order_by(Goal.id)
        .with_for_update(of=Goal)
    )
    ids = list(await session.scalars(found))
    # Asked once they are locked: what somebody wrote on one of them meanwhile is seen here.
    asked = (
        select(Goal, and_(_MAY_TAKE_BACK, _IS_UNTOUCHED))
        .where(among(Goal.id, ids), policy.HAS_NOT_ENDED.condition)
        .order_by(Goal.id)
    )
    return [(goal, is_untouched) for goal, is_untouched in await session.execute(asked)]


async def key_results_of(session: AsyncSession, goal_ids: list[UUID]) -> dict[UUID, set[UUID]]:
    found = select(KeyResult.goal_id, KeyResult.id).where(among(KeyResult.goal_id, goal_ids))
    results: dict[UUID, set[UUID]] = {}
    for goal_id, result_id in await session.execute(found):
        results.setdefault(goal_id, set()).add(result_id)
    return results

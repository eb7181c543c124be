"""Who may see and do what, as named SQL predicates about YOU.

One definition filters lists, guards single reads and commands, fills `permissions` in documents
and explains itself: the page and the server cannot disagree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.visitors import replacement_traverse

from .binds import YOU
from .constants import spelled_out
from .db import Tenanted, facts, own_rows
from .errors import NotFound, Problem

Row = TypeVar("Row", bound=Tenanted)

RESOURCES: dict[str, "Rules"] = {}
"""The rules of every resource by its name on the wire, for those who explain them."""


class Rules:
    """Alternatives: a row is visible if any holds. The names are the explanation.

    `Rules("goals", Goal, you_own_it=Goal.owner_id == YOU, ...)`: say each name as a sentence.
    """

    def __init__(self, resource: str, entity: type[Tenanted], **rules: ColumnElement[bool]) -> None:
        self.resource = resource
        self.entity = entity
        self.rules = rules
        self._any = or_(false(), *rules.values())
        RESOURCES[resource] = self

    def __clause_element__(self) -> ColumnElement[bool]:
        """Makes `.where(VISIBLE)` work."""
        return self._any


def there_is(entities: Sequence[Any], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """`EXISTS` over these (aliased) entities; every other name belongs to a query around it.

    A plain `exists` reaches one query outwards only: deeper inside, a name of the outermost query
    silently becomes a table of its own, and the rule holds for any of its rows.
    """
    return exists(select(1).where(*conditions).correlate_except(*entities))


@dataclass(frozen=True, eq=False)
class Act:
    """What may be done with a visible row, and the problem that says no with its reason."""

    problem: type[Problem]
    condition: ColumnElement[bool]

    def __and__(self, further: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(self.condition, further)


def permissions(**acts: Act | tuple[Act, ...] | ColumnElement[bool]) -> ColumnElement[Any]:
    """The `permissions` of a document: the names of the acts that are open to YOU now.

    What takes several acts (of your standing, of the row's state) is a tuple of them.
    """
    names: list[ColumnElement[str | None]] = [
        case((_condition(act), literal_column(f"'{name}'"))) for name, act in acts.items()
    ]
    open_acts: ColumnElement[Any] = array(names, type_=Text())
    return func.to_json(func.array_remove(open_acts, null()))


def _condition(act: Act | tuple[Act, ...] | ColumnElement[bool]) -> ColumnElement[bool]:
    if isinstance(act, tuple):
        return and_(*(part.condition for part in act))
    return act.condition if isinstance(act, Act) else act


async def load(
    session: AsyncSession,
    visible: Rules,
    row_id: UUID,
    *acts: Act,
    entity: type[Row],
    lock: bool = False,
) -> Row:
    """The row that a command changes: 404 if you do not see it, refused by the first act that is
    not open to you."""
    named: Any = entity
    statement = _loading(visible, acts, named, lock)
    found = (await session.execute(statement, {"row_id": row_id})).one_or_none()
    if found is None:
        raise NotFound()
    row, *answers = found
    refuse(acts, answers)
    loaded: Row = row
    return loaded


@lru_cache(maxsize=1_000)
def _loading(visible: Rules, acts: tuple[Act, ...], entity: Any, lock: bool) -> Select[Any]:
    """Built once: of large rules, that takes longer than to ask them."""
    statement: Select[Any] = select(entity, *(act.condition for act in acts))
    statement = spelled_out(statement.where(entity.id == bindparam("row_id"), visible))
    return own_rows(statement.with_for_update(of=entity) if lock else statement)


def refuse(acts: Sequence[Act], answers: Sequence[bool | None]) -> None:
    """Raises the problem of the first act whose condition did not hold."""
    for act, allowed in zip(acts, answers, strict=True):
        if not allowed:
            raise act.problem()


async def explain(session: AsyncSession, rules: Rules, row_id: UUID) -> list[str]:
    """The names of the rules that open this row for YOU; none means that it is invisible."""
    columns = [rule.label(name) for name, rule in rules.rules.items()]
    statement = select(*columns).select_from(rules.entity).where(rules.entity.id == row_id)
    found = (await session.execute(statement)).one_or_none()
    return [] if found is None else [name for name, holds in found._mapping.items() if holds]


async def viewers(
    session: AsyncSession,
    rules: Rules,
    row_id: UUID,
    *,
    among: Any,
    who: Callable[[Any], ColumnElement[bool]] = lambda _: true(),
    only: UUID | None = None,
    after: UUID | None = None,
    limit: int = 200,
) -> list[tuple[UUID, list[str]]]:
    """People who may see this row, each with the rules that let them: every one of them as YOU.

    `among` is the table of people, `who` says which of them can see anything at all; `only` asks
    about one of them.
    """
    viewer = aliased(among, name="viewer")
    # By its name: an EXISTS within an EXISTS would bring a column's table along, and so hold for
    # everybody as soon as it holds for one.
    you: ColumnElement[UUID] = literal_column("viewer.id", Uuid())

    def as_viewer(element: Any, **_: Any) -> Any:
        is_you = isinstance(element, BindParameter) and element.key == YOU.key
        return you if is_you else None

    columns = [replacement_traverse(rule, {}, as_viewer) for rule in rules.rules.values()]
    statement = (
        select(viewer.id, *columns)
        .join_from(rules.entity, viewer, viewer.organization_id == rules.entity.organization_id)
        .where(rules.entity.id == row_id, or_(false(), *columns), who(viewer))
        .order_by(viewer.id)
        .limit(limit)
    )
    if only is not None:
        statement = statement.where(viewer.id == only)
    if after is not None:
        statement = statement.where(viewer.id > after)
    return [
        (person_id, _holding(list(rules.rules), answers))
        for person_id, *answers in await session.execute(statement)
    ]


def _holding(names: Sequence[str], answers: Sequence[bool | None]) -> list[str]:
    return [name for name, holds in zip(names, answers, strict=True) if holds]


EVERYWHERE: dict[str, Act] = {}
"""Acts on the organization as a whole, by name; `GET /v1/me` tells which are open to you."""


def everywhere(name: str, act: Act) -> Act:
    """Registers an act that is not about one row: `IMPORT = everywhere("import_people", ...)`."""
    EVERYWHERE[name] = act
    return act


async def ensure(session: AsyncSession, act: Act, **about: Any) -> None:
    """For commands that have no row yet: refuses unless the act is open to YOU.

    `about` fills further binds of the condition: what the new row would be about.
    """
    allowed = (await session.execute(_asking(act), facts(session) | about)).scalar_one()
    if not allowed:
        raise act.problem()


@lru_cache(maxsize=200)
def _asking(act: Act) -> Select[bool]:
    return own_rows(select(act.condition))

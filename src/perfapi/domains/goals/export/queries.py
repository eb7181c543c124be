import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.actor import Actor
from perfapi.core.db import Sessions, in_organization
from perfapi.core.documents import documents
from perfapi.core.listings import Listing, pieces
from perfapi.core.sheets import BYTE_ORDER_MARK, lines
from perfapi.domains.goals import policy
from perfapi.domains.goals import queries as goals
from perfapi.domains.goals.key_results.queries import milestone_count
from perfapi.domains.goals.models import Goal, GoalState, KeyResult, KeyResultProgress
from perfapi.domains.goals.moments import NOW
from perfapi.domains.goals.schemas import GoalPage
from perfapi.domains.people.models import Person

from . import schemas
from .schemas import ExportRows

GOALS_AT_ONCE = 200

Document = dict[str, Any]


def _title_or_owner(text: Any) -> ColumnElement[bool]:
    owner = (
        select(Person.name)
        .where(Person.organization_id == Goal.organization_id, Person.id == Goal.owner_id)
        .scalar_subquery()
    )
    said = func.concat(Goal.title, " ", owner)
    return func.strpos(func.lower(said), func.lower(text)) > 0


def _as_in_the_list(name: str) -> Callable[[Any], ColumnElement[bool]]:
    return lambda _: goals.EVERY_GOAL.conditions[name]


def _exported(*where: ColumnElement[bool]) -> Listing[GoalPage]:
    """The documents of the list: a line says what the API says."""
    every = goals.EVERY_GOAL
    return Listing(
        GoalPage,
        every.statement.where(*where),
        schemas.ExportFilter,
        sorts=every.orders,
        **{name: _as_in_the_list(name) for name in every.conditions} | {"q": _title_or_owner},
    )


_GOALS_IN_USE = _exported(Goal.state.not_in([GoalState.CANCELLED, GoalState.ARCHIVED]))
_GOALS_IN_ANY_STATE = _exported()

_KEY_RESULTS = (
    documents(
        schemas.ExportedKeyResult,
        KeyResult,
        current=KeyResultProgress.current,
        progress=KeyResultProgress.progress,
        confidence=KeyResultProgress.confidence,
        checked_in_at=KeyResultProgress.checked_in_at,
        milestones=milestone_count(NOW),
    )
    .select_from(KeyResult)
    .join(
        KeyResultProgress,
        and_(
            KeyResultProgress.organization_id == KeyResult.organization_id,
            KeyResultProgress.key_result_id == KeyResult.id,
        ),
    )
    .join(
        Goal, and_(Goal.organization_id == KeyResult.organization_id, Goal.id == KeyResult.goal_id)
    )
    .where(
        policy.VISIBLE,
        KeyResult.archived_at.is_(None),
        KeyResult.goal_id == func.any(bindparam("goal_ids", type_=ARRAY(Uuid()))),
    )
    .order_by(KeyResult.position, KeyResult.id)
)


def _inside(name: str, part: str) -> Callable[[Document], object]:
    return lambda row: row[name] and row[name][part]


_PLAIN = (
    *("level", "ambition", "purpose", "agreement", "visibility", "state", "starts_on", "due_on"),
    *("weight", "progress", "expected", "status", "status_source", "checked_in_at", "is_stale"),
)
_GOAL_COLUMNS: dict[str, Callable[[Document], object]] = {
    "goal_id": lambda goal: goal["id"],
    "goal": lambda goal: goal["title"],
    "owner_id": _inside("owner", "id"),
    "owner": _inside("owner", "name"),
    "department": _inside("department", "name"),
    "team": _inside("team", "name"),
    "cycle": _inside("cycle", "name"),
    "parent_id": _inside("parent", "id"),
    "parent": _inside("parent", "title"),
    **{name: lambda goal, name=name: goal[name] for name in _PLAIN},  # type: ignore[misc]
    "key_result_count": lambda goal: goal["key_result_count"],
    "updated_at": lambda goal: goal["updated_at"],
    "description": lambda goal: goal["description"],
}
_OF_THE_GOAL = ("goal_id", "goal", "owner_id", "owner", "cycle", "state", "due_on")
_MEASURES = (
    *("kind", "unit", "start", "target", "lower", "upper", "current", "progress"),
    *("weight", "confidence", "checked_in_at"),
)
_KEY_RESULT_COLUMNS: dict[str, Callable[[Document], object]] = {
    "key_result_id": lambda key_result: key_result["id"],
    "key_result": lambda key_result: key_result["title"],
    **{name: lambda row, name=name: row[name] for name in _MEASURES},  # type: ignore[misc]
    "milestones_done": _inside("milestones", "done"),
    "milestones_total": _inside("milestones", "total"),
}

COLUMNS: Mapping[ExportRows, Sequence[str]] = {
    ExportRows.GOALS: tuple(_GOAL_COLUMNS),
    ExportRows.KEY_RESULTS: (*_OF_THE_GOAL, *_KEY_RESULT_COLUMNS),
}


async def export_goals(
    sessions: Sessions, actor: Actor, query: schemas.GoalExportQuery
) -> AsyncIterator[str]:
    """CSV in pieces, each read in a short transaction of its own."""
    yield (BYTE_ORDER_MARK if query.bom else "") + lines([COLUMNS[query.rows]])
    async for piece in pieces(
        partial(in_organization, sessions, actor.organization_id, you=actor.person_id),
        _GOALS_IN_USE if query.state is None else _GOALS_IN_ANY_STATE,
        query,
        GOALS_AT_ONCE,
        _lines_of_goals if query.rows is ExportRows.GOALS else _lines_of_key_results,
    ):
        yield piece


async def _lines_of_goals(session: AsyncSession, found: list[str]) -> str:
    return lines(_row(_GOAL_COLUMNS, json.loads(document)) for document in found)


async def _lines_of_key_results(session: AsyncSession, found: list[str]) -> str:
    listed: list[Document] = [json.loads(document) for document in found]
    measured: dict[str, list[Document]] = defaultdict(list)
    ids = [UUID(goal["id"]) for goal in listed]
    for row in (await session.execute(_KEY_RESULTS, {"goal_ids": ids})).all():
        key_result: Document = json.loads(str(row[0]))
        measured[key_result["goal_id"]].append(key_result)
    shown = {name: _GOAL_COLUMNS[name] for name in _OF_THE_GOAL}
    return lines(
        [*_row(shown, goal), *_row(_KEY_RESULT_COLUMNS, key_result)]
        for goal in listed
        for key_result in measured[goal["id"]]
    )


def _row(columns: Mapping[str, Callable[[Document], object]], document: Document) -> list[object]:
    return [value(document) for value in columns.values()]

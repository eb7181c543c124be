"""Progress in plain Python, written from the rules of the trade and not from the SQL.

It reads what was stored as facts (goals, key results, check-ins) and reckons everything anew with
exact fractions, from the leaves up.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions, facts
from perfapi.core.operations import KINDS, Work
from perfapi.domains.goals import jobs  # noqa: F401 -- brings its operation along

Reckoned = dict[UUID, Decimal | None]


def ratio(numerator: Decimal | Fraction, denominator: Decimal | Fraction) -> Decimal:
    """12 places, half to even: `round` of a fraction is exactly that."""
    steps = round(Fraction(numerator) / Fraction(denominator) * 10**12)
    sign, digits, _ = Decimal(steps).as_tuple()
    return Decimal((sign, digits, -12))


def clamped(raw: Decimal) -> Decimal:
    return min(max(raw, Decimal(0)), Decimal(1))


def rolled_up(parts: Iterable[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    counting = [(Fraction(w), Fraction(p)) for w, p in parts if w > 0 and p is not None]
    if not counting:
        return None
    nothing = Fraction(0)
    return ratio(sum((w * p for w, p in counting), nothing), sum((w for w, _ in counting), nothing))


def band(key_result: Any, value: Decimal) -> Decimal:
    """1 inside; outside it loses with the distance, at once if there is no tolerance."""
    lower, upper, tolerance = key_result.lower, key_result.upper, key_result.tolerance
    distance = Decimal(0)
    if lower is not None and value < lower:
        distance = lower - value
    if upper is not None and value > upper:
        distance = value - upper
    if distance == 0:
        return Decimal(1)
    if tolerance is None:
        return Decimal(0)
    return max(Decimal(0), ratio(Fraction(tolerance) - Fraction(distance), tolerance))


def share(milestones: Iterable[Any], done: set[UUID]) -> Decimal:
    steps = list(milestones)
    return ratio(
        sum((Fraction(step.weight) for step in steps if step.id in done), Fraction(0)),
        sum((Fraction(step.weight) for step in steps), Fraction(0)),
    )


async def reckon(session: AsyncSession, until: datetime | None = None) -> tuple[Reckoned, Reckoned]:
    """Progress of every goal, and raw progress of every key result; as of an instant, from what
    goals and key results were then and the check-ins until then."""
    goals = {row.id: row for row in await _rows(session, "goals", until)}
    key_results = await _rows(session, "key_results", until)
    check_ins = [
        row
        for row in await _rows(session, "check_ins")
        if until is None or row.checked_in_at <= until
    ]
    milestones = await _rows(session, "milestones", until)
    named = await _rows(session, "check_in_milestones")
    raws: Reckoned = {}
    parts: dict[UUID, list[tuple[Decimal, Decimal | None]]] = {goal_id: [] for goal_id in goals}
    for key_result in key_results:
        history = [c for c in check_ins if c.key_result_id == key_result.id]
        latest = max(history, key=lambda c: (c.checked_in_at, c.id), default=None)
        current = key_result.start if latest is None else latest.value
        if key_result.kind == "milestones":
            steps = [m for m in milestones if m.key_result_id == key_result.id]
            in_use = [step for step in steps if step.archived_at is None]
            ticked = {n.milestone_id for n in named if latest and n.check_in_id == latest.id}
            current = share(in_use, ticked)
        raw = None
        if key_result.kind != "maintain":
            raw = ratio(current - key_result.start, key_result.target - key_result.start)
        elif current is not None:
            raw = band(key_result, current)
        raws[key_result.id] = raw
        counts = key_result.archived_at is None
        if counts and goals[key_result.goal_id].driver in {"key_results", "both"}:
            progress_of_it = None if raw is None else clamped(raw)
            parts[key_result.goal_id].append((key_result.weight, progress_of_it))
    done: Reckoned = {}

    def progress(goal_id: UUID) -> Decimal | None:
        if goal_id not in done:
            mine = list(parts[goal_id])
            if goals[goal_id].driver in {"goals", "both"}:
                mine += [
                    (child.weight, progress(child.id))
                    for child in goals.values()
                    if child.parent_id == goal_id and child.state in {"active", "closed"}
                ]
            done[goal_id] = rolled_up(mine)
        return done[goal_id]

    return {goal_id: progress(goal_id) for goal_id in goals}, raws


async def reckon_milestones(session: AsyncSession) -> dict[UUID, datetime | None]:
    """Since when each milestone in use is done: by walking through the history, oldest first."""
    check_ins = await _rows(session, "check_ins")
    named = {(n.check_in_id, n.milestone_id) for n in await _rows(session, "check_in_milestones")}
    done_at: dict[UUID, datetime | None] = {}
    for step in await _rows(session, "milestones"):
        if step.archived_at is not None:
            continue
        done_at[step.id] = None
        history = [c for c in check_ins if c.key_result_id == step.key_result_id]
        for check_in in sorted(history, key=lambda c: (c.checked_in_at, c.id)):
            if (check_in.id, step.id) not in named:
                done_at[step.id] = None
            elif done_at[step.id] is None:
                done_at[step.id] = check_in.checked_in_at
    return done_at


async def stored_milestones(session: AsyncSession) -> dict[UUID, datetime | None]:
    steps = await _rows(session, "milestones")
    return {step.id: step.done_at for step in steps if step.archived_at is None}


async def stored(session: AsyncSession) -> tuple[Reckoned, Reckoned]:
    goals = await _rows(session, "goal_progress")
    key_results = await _rows(session, "key_result_progress")
    return (
        {row.goal_id: row.progress for row in goals},
        {row.key_result_id: row.raw_progress for row in key_results},
    )


async def _rows(session: AsyncSession, table: str, at: datetime | None = None) -> list[Any]:
    own = f"SELECT * FROM {table} WHERE organization_id = :organization"
    given: dict[str, Any] = {"organization": facts(session)["organization"]}
    if at is not None:
        own = own.replace(table, f"{table}_history")
        own += " AND since <= :instant AND (until IS NULL OR until > :instant)"
        given["instant"] = at
    return list(await session.execute(text(own), given))


class WorkInHand(Work):
    """The full recompute in the test's own transaction; it remembers what progress was told."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(Sessions(), facts(session)["organization"], uuid4(), None, {}, _renew)
        self.__dict__ |= {"here": session, "told": []}

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        yield self.__dict__["here"]

    async def progress(self, done: int, total: int) -> None:
        self.told.append((done, total))

    @property
    def told(self) -> list[tuple[int, int]]:
        told: list[tuple[int, int]] = self.__dict__["told"]
        return told


async def recomputed(session: AsyncSession) -> dict[str, Any]:
    return await KINDS["recompute_goals"](WorkInHand(session))


async def recompute_beside(sessions: Sessions, organization: UUID) -> dict[str, Any]:
    """As the worker does, in transactions that commit."""
    return await KINDS["recompute_goals"](Work(sessions, organization, uuid4(), None, {}, _renew))


async def _renew() -> None: ...

"""Progress in plain Python, written from the rules of the trade and not from the SQL.

It reads what was stored as facts (goals, key results, check-ins) and reckons everything anew with
exact fractions, from the leaves up.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.db import Sessions, facts
from perfapi.core.operations import KINDS, Work

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


async def reckon(session: AsyncSession) -> tuple[Reckoned, Reckoned]:
    """Progress of every goal, and raw progress of every key result."""
    goals = {row.id: row for row in await _rows(session, "goals")}
    key_results = await _rows(session, "key_results")
    check_ins = await _rows(session, "check_ins")
    raws: Reckoned = {}
    parts: dict[UUID, list[tuple[Decimal, Decimal | None]]] = {goal_id: [] for goal_id in goals}
    for key_result in key_results:
        history = [c for c in check_ins if c.key_result_id == key_result.id]
        latest = max(history, key=lambda c: (c.checked_in_at, c.id), default=None)
        current = key_result.start if latest is None else latest.value
        way, distance = current - key_result.start, key_result.target - key_result.start
        raw = ratio(way, distance)
        raws[key_result.id] = raw
        counts = key_result.archived_at is None
        if counts and goals[key_result.goal_id].driver in {"key_results", "both"}:
            parts[key_result.goal_id].append((key_result.weight, clamped(raw)))
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


async def stored(session: AsyncSession) -> tuple[Reckoned, Reckoned]:
    goals = await _rows(session, "goal_progress")
    key_results = await _rows(session, "key_result_progress")
    return (
        {row.goal_id: row.progress for row in goals},
        {row.key_result_id: row.raw_progress for row in key_results},
    )


async def _rows(session: AsyncSession, table: str) -> list[Any]:
    own = text(f"SELECT * FROM {table} WHERE organization_id = :organization")
    return list(await session.execute(own, {"organization": facts(session)["organization"]}))


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

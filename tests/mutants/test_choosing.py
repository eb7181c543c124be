"""What stands beside a rule means what it is made instead of, also where a rule is unknown."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, ColumnElement, and_, literal, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncSession

from tests.mutants import choosing
from tests.mutants.__main__ import ROOT
from tests.mutants.mutating import files, mutants_of
from tests.mutants.weaving import woven

CHOSEN, REST = 7, 8
VALUES = (True, False, None)


def _of(*values: bool | None) -> list[ColumnElement[Any]]:
    return [literal(value, Boolean()) for value in values]


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in_python", "touched", "failed"):
        monkeypatch.setattr(choosing, name, set())


async def _both(session: AsyncSession, made: ColumnElement[Any]) -> list[bool | None]:
    """As somebody else, and as the chosen one."""
    answers = []
    for number in (REST, CHOSEN):
        await session.execute(text(f"SET LOCAL {choosing.SETTING} = '{number}'"))
        answers.append((await session.execute(select(made))).scalar_one())
    return answers


class TestInSql:
    @pytest.mark.parametrize(("of", "instead"), [(and_, or_), (or_, and_)])
    async def test_junctions_are_taken_for_one_another(
        self, session: AsyncSession, of: Any, instead: Any
    ) -> None:
        for values in product(VALUES, repeat=3):
            wanted = (
                await session.execute(select(of(*_of(*values)), instead(*_of(*values))))
            ).one()
            made = choosing.junction(CHOSEN, of)(*_of(*values))
            assert await _both(session, made) == list(wanted), values

    async def test_rules_are_negated_and_replaced(self, session: AsyncSession) -> None:
        for value in VALUES:
            (rule,) = _of(value)
            negation = None if value is None else not value
            assert await _both(session, choosing.negated(CHOSEN, rule)) == [value, negation]
            assert await _both(session, choosing.other(CHOSEN, rule, true)) == [value, True]

    async def test_without_a_number_the_rule_is_asked(self, session: AsyncSession) -> None:
        made = choosing.negated(CHOSEN, true())
        assert (await session.execute(select(made))).scalar_one() is True

    async def test_acts_are_waived(self, session: AsyncSession) -> None:
        act = _Act(*_of(False))
        assert await _both(session, choosing.waived(CHOSEN, act).condition) == [False, True]

    def test_what_cannot_be_made_is_left_to_the_other_way(self) -> None:
        (rule,) = _of(True)
        assert choosing.other(CHOSEN, rule, lambda: rule.column_that_is_not_there) is rule
        assert choosing.failed == {CHOSEN}


@dataclass
class _Act:
    condition: ColumnElement[bool]


def test_in_python_the_current_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for current, wanted in ((REST, (False, "rule")), (CHOSEN, (True, "mutant"))):
        monkeypatch.setattr(choosing, "current", current)
        other = choosing.other(CHOSEN, "rule", lambda: "mutant")
        assert (choosing.negated(CHOSEN, False), other) == wanted
    assert choosing.in_python == {CHOSEN}


@pytest.mark.parametrize("file", list(files(ROOT)))
def test_what_is_woven_can_be_read_and_says_each_once(file: str) -> None:
    mutants = dict(enumerate(mutants_of(ROOT, file), 1))
    placed = {number: one for number, one in mutants.items() if one.place}

    written = woven((ROOT / file).read_text(), placed)

    compile(written, file, "exec")
    for number in placed:
        assert written.count(f"({number},") + written.count(f"({number})") >= 1
    assert len(mutants) - len(placed) <= 4


def test_lists_of_states_are_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "policy.py").write_text(
        "import x\nENDED = Act(No, Goal.state.in_([GoalState.CLOSED, GoalState.CANCELLED]))\n"
    )
    mutants = mutants_of(tmp_path, "policy.py")
    others = {one.place.other for one in mutants if one.place}
    assert "Goal.state.in_([GoalState.CANCELLED, GoalState.CANCELLED])" in others
    assert "Goal.state.in_([ GoalState.CANCELLED])" in others

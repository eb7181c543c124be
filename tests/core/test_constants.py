from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from perfapi.core.binds import AS_OF, ORGANIZATION
from perfapi.core.constants import spelled_out
from perfapi.core.db import own_rows
from perfapi.domains.goals.models import Goal, GoalState, Visibility

_DIALECT = dialect()  # type: ignore[no-untyped-call]


def _binds(statement: Select[Any]) -> set[str]:
    return set(statement.compile(dialect=_DIALECT).params)


class TestSpelledOut:
    def test_constants_are_part_of_the_statement(self) -> None:
        open_goals = select(Goal.id).where(
            Goal.visibility == Visibility.PUBLIC,
            Goal.state.in_([GoalState.DRAFT, GoalState.ACTIVE]),
            Goal.title == "it's",
            Goal.check_in_every_days > 7,
        )
        spelled = spelled_out(open_goals)
        said = str(spelled.compile(dialect=_DIALECT))
        assert _binds(spelled) == set()
        for part in ("= 'public'", "IN ('draft', 'active')", "= 'it''s'", "> 7"):
            assert part in said

    def test_what_readers_send_stays_a_bind(self) -> None:
        one = own_rows(
            select(Goal.id).where(
                Goal.organization_id == ORGANIZATION,
                Goal.title == bindparam("given_title"),
                Goal.visibility == Visibility.PUBLIC,
            )
        )
        assert {"organization", "given_title"} <= _binds(spelled_out(one))
        assert not {name for name in _binds(spelled_out(one)) if name.startswith("visibility")}

    def test_the_past_is_left_alone(self) -> None:
        then = select(Goal.id).where(Goal.created_at < AS_OF, Goal.check_in_every_days > 7)
        assert spelled_out(then) is then

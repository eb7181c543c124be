"""How goals ended survives the way into the history of closings and back."""

from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from perfapi.domains.goals.models import Closing, Driver, Goal, GoalState
from perfapi.domains.people.models import Person
from tests.factories.goals import a_check_in, a_goal, a_key_result, noon, today_of
from tests.factories.organizations import an_organization
from tests.factories.people import a_person
from tests.test_migrations import go
from tests.test_migrations import owner as owner

BEFORE = "0005"


async def _let_goals_end(owner: AsyncConnection) -> None:
    async with AsyncSession(owner, expire_on_commit=False) as session:
        await an_organization(session)
        ada = await a_person(session)
        top = await a_goal(session, ada, "Top", driver=Driver.GOALS)
        away = await a_goal(session, ada, "Away", under=top, state=GoalState.ARCHIVED)
        open_again = await a_goal(session, ada, "Open again", under=top)
        await a_check_in(session, await a_key_result(session, away), "80", by=ada)
        await a_check_in(session, await a_key_result(session, open_again), "20", by=ada)
        at = noon(today_of(session))
        for goal, *notes in ((away, "Nearly.", "There."), (open_again, "Too early.")):
            session.add_all(
                _closing(goal, note, ada, at.replace(hour=n))
                for n, note in enumerate(notes, start=1)
            )
            await session.flush()
        await session.commit()


def _closing(goal: Goal, note: str, by: Person, at: Any) -> Closing:
    return Closing(
        goal_id=goal.id,
        outcome=GoalState.CLOSED,
        note=note,
        score=Decimal("0.7"),
        closed_by_id=by.id,
        closed_at=at,
    )


async def _rows(owner: AsyncConnection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await owner.exec_driver_sql(query)]


async def test_down_keeps_the_last_closing_and_up_makes_it_history(
    owner: AsyncConnection,
) -> None:
    await _let_goals_end(owner)
    progress = (
        "SELECT trim_scale(p.progress) FROM goal_progress p JOIN goals g ON g.id = p.goal_id "
        "WHERE g.title = 'Top'"
    )
    assert await _rows(owner, progress) == [(Decimal("0.2"),)]

    await go(owner, BEFORE, down=True)

    ended = "SELECT title, state, closing_note, trim_scale(final_score) FROM goals ORDER BY title"
    assert await _rows(owner, ended) == [
        ("Away", "closed", "There.", Decimal("0.7")),
        ("Open again", "active", None, None),
        ("Top", "active", None, None),
    ]
    assert await _rows(owner, progress) == [(Decimal("0.5"),)]

    await go(owner, "head")

    closings = (
        "SELECT g.title, c.outcome, c.note, trim_scale(c.score), c.closed_by_id "
        "FROM goal_closings c JOIN goals g ON g.id = c.goal_id"
    )
    assert await _rows(owner, closings) == [
        ("Away", "closed", "There.", Decimal("0.7"), None),
    ]

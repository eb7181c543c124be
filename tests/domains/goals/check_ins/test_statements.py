"""However many goals stand above: a check-in runs a handful of statements."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from perfapi.domains.goals.models import Driver, Goal
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.goals import a_goal, a_key_result
from tests.factories.people import an_admin
from tests.statements import counting

AsPerson = Callable[[Person], Client]
LEVELS = 6


async def test_a_check_in_runs_as_many_at_the_bottom_as_on_a_goal_alone(
    shared_engine: AsyncEngine, session: AsyncSession, as_person: AsPerson
) -> None:
    alex = await an_admin(session)
    client = as_person(alex)
    await client.get("/me")  # signs in

    async def ran_below(above: Goal | None) -> list[str]:
        key_result = await a_key_result(session, await a_goal(session, alex, under=above))
        with counting(shared_engine) as seen:
            response = await client.post(
                f"/key-results/{key_result.id}/check-ins", json={"value": "50"}
            )
        assert response.status_code == 201, response.text
        return seen

    alone = await ran_below(None)
    top = above = await a_goal(session, alex, driver=Driver.GOALS)
    for _ in range(LEVELS - 2):
        above = await a_goal(session, alex, under=above, driver=Driver.GOALS)
    bottom = await ran_below(above)

    assert (await client.get(f"/goals/{top.id}")).json()["progress"] == "0.5"
    assert bottom == alone
    # It enters, holds the alignment, locks the key result, stores check-in and event, answers who
    # asked for news, moves what is above, and reads the answer. The harness enters again.
    assert len(bottom) - 1 <= 8, "\n\n".join(bottom)

"""However many people are shown: a read runs a handful of statements."""

from collections.abc import Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_department, a_person, a_team, an_admin
from tests.statements import counting

AsPerson = Callable[[Person], Client]


@pytest.fixture
async def boss(session: AsyncSession) -> Person:
    boss = await an_admin(session)
    sales = await a_department(session, "Sales")
    people = [await a_person(session, f"P {n}", manager=boss, department=sales) for n in range(20)]
    await a_team(session, "Rockets", *people)
    return boss


# One enters the organization, one reads; a list below a resource asks first whether you see it.
READS = [
    ("/people", 2),
    ("/people?q=p&has_left=false&sort=-updated_at", 2),
    ("/people/{boss}", 2),
    ("/org-chart/{boss}/reports?direct=false", 3),
    ("/org-chart/{boss}/reports?as_of=2023-01-01", 3),
    ("/org-chart/{boss}/managers", 3),
    ("/org-chart/{boss}/reporting-lines", 3),
    ("/org-chart", 2),
    ("/departments", 2),
    ("/teams", 2),
    ("/role-assignments", 2),
]


@pytest.mark.parametrize(("path", "most"), READS)
async def test_a_read_runs_few(
    shared_engine: AsyncEngine, as_person: AsPerson, boss: Person, path: str, most: int
) -> None:
    client, path = as_person(boss), path.replace("{boss}", str(boss.id))
    assert (await client.get(path)).status_code == 200

    with counting(shared_engine) as seen:
        response = await client.get(path)

    assert response.status_code == 200
    # The harness itself enters again after each request.
    assert len(seen) - 1 <= most, "\n\n".join(seen)


async def test_a_batch_runs_as_many_for_two_hundred_as_for_twenty(
    shared_engine: AsyncEngine, as_person: AsPerson, boss: Person
) -> None:
    client = as_person(boss)

    async def run(count: int, job_title: str) -> int:
        rows = [
            {
                "external_id": str(n),
                "given_name": f"P{n}",
                "family_name": "X",
                "job_title": job_title,
                "manager_external_id": str(n // 10) if n else None,
            }
            for n in range(count)
        ]
        with counting(shared_engine) as seen:
            response = await client.post("/people/batch-upsert", json={"people": rows})
        assert response.status_code == 200, response.text
        return len(seen)

    few = await run(20, "First")
    many = await run(200, "Second")

    assert many <= few + 10
    assert many < 40

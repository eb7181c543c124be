"""What benchmarks run on is a company as the product itself would have made it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from perfapi.core.db import Sessions, in_organization
from perfapi.core.operations import Work
from perfapi.domains.analytics.service import recompute
from perfapi.domains.goals.jobs import recompute_goals
from perfapi.domains.people.lines.chains import circular, outdated
from perfapi.domains.people.models import Chain
from tests.bench.company import Company, found
from tests.bench.table import Measured, Row, table
from tests.servers import Servers


@pytest.fixture
async def administrator(test_servers: Servers, database: str) -> AsyncIterator[asyncpg.Connection]:
    address = test_servers.owner_url(database).replace("+asyncpg", "")
    connection = await asyncpg.connect(address)
    yield connection
    await connection.close()


@pytest.fixture
async def company(administrator: asyncpg.Connection, real_sessions: Sessions) -> Company:
    return await found(administrator, real_sessions, 400)


def test_the_table_has_a_column_for_each_size() -> None:
    measured = [
        Measured(1_000, "c", [Row("a check-in", "4.0 ms", "< 15 ms", True)]),
        Measured(100_000, "c", [Row("a check-in", "20.0 ms", "< 15 ms", False), Row("drift", "0")]),
        Measured(1_000, "a", [Row("a list", "0.40")]),
    ]
    assert table(measured).splitlines() == [
        "|  | what | bound | 1,000 people | 100,000 people |",
        "| --- | --- | --- | ---: | ---: |",
        "| a | a list |  | 0.40 |  |",
        "| c | a check-in | < 15 ms | 4.0 ms ✓ | 20.0 ms ✗ |",
        "| c | drift |  |  | 0 |",
    ]


class TestCompany:
    async def test_no_row_points_nowhere(
        self, company: Company, administrator: asyncpg.Connection
    ) -> None:
        keys = await administrator.fetch(
            "SELECT conrelid::regclass::text AS of, conname AS name, "
            "pg_get_constraintdef(oid) AS says FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
        )
        assert len(keys) > 50
        for key in keys:
            await administrator.execute(
                f"ALTER TABLE {key['of']} DROP CONSTRAINT {key['name']}, "
                f"ADD CONSTRAINT {key['name']} {key['says']}"
            )

    async def test_progress_is_what_the_recompute_finds(
        self, company: Company, real_sessions: Sessions
    ) -> None:
        async def renew() -> None:
            return

        work = Work(real_sessions, company.organization, company.top, None, {}, renew)
        assert await recompute_goals(work) == {"goals": 200, "key_results": 600, "drift": 0}

    async def test_facts_are_what_the_recompute_finds(
        self, company: Company, real_sessions: Sessions
    ) -> None:
        async with in_organization(real_sessions, company.organization) as session:
            assert await recompute(session) == {"goals": 200, "drift": 0}

    async def test_chains_are_those_of_the_lines(
        self, company: Company, real_sessions: Sessions, administrator: asyncpg.Connection
    ) -> None:
        async with in_organization(real_sessions, company.organization) as session:
            assert await outdated(session) == []
            assert await circular(session, [company.vice_president]) == set()
        deepest = await administrator.fetchval(f"SELECT max(depth) FROM {Chain.__tablename__}")
        assert deepest == 6

    async def test_every_row_that_is_kept_has_one_version(
        self, company: Company, administrator: asyncpg.Connection
    ) -> None:
        for kept in ("people", "team_members", "goals", "goal_progress", "key_result_progress"):
            differ = await administrator.fetchval(
                f"SELECT count(*) FROM {kept} t FULL JOIN {kept}_history h "
                f"ON to_jsonb(t) = to_jsonb(h) - 'since' - 'until' "
                "WHERE t.organization_id IS NULL OR h.organization_id IS NULL"
            )
            assert differ == 0, kept

    async def test_the_log_stays_empty(
        self, company: Company, administrator: asyncpg.Connection
    ) -> None:
        assert await administrator.fetchval("SELECT count(*) FROM event_log") == 0

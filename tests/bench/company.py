"""A company of any size, the same for the same size and seed, with a few people who sign in.

Managers are six levels deep, goals too; each goal has key results and check-ins, and all that is
derived from them is there: progress, chains, versions, facts.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
from sqlalchemy import select

from perfapi.core import discovery
from perfapi.core.db import Sessions, in_organization
from perfapi.domains.analytics.service import recompute
from perfapi.domains.auth.passwords import Hasher
from perfapi.domains.auth.service import join_account
from perfapi.domains.organizations.service import found_organization
from perfapi.domains.people.models import Person

from . import bare
from .filling import LEVELS_OF_GOALS, Size, known_id, statements

PASSWORD = "four words and a number 7"
SEED = 2026


@dataclass(frozen=True)
class Company:
    organization: UUID
    size: Size
    top: UUID
    """The person above all, who is the administrator."""
    vice_president: UUID
    deepest: tuple[UUID, ...]
    """Key results of goals at the bottom of the tree, far from each other."""

    @property
    def administrator(self) -> str:
        return "p0@example.com"

    @property
    def manager(self) -> str:
        """In the middle: with managers above and below."""
        return f"p{1 + self.size.reports_each}@example.com"


async def found(connection: asyncpg.Connection, sessions: Sessions, people: int) -> Company:
    """`connection` is the administrator's, which alone may leave out triggers and keys."""
    list(discovery.modules("models"))
    size = Size(people)
    async with sessions.begin() as session:
        organization = await found_organization(session, name="Measured", slug=f"m{people}")
    await connection.execute("SET session_replication_role = replica")
    for statement in statements(organization, size, SEED):
        await connection.execute(statement)
    await connection.execute("ANALYZE goals, key_results, check_ins")
    await bare.roll_up(connection, organization)
    await _keep_versions(connection, organization)
    await connection.execute("RESET session_replication_role")
    await connection.execute("ANALYZE")
    company = await _describe(connection, organization, size)
    await _let_in(sessions, company)
    async with in_organization(sessions, organization) as session:
        await recompute(session)
    await connection.execute("ANALYZE goal_facts")
    return company


async def _keep_versions(connection: asyncpg.Connection, organization: UUID) -> None:
    """As the triggers would have written them."""
    kept = await connection.fetch(
        "SELECT left(table_name, -8) AS name, bool_or(column_name = 'created_at') AS is_dated "
        "FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name LIKE '%\\_history' "
        "GROUP BY table_name HAVING bool_or(column_name = 'organization_id')"
    )
    for table in kept:
        since = "created_at" if table["is_dated"] else "now() - interval '45 days'"
        await connection.execute(
            f"INSERT INTO {table['name']}_history SELECT {since}, NULL, kept.* "
            f"FROM {table['name']} kept WHERE organization_id = $1",
            organization,
        )


async def _describe(connection: asyncpg.Connection, organization: UUID, size: Size) -> Company:
    people = await connection.fetch(
        f"SELECT {known_id('person', 'n')} AS id FROM generate_series(0, 1) n ORDER BY n"
    )
    deepest = await connection.fetch(
        "SELECT k.id FROM goal_depths d JOIN key_results k ON k.goal_id = d.goal_id "
        "JOIN goals g ON g.id = d.goal_id AND g.visibility = 'public' "
        "WHERE d.depth = $1 AND k.position = 0 ORDER BY pg_temp.dice(d.g, 11, 1000000) LIMIT 64",
        LEVELS_OF_GOALS - 1,
    )
    return Company(
        organization, size, people[0]["id"], people[1]["id"], tuple(row["id"] for row in deepest)
    )


async def _let_in(sessions: Sessions, company: Company) -> None:
    hasher = Hasher()
    hashed = await hasher.hash(PASSWORD)
    hasher.close()
    wanted = {company.administrator, company.manager}
    async with in_organization(sessions, company.organization) as session:
        for person in (await session.scalars(select(Person).where(Person.email.in_(wanted)))).all():
            await join_account(session, person, hashed)

"""A log that is chained, and the owner of the database, who tampers with it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from perfapi.core.chain import chain_events
from perfapi.core.connecting import connect
from perfapi.core.db import in_organization
from perfapi.domains.audit.chain import queries, schemas
from perfapi.domains.people.events import PersonChanged
from tests.domains.audit.conftest import Office
from tests.servers import Servers


@dataclass
class Archive:
    """The log of an office. Entries are counted from 0, whatever their positions."""

    office: Office
    owner: AsyncConnection

    async def write(self, entries: int) -> None:
        ada = self.office.ada.id
        await self.office.tell(
            *(PersonChanged(person_id=ada, fields=[f"field_{n}"]) for n in range(entries))
        )
        while await chain_events(self.office.worker):
            pass

    async def positions(self) -> list[int]:
        return [row.position for row in await self.rows()]

    async def rows(self) -> list[Any]:
        return await self.tamper(
            "SELECT * FROM event_log WHERE organization_id = :organization "
            "AND position IS NOT NULL ORDER BY position"
        )

    async def tamper(self, statement: str, **given: Any) -> list[Any]:
        """As the owner, past the application."""
        given |= {"organization": self.office.organization}
        result = await self.owner.execute(text(statement), given)
        rows = list(result.all()) if result.returns_rows else []
        await self.owner.commit()
        return rows

    async def keep(self) -> None:
        """Remembers the log as it is, for `undo`."""
        for table in ("event_log", "event_chains"):
            await self.tamper(f"DROP TABLE IF EXISTS kept_{table}")
            await self.tamper(f"CREATE TABLE kept_{table} AS TABLE {table}")

    async def undo(self) -> None:
        for table in ("event_log", "event_chains"):
            await self.tamper(f"DELETE FROM {table}")
            await self.tamper(f"INSERT INTO {table} SELECT * FROM kept_{table}")

    async def head(self) -> schemas.Anchor:
        (row,) = await self.tamper(
            "SELECT count, position, chain FROM event_chains WHERE organization_id = :organization"
        )
        return schemas.Anchor(count=row.count, position=row.position, chain=row.chain.hex())

    async def verify(self, anchor: schemas.Anchor | None = None) -> schemas.Verdict:
        transaction = partial(in_organization, self.office.worker, self.office.organization)
        return await queries.verify(transaction, self.office.organization, anchor=anchor)

    async def found(self, anchor: schemas.Anchor | None = None) -> tuple[str, int] | None:
        """What broke it, and where."""
        verdict = await self.verify(anchor)
        if verdict.broken_by is None or verdict.broken_at is None:
            assert verdict.outcome == "whole"
            return None
        assert verdict.outcome == "broken"
        return verdict.broken_by.value, verdict.broken_at


@pytest.fixture
async def archive(office: Office, test_servers: Servers, database: str) -> AsyncIterator[Archive]:
    async with connect(test_servers.owner_url(database), "TESTS") as owner:
        yield Archive(office, owner)

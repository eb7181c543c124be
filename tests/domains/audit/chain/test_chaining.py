"""The chain grows behind the log, in order and once; erasure leaves it whole."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from perfapi.core import chain
from perfapi.core.chain import chain_events, entries, erase_events, genesis
from perfapi.core.db import in_organization
from perfapi.domains.people.events import PersonChanged
from tests.domains.audit.chain.conftest import Archive
from tests.domains.audit.conftest import Office


class TestTwoWorkers:
    async def test_do_not_fork_the_chain(self, archive: Archive) -> None:
        office = archive.office
        ada = office.ada.id
        await office.tell(*(PersonChanged(person_id=ada, fields=[str(n)]) for n in range(30)))

        async def work() -> int:
            done, idle = 0, 0
            while idle < 3:
                chained = await chain_events(office.worker, batch=4)
                done, idle = done + chained, 0 if chained else idle + 1
            return done

        done = await asyncio.gather(work(), work(), work())

        assert sum(done) == 30
        verdict = await archive.verify()
        assert (verdict.outcome, verdict.count, verdict.waiting) == ("whole", 30, 0)


class TestChaining:
    async def test_begins_with_the_organization(self, archive: Archive, elsewhere: Office) -> None:
        await archive.write(1)
        await elsewhere.tell(PersonChanged(person_id=elsewhere.ada.id, fields=[]))
        await chain_events(elsewhere.worker)
        (mine,) = await archive.rows()
        async with in_organization(archive.office.worker, mine.organization_id) as session:
            (entry,) = await entries(session, mine.organization_id, after=0, until=2**62, most=9)
        assert entry.follows(genesis(mine.organization_id))
        assert not entry.follows(genesis(elsewhere.organization))
        assert (await archive.verify()).count == 1

    async def test_one_organization_holds_up_no_other(
        self, archive: Archive, elsewhere: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        extend = chain._extend

        async def stumble(session: Any, organization: UUID, batch: int) -> int:
            if organization == elsewhere.organization:
                raise ZeroDivisionError
            return await extend(session, organization, batch)

        await elsewhere.tell(PersonChanged(person_id=elsewhere.ada.id, fields=[]))
        await archive.office.tell(PersonChanged(person_id=archive.office.ada.id, fields=[]))
        monkeypatch.setattr(chain, "_extend", stumble)
        assert await chain_events(archive.office.worker) == 1
        monkeypatch.undo()
        assert await chain_events(archive.office.worker) == 1

    async def test_is_not_for_the_login_that_serves(self, archive: Archive) -> None:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await chain_events(archive.office.app.state.sessions)


EXTEND = text("SELECT extend_chain(:organization, :head, :positions, :digests)")


class TestExtendChain:
    """Whatever a worker asks for, the database fills in what is empty, in order, once."""

    async def extend(self, archive: Archive, head: bytes, positions: list[int]) -> int:
        organization = archive.office.organization
        given = {"organization": organization, "head": head, "positions": positions}
        given["digests"] = [b"d" * 32 for _ in positions]
        async with in_organization(archive.office.worker, organization) as session:
            filled: int = (await session.execute(EXTEND, given)).scalar_one()
        return filled

    async def test_leaves_out_and_repeats_nothing(self, archive: Archive) -> None:
        await archive.write(2)
        ada = archive.office.ada.id
        await archive.office.tell(*(PersonChanged(person_id=ada, fields=[]) for _ in range(3)))
        rows = await archive.rows()
        head, (second, *fresh) = rows[1].chain, [row.position for row in rows[1:]]
        for positions in (
            [],
            fresh[1:],
            [fresh[0], fresh[2]],
            fresh[::-1],
            [second, *fresh],
            [*fresh, fresh[-1] + 1],
        ):
            assert await self.extend(archive, head, positions) == 0, positions
        assert await self.extend(archive, rows[0].chain, fresh) == 0, "another head"
        assert await archive.rows() == rows

        assert await self.extend(archive, head, fresh[:2]) == 2
        assert [row.chain is None for row in await archive.rows()] == [False] * 4 + [True]


class TestErasure:
    async def erase(self, office: Office, ids: list[UUID]) -> int:
        async with in_organization(office.worker, office.organization) as session:
            return await erase_events(session, ids)

    async def test_keeps_the_log_whole(self, archive: Archive) -> None:
        await archive.write(5)
        kept = await archive.head()
        rows = await archive.rows()
        ids = [rows[0].id, rows[2].id, rows[4].id]

        assert await self.erase(archive.office, ids) == 3
        assert await self.erase(archive.office, ids) == 0

        after = await archive.rows()
        assert [row.payload is None and row.salt is None for row in after] == [
            True, False, True, False, True,
        ]  # fmt: skip
        assert [row.chain for row in after] == [row.chain for row in rows]
        verdict = await archive.verify(kept)
        assert (verdict.outcome, verdict.count, verdict.erased) == ("whole", 5, 3)

    @pytest.mark.parametrize(
        "change",
        [
            "topic = 'people.person_left'",
            "occurred_at = now() + interval '1 day'",
            "digest = sha256('x')",
            "payload = '{}'",
        ],
    )
    async def test_still_proves_when_and_what_kind(self, archive: Archive, change: str) -> None:
        await archive.write(3)
        row = (await archive.rows())[1]
        await self.erase(archive.office, [row.id])
        await archive.tamper(f"UPDATE event_log SET {change} WHERE id = :id", id=row.id)
        assert await archive.found() == ("changed", row.position)

    async def test_waits_for_the_chain(self, archive: Archive) -> None:
        await archive.office.tell(PersonChanged(person_id=archive.office.ada.id, fields=[]))
        (row,) = await archive.rows()
        assert await self.erase(archive.office, [row.id]) == 0
        await chain_events(archive.office.worker)
        assert await self.erase(archive.office, [row.id]) == 1
        assert await archive.found() is None

    async def test_is_of_the_own_organization(self, archive: Archive, elsewhere: Office) -> None:
        await archive.write(1)
        (row,) = await archive.rows()
        assert await self.erase(elsewhere, [row.id]) == 0

    async def test_is_not_for_the_login_that_serves(self, archive: Archive) -> None:
        sessions = archive.office.app.state.sessions
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with in_organization(sessions, archive.office.organization) as session:
                await erase_events(session, [])

    async def test_before_the_chain_came_leaves_its_place(self, archive: Archive) -> None:
        await archive.office.tell(PersonChanged(person_id=archive.office.ada.id, fields=[]))
        await archive.tamper("UPDATE event_log SET payload = NULL, salt = NULL")
        await archive.write(1)
        verdict = await archive.verify()
        assert (verdict.outcome, verdict.count, verdict.erased) == ("whole", 2, 1)

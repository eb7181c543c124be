"""Whoever may write to the database changes, removes, inserts and reorders: all is found."""

import asyncio
import random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import ProgrammingError

from perfapi.core.chain import Entry, chain_events, erase_events, genesis, link
from perfapi.core.db import in_organization
from perfapi.core.events import publish
from perfapi.core.ids import uuid7
from perfapi.domains.audit.chain import queries
from perfapi.domains.people.events import PersonChanged
from tests.domains.audit.chain.conftest import Archive
from tests.domains.audit.conftest import Office


@pytest.fixture(autouse=True)
def _pages_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)


REMOVE = "DELETE FROM event_log WHERE position = :position"
INSERT = (
    "INSERT INTO event_log (organization_id, id, topic, schema_version, payload, salt, position, "
    "digest, chain) VALUES (:organization, :id, 'people.person_left', 1, '{}', :salt, :position, "
    ":digest, :chain)"
)
SWAP = (
    "WITH old AS (UPDATE event_log SET position = -position WHERE position IN (:one, :other) "
    "RETURNING id, position) SELECT id, position FROM old"
)


async def forged(archive: Archive, position: int, before: bytes | None) -> dict[str, Any]:
    """An entry whose digest is right, and whose link is if the one `before` is told."""
    salt, one = b"s" * 16, uuid7()
    given = {"id": one, "salt": salt, "position": position, "digest": None, "chain": None}
    await archive.tamper(INSERT, **given)
    organization = archive.office.organization
    async with in_organization(archive.office.worker, organization) as session:
        (entry,) = await queries.entries(
            session, organization, after=position - 1, until=position, most=1
        )
    digest = entry.digested()
    assert digest is not None
    chain = link(before, digest, entry) if before else b"x" * 32
    await archive.tamper(
        "UPDATE event_log SET digest = :digest, chain = :chain WHERE id = :id",
        digest=digest,
        chain=chain,
        id=one,
    )
    return {"digest": digest, "chain": chain}


async def with_gaps(archive: Archive, entries: int) -> list[int]:
    """Entries with room between their positions, as other organizations leave it."""
    for _ in range(entries):
        await archive.write(1)
        await archive.tamper(
            "INSERT INTO organizations (id, version, name, slug) VALUES (:id, 1, 'O', :slug)",
            id=(other := uuid7()),
            slug=f"o-{other}",
        )
        async with in_organization(archive.office.worker, other) as session:
            event = PersonChanged(person_id=other, fields=[])
            publish(session, event, event, by=None)
        await archive.office.tell(*())
        from perfapi.core.deliveries import sequence

        await sequence(archive.office.worker)
    return await archive.positions()


class TestWhole:
    async def test_an_untouched_log_is_whole(self, archive: Archive) -> None:
        await archive.write(5)
        verdict = await archive.verify()
        last = (await archive.positions())[-1]
        assert (verdict.outcome, verdict.count, verdict.position) == ("whole", 5, last)
        assert (verdict.erased, verdict.waiting) == (0, 0)
        assert await archive.found(await archive.head()) is None

    async def test_a_log_without_entries_is_whole(self, archive: Archive) -> None:
        verdict = await archive.verify()
        assert (verdict.outcome, verdict.count, verdict.waiting) == ("whole", 0, 0)

    async def test_it_tells_what_is_not_chained_yet(self, archive: Archive) -> None:
        await archive.write(2)
        ada = archive.office.ada.id
        await archive.office.tell(PersonChanged(person_id=ada, fields=[]))
        async with in_organization(archive.office.worker, archive.office.organization) as session:
            publish(session, PersonChanged(person_id=ada, fields=[]), by=None)
        verdict = await archive.verify()
        assert (verdict.outcome, verdict.count, verdict.waiting) == ("whole", 2, 2)

    async def test_an_older_head_is_an_anchor_of_a_log_that_went_on(self, archive: Archive) -> None:
        await archive.write(2)
        kept = await archive.head()
        await archive.write(3)
        assert await archive.found(kept) is None


class TestChanged:
    @pytest.mark.parametrize(
        "change",
        [
            "payload = '{}'",
            "payload = NULL",
            "salt = NULL",
            "salt = 'short'",
            "topic = 'people.person_left'",
            "schema_version = 2",
            "subject_id = gen_random_uuid()",
            "actor_id = gen_random_uuid()",
            "occurred_at = occurred_at + interval '1 microsecond'",
            "occurred_at = 'infinity'",
            "id = gen_random_uuid()",
            "digest = sha256('x')",
            "chain = sha256('x')",
            "digest = NULL, chain = NULL",
        ],
    )
    @pytest.mark.parametrize("nth", [0, 1, 3])
    async def test_whatever_an_entry_says(self, archive: Archive, change: str, nth: int) -> None:
        await archive.write(4)
        position = (await archive.positions())[nth]
        await archive.tamper(
            f"UPDATE event_log SET {change} WHERE position = :position", position=position
        )
        verdict = await archive.verify()
        assert await archive.found() == ("changed", position)
        assert verdict.count == nth, "before it all is whole"

    async def test_the_order(self, archive: Archive) -> None:
        await archive.write(5)
        positions = await archive.positions()
        one, other = positions[1], positions[3]
        rows = await archive.tamper(SWAP, one=one, other=other)
        for row in rows:
            new = other if row.position == -one else one
            await archive.tamper(
                "UPDATE event_log SET position = :new WHERE id = :id", new=new, id=row.id
            )
        assert await archive.found() == ("changed", one)

    @pytest.mark.parametrize("change", ["chain = sha256('x')", "count = count + 1"])
    async def test_the_head(self, archive: Archive, change: str) -> None:
        await archive.write(3)
        await archive.tamper(f"UPDATE event_chains SET {change}")
        assert await archive.found() == ("changed", (await archive.positions())[-1])


class TestRemoved:
    @pytest.mark.parametrize("nth", [0, 2, 3])
    async def test_from_the_middle(self, archive: Archive, nth: int) -> None:
        await archive.write(5)
        positions = await archive.positions()
        await archive.tamper(REMOVE, position=positions[nth])
        assert await archive.found() == ("removed", positions[nth + 1])

    @pytest.mark.parametrize("left", [0, 1, 3])
    async def test_from_the_end(self, archive: Archive, left: int) -> None:
        await archive.write(4)
        positions = await archive.positions()
        for position in positions[left:]:
            await archive.tamper(REMOVE, position=position)
        assert await archive.found() == ("removed", positions[-1])

    async def test_from_the_end_together_with_the_head(self, archive: Archive) -> None:
        """Which takes a head that was kept elsewhere."""
        await archive.write(3)
        earlier = await archive.head()
        await archive.write(2)
        kept = await archive.head()
        for position in (await archive.positions())[3:]:
            await archive.tamper(REMOVE, position=position)
        await archive.tamper(
            "UPDATE event_chains SET count = :count, position = :position, chain = :chain",
            count=earlier.count,
            position=earlier.position,
            chain=bytes.fromhex(earlier.chain),
        )
        assert await archive.found() is None
        assert await archive.found(kept) == ("removed", kept.position)
        await archive.write(4)
        anchor_is_passed = await archive.found(kept)
        assert anchor_is_passed is not None
        assert anchor_is_passed[1] == kept.position

    async def test_taken_out_of_the_order(self, archive: Archive) -> None:
        await archive.write(4)
        positions = await archive.positions()
        await archive.tamper(
            "UPDATE event_log SET position = NULL WHERE position = :position",
            position=positions[1],
        )
        assert await archive.found() == ("removed", positions[2])


class TestInserted:
    @pytest.mark.parametrize("is_linked", [False, True])
    async def test_with_a_digest_that_is_right(self, archive: Archive, is_linked: bool) -> None:
        positions = await with_gaps(archive, 4)
        rows = await archive.rows()
        before = rows[1].chain if is_linked else None
        await archive.tamper(
            "UPDATE event_log SET position = -1 WHERE position = :position",
            position=positions[1] + 1,
        )
        await forged(archive, positions[1] + 1, before)
        assert await archive.found() == ("inserted", positions[1] + 1)

    async def test_at_the_end(self, archive: Archive) -> None:
        await archive.write(3)
        positions = await archive.positions()
        rows = await archive.rows()
        await forged(archive, positions[-1] + 1, rows[-1].chain)
        assert await archive.found() == ("inserted", positions[-1] + 1)
        assert await chain_events(archive.office.worker) == 0

    async def test_as_if_it_were_not_chained_yet(self, archive: Archive) -> None:
        positions = await with_gaps(archive, 3)
        await archive.tamper(
            "UPDATE event_log SET position = -1 WHERE position = :position",
            position=positions[0] + 1,
        )
        given = {"id": uuid7(), "salt": b"s" * 16, "digest": None, "chain": None}
        await archive.tamper(INSERT, position=positions[0] + 1, **given)
        assert await archive.found() == ("inserted", positions[0] + 1)
        assert await chain_events(archive.office.worker) == 0


class TestRewritten:
    async def test_as_a_whole_needs_an_anchor(self, archive: Archive) -> None:
        """The owner computes the whole chain anew, after changing what it says."""
        await archive.write(4)
        kept = await archive.head()
        await archive.tamper("UPDATE event_log SET payload = '{}', digest = NULL, chain = NULL")
        await archive.tamper("DELETE FROM event_chains")
        while await chain_events(archive.office.worker):
            pass
        assert await archive.found() is None
        assert await archive.found(kept) == ("changed", kept.position)


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


class TestByChance:
    @pytest.mark.parametrize("seed", range(12))
    async def test_a_random_log_and_a_random_hand(self, archive: Archive, seed: int) -> None:
        """Whatever is done to any entry but its erasure is found; a truthful log never is."""
        chance = random.Random(seed)
        while len(await archive.positions()) < 3:
            await archive.write(chance.randint(1, 4))
        rows = await archive.rows()
        some = chance.sample(rows, chance.randint(0, 2))
        await TestErasure().erase(archive.office, [row.id for row in some])
        assert await archive.found() is None
        kept = await archive.head()
        nth = chance.randrange(len(rows))
        position = rows[nth].position
        whole_before = nth
        match chance.choice(["change", "remove", "rechain", "forge"]):
            case "change":
                change = chance.choice(["topic = 'a.b'", "digest = sha256('y')", "payload = '[1]'"])
                await archive.tamper(
                    f"UPDATE event_log SET {change} WHERE position = :position", position=position
                )
                expected = ("changed", position)
            case "remove":
                await archive.tamper(REMOVE, position=position)
                after = rows[nth + 1].position if nth + 1 < len(rows) else kept.position
                expected = ("removed", after)
            case "rechain":
                await archive.tamper(
                    "UPDATE event_log SET chain = sha256('z') WHERE position = :position",
                    position=position,
                )
                expected = ("changed", position)
            case _:
                await forged(archive, kept.position + 1, rows[-1].chain)
                expected, whole_before = ("inserted", kept.position + 1), len(rows)
        assert await archive.found() == expected
        assert await archive.found(kept) is not None
        assert (await archive.verify()).count == whole_before


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
            found = await queries.entries(
                session, mine.organization_id, after=0, until=2**62, most=9
            )
        (entry,) = found
        assert isinstance(entry, Entry)
        assert entry.follows(genesis(mine.organization_id))
        assert not entry.follows(genesis(elsewhere.organization))
        assert (await archive.verify()).count == 1

    async def test_one_organization_holds_up_no_other(
        self, archive: Archive, elsewhere: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from perfapi.core import chain

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

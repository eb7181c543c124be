"""Whoever may write to the database changes, removes, inserts and reorders: all is found."""

import random
from typing import Any

import pytest

from perfapi.core.chain import chain_events, entries, erase_events, link
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


CHANGES = [
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
]


async def forged(archive: Archive, position: int, before: bytes | None) -> dict[str, Any]:
    """An entry whose digest is right, and whose link is if the one `before` is told."""
    salt, one = b"s" * 16, uuid7()
    given = {"id": one, "salt": salt, "position": position, "digest": None, "chain": None}
    await archive.tamper(INSERT, **given)
    organization = archive.office.organization
    async with in_organization(archive.office.worker, organization) as session:
        (entry,) = await entries(session, organization, after=position - 1, until=position, most=1)
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


async def with_a_gap(archive: Archive, elsewhere: Office) -> tuple[int, bytes]:
    """Two entries, a free position as other organizations leave it, one more; and the link of the
    second."""
    await archive.write(2)
    before = (await archive.rows())[-1]
    await elsewhere.tell(PersonChanged(person_id=elsewhere.ada.id, fields=[]))
    await archive.write(1)
    await archive.tamper(
        "DELETE FROM event_log WHERE organization_id = :other", other=elsewhere.organization
    )
    return before.position + 1, before.chain


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
    @pytest.mark.parametrize("nth", [0, 1, 3])
    async def test_whatever_an_entry_says(self, archive: Archive, nth: int) -> None:
        await archive.write(4)
        await archive.keep()
        position = (await archive.positions())[nth]
        for change in CHANGES:
            await archive.tamper(
                f"UPDATE event_log SET {change} WHERE position = :position", position=position
            )
            verdict = await archive.verify()
            assert (verdict.broken_by, verdict.broken_at) == ("changed", position), change
            assert verdict.count == nth, "before it all is whole"
            await archive.undo()
        assert await archive.found() is None

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
    async def test_with_a_digest_that_is_right(
        self, archive: Archive, elsewhere: Office, is_linked: bool
    ) -> None:
        gap, before = await with_a_gap(archive, elsewhere)
        await forged(archive, gap, before if is_linked else None)
        assert await archive.found() == ("inserted", gap)

    async def test_at_the_end(self, archive: Archive) -> None:
        await archive.write(3)
        positions = await archive.positions()
        rows = await archive.rows()
        await forged(archive, positions[-1] + 1, rows[-1].chain)
        assert await archive.found() == ("inserted", positions[-1] + 1)
        assert await chain_events(archive.office.worker) == 0
        await archive.office.tell(PersonChanged(person_id=archive.office.ada.id, fields=[]))
        assert await chain_events(archive.office.worker) == 1, "the others go on"

    async def test_as_if_it_were_not_chained_yet(self, archive: Archive, elsewhere: Office) -> None:
        gap, _ = await with_a_gap(archive, elsewhere)
        given = {"id": uuid7(), "salt": b"s" * 16, "digest": None, "chain": None}
        await archive.tamper(INSERT, position=gap, **given)
        assert await archive.found() == ("inserted", gap)
        assert await chain_events(archive.office.worker) == 0, "it is not made part of the chain"


class TestRewritten:
    async def test_as_a_whole_needs_an_anchor(self, archive: Archive) -> None:
        await archive.write(4)
        kept = await archive.head()
        await archive.tamper("UPDATE event_log SET payload = '{}'")
        await rewrite(archive)
        assert await archive.found() is None
        assert await archive.found(kept) == ("changed", kept.position)

    async def test_without_what_was_anchored(self, archive: Archive) -> None:
        await archive.write(2)
        kept = await archive.head()
        await archive.write(2)
        await archive.tamper(REMOVE, position=kept.position)
        await rewrite(archive)
        assert await archive.found() is None
        assert await archive.found(kept) == ("removed", kept.position)


async def rewrite(archive: Archive) -> None:
    """The owner computes the whole chain anew."""
    await archive.tamper("UPDATE event_log SET digest = NULL, chain = NULL")
    await archive.tamper("DELETE FROM event_chains")
    while await chain_events(archive.office.worker):
        pass


class TestByChance:
    async def test_a_random_hand_in_a_random_log(self, archive: Archive) -> None:
        """Whatever is done to any entry but its erasure is found; a truthful log never is."""
        chance = random.Random(20_261_126)
        for _ in range(40):
            await archive.write(chance.randint(1, 3))
            rows = await archive.rows()
            some = [row.id for row in chance.sample(rows, chance.randint(0, 1))]
            async with in_organization(
                archive.office.worker, archive.office.organization
            ) as session:
                await erase_events(session, some)
            assert await archive.found() is None
            kept = await archive.head()
            await archive.keep()
            nth = chance.randrange(len(rows))
            expected = await meddle(archive, chance, rows, nth)
            assert await archive.found() == expected
            assert await archive.found(kept) == expected
            if expected[0] != "inserted":
                assert (await archive.verify()).count == nth, "before it all is whole"
            await archive.undo()


async def meddle(
    archive: Archive, chance: random.Random, rows: list[Any], nth: int
) -> tuple[str, int]:
    position = rows[nth].position
    what = chance.choice(["topic = 'a.b'", "payload = '[1]'", "chain = sha256('z')", "-", "+"])
    if what == "+":
        await forged(archive, rows[-1].position + 1, rows[-1].chain)
        return "inserted", rows[-1].position + 1
    if what == "-":
        await archive.tamper(REMOVE, position=position)
        return "removed", rows[min(nth + 1, len(rows) - 1)].position
    await archive.tamper(
        f"UPDATE event_log SET {what} WHERE position = :position", position=position
    )
    return "changed", position

from typing import Any

import pytest

from perfapi.core import deliveries, jobs
from perfapi.domains.people.models import Person
from tests.domains.audit.chain.conftest import Archive
from tests.domains.audit.conftest import Office


async def verify(archive: Archive, **body: Any) -> dict[str, Any]:
    """As an administrator, with a worker that does what is asked."""
    office = archive.office
    alex = await office.as_(office.alex)
    asked = await alex.post("/event-log/verify", json=body)
    assert asked.status_code == 202, asked.text
    await work(office)
    operation = (await alex.get(asked.headers["location"].removeprefix("/v1"))).json()
    assert operation["status"] == "succeeded", operation
    result: dict[str, Any] = operation["result"]
    return result


async def work(office: Office) -> None:
    await deliveries.sequence(office.worker)
    for one in await deliveries.waiting(office.worker):
        await jobs.work(office.worker, one.organization, one.delivery)


class TestGetEventLogHead:
    async def test_is_where_the_chain_ends(self, archive: Archive) -> None:
        alex = await archive.office.as_(archive.office.alex)
        before = (await alex.get("/event-log/head")).json()
        assert (before["count"], before["position"], before["chained_at"]) == (0, 0, None)

        await archive.write(3)

        head = (await alex.get("/event-log/head")).json()
        last = (await archive.rows())[-1]
        assert (head["count"], head["position"]) == (3, last.position)
        assert head["chain"] == last.chain.hex() != before["chain"]
        assert (head["waiting"], head["verified"]) == (0, None)
        assert head["chained_at"] is not None

    async def test_tells_of_the_last_verification(self, archive: Archive) -> None:
        await archive.write(2)
        result = await verify(archive)
        head = (await (await archive.office.as_(archive.office.alex)).get("/event-log/head")).json()
        assert head["verified"].pop("at") is not None
        assert head["verified"] == result
        assert head["waiting"] == 1, "that it was asked for"

    async def test_is_of_the_own_organization(self, archive: Archive, elsewhere: Office) -> None:
        await archive.write(2)
        there = await elsewhere.as_(elsewhere.alex)
        assert (await there.get("/event-log/head")).json()["count"] == 0


class TestVerifyEventLog:
    async def test_finds_it_whole(self, archive: Archive) -> None:
        await archive.write(3)
        last = (await archive.positions())[-1]
        assert await verify(archive) == {
            "outcome": "whole",
            "count": 3,
            "position": last,
            "erased": 0,
            "waiting": 1,
            "broken_at": None,
            "broken_by": None,
        }

    async def test_finds_where_it_is_broken(self, archive: Archive) -> None:
        await archive.write(3)
        first, second, _ = await archive.positions()
        await archive.tamper(
            "UPDATE event_log SET actor_id = NULL, payload = '{}' WHERE position = :second",
            second=second,
        )
        result = await verify(archive)
        assert (result["outcome"], result["broken_by"]) == ("broken", "changed")
        assert (result["broken_at"], result["position"]) == (second, first)

    async def test_holds_it_against_a_head_that_was_kept(self, archive: Archive) -> None:
        await archive.write(2)
        kept = (await archive.head()).model_dump()
        assert (await verify(archive, anchor=kept))["outcome"] == "whole"
        other = await verify(archive, anchor=kept | {"chain": "ab" * 32})
        assert (other["broken_by"], other["broken_at"]) == ("changed", kept["position"])

    @pytest.mark.parametrize(
        "anchor",
        [
            "head",
            {"count": 1, "position": 1},
            {"count": -1, "position": 1, "chain": "ab" * 32},
            {"count": 1, "position": 2**63, "chain": "ab" * 32},
            {"count": 1, "position": 1, "chain": "xy" * 32},
            {"count": 1, "position": 1, "chain": "ab" * 32, "more": 1},
        ],
    )
    async def test_wrong_anchors_are_422(self, office: Office, anchor: Any) -> None:
        alex = await office.as_(office.alex)
        refused = await alex.post("/event-log/verify", json={"anchor": anchor})
        assert refused.status_code == 422

    async def test_is_done_with_the_rights_that_are_left(self, archive: Archive) -> None:
        office = archive.office
        await archive.write(1)
        alex = await office.as_(office.alex)
        asked = await alex.post("/event-log/verify", json={})
        await archive.tamper("DELETE FROM role_assignments WHERE organization_id = :organization")
        await work(office)
        operation = await alex.get(asked.headers["location"].removeprefix("/v1"))
        assert (operation.json()["status"], operation.json()["result"]) == ("failed", None)

    async def test_is_for_administrators(self, office: Office) -> None:
        people = [one for one in vars(office).values() if isinstance(one, Person)]
        for person in people:
            client = await office.as_(person)
            answers = {
                (await client.get("/event-log/head")).status_code,
                (await client.post("/event-log/verify", json={})).status_code,
            }
            assert answers == ({200, 202} if person is office.alex else {403}), person.name
